"""Options that several commands share, and ``-`` for standard input."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_TIMEOUT = 10.0


class Seconds(click.FloatRange):
    """A number of seconds; ``nan`` and ``inf`` are none, though they pass for numbers of a range."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value} is no number of seconds.", param, ctx)
        return found


_READING = (
    click.option(
        "--given",
        multiple=True,
        metavar="DECLARATION",
        help="Declare a name or state a fact: 'x: positive', 'k <= d' (repeatable).",
    ),
    click.option(
        "--syntax",
        type=click.Choice(["auto", "text", "latex"]),
        default="auto",
        show_default=True,
        help="How the expressions are written.",
    ),
    click.option(
        "--index-from",
        type=click.Choice(["0", "1"]),
        default="0",
        show_default=True,
        help="From where indices count.",
    ),
    click.option(
        "--entry",
        default="",
        metavar="I,J",
        help="The free indices of entry formulas, in the order of the tensor's axes.",
    ),
    click.option("--strict", is_flag=True, help="A name that is not declared is an error."),
)


def reading_options(command: Command) -> Command:
    """``--given --syntax --index-from --entry --strict``: how an expression is to be read."""
    for option in reversed(_READING):
        command = option(command)
    return command


exercises_option = click.option(
    "--exercises",
    "folders",
    multiple=True,
    metavar="DIR",
    help="Where exercises are (default: those that ship with the package, then ./exercises).",
)

part_timeout_option = click.option(
    "--timeout",
    default=DEFAULT_TIMEOUT,
    show_default=True,
    type=Seconds(min=0.1),
    metavar="SECONDS",
    help="Seconds after which a part is given up as undecided.",
)


def timeout_option(command: Command) -> Command:
    """``--timeout``: after so many seconds the answer is "undecided"."""
    return click.option(
        "--timeout",
        type=Seconds(min=0.01),
        default=DEFAULT_TIMEOUT,
        show_default=True,
        metavar="SECONDS",
        help="Seconds after which it is given up as undecided.",
    )(command)


def reading(given: tuple[str, ...], syntax: str, index_from: str, entry: str, strict: bool) -> dict[str, Any]:
    """The options as the library takes them."""
    names = tuple(name.strip() for name in entry.split(",") if name.strip())
    return {
        "given": given,
        "syntax": syntax,
        "index_from": int(index_from),
        "entry": names,
        "strict": strict,
    }


def read_arguments(
    given: tuple[str, ...], syntax: str, index_from: str, entry: str, strict: bool
) -> dict[str, Any]:
    """The options for reading one expression alone, where ``--entry`` has nothing to meet."""
    arguments = reading(given, syntax, index_from, entry, strict)
    del arguments["entry"]
    return arguments


def argument_or_stdin(text: str) -> str:
    """The argument itself, or all of standard input for ``-``."""
    return stdin_text() if text == "-" else text


def stdin_text() -> str:
    """Standard input as UTF-8; bytes that are none become U+FFFD, which the grammar refuses in place."""
    return sys.stdin.buffer.read(_MAX_INPUT + 1).decode("utf-8", errors="replace").removesuffix("\n")


_MAX_INPUT = 2_000_000
