"""The group of commands, and how each ends: results on standard output, all else on standard error."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from typing import Any

import click

from symderiv import __version__
from symderiv.cli import exit_codes
from symderiv.cli.attempt import attempt
from symderiv.cli.check import check
from symderiv.cli.compare import compare
from symderiv.cli.derive import derive
from symderiv.cli.examples import examples
from symderiv.cli.exercises import exercises
from symderiv.cli.grade import grade
from symderiv.cli.gradescope_zip import gradescope_zip
from symderiv.cli.read import read
from symderiv.cli.schema import schema
from symderiv.cli.sheet import sheet
from symderiv.errors import SymderivError

_EXAMPLES = examples(
    "symderiv compare 'sin(x)^2' '1 - cos(x)^2'",
    "symderiv derive 'softmax(x)' --wrt x --given 'x: vector(3)'",
    "symderiv check answers/4711.yaml",
)
_EXIT_CODES = """
Exit codes: 0 all correct, 1 something is wrong, 2 the input can't be used, 3 something stays undecided.
"""

GARBAGE_THRESHOLD = 50_000
"""Imports make thousands of objects that stay: looking for garbage among them takes a tenth of a start."""

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(epilog=f"{_EXAMPLES}\n{_EXIT_CODES}", context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="symderiv")
def commands() -> None:
    """Derive the answers of deep-learning exercises exactly, and judge students' answers with proof."""


for _command in (check, compare, read, derive, sheet, grade, gradescope_zip, exercises, attempt, schema):
    commands.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code (docs/exit-codes.md)."""
    try:
        code: Any = commands.main(arguments, prog_name="symderiv", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else exit_codes.CORRECT
    except click.ClickException as error:
        error.show()
        return exit_codes.UNUSABLE
    except SymderivError as error:
        click.echo(error.in_full(), err=True)
        return exit_codes.UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.CORRECT
    except OSError as error:  # no file of ours: those are faults with their names; so it is where we write to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"symderiv: the result can't be written: {error.strerror or error}", err=True)
        return exit_codes.UNUSABLE
    except Exception:
        traceback.print_exc()
        click.echo("symderiv: internal error (not a verdict); please report it", err=True)
        return exit_codes.INTERNAL_ERROR
