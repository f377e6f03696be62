"""``symderiv try``: answer at a prompt: echo, verdict, hint."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.finding import find
from symderiv.cli.options import exercises_option

if TYPE_CHECKING:
    from symderiv.exercise import Exercise, Question
    from symderiv.grading import Report

_EXAMPLES = examples(
    "symderiv try conv2d-kernel-gradient",
    r"printf '[4, -3, -2]\n' | symderiv try conv2d-kernel-gradient",
)

_ENDS = ("quit", "exit", ":q")
_HOW = "an empty line goes on to the next part, 'quit' ends"


@click.command("try", epilog=_EXAMPLES, short_help="Answer an exercise at a prompt.")
@click.argument("exercise", metavar="EXERCISE")
@click.option("--seed", type=int, help="A student's own variant of the numbers.")
@exercises_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def attempt(exercise: str, seed: int | None, folders: tuple[str, ...], form: str) -> int:
    """Try EXERCISE at a prompt, an answer a line, until each part is right.

    Every answer is echoed as it was read, then judged. An empty line goes on to the next part; 'quit', or
    the end of the input, ends the attempt.
    """
    from symderiv.reports.bank import heading_text, question_text

    asked = find([exercise], folders, seed)[0]
    click.echo(heading_text(asked), err=True)
    click.echo(f"({_HOW})\n", err=True)
    answers: dict[str, str] = {}
    for question in asked:
        click.echo(question_text(question), err=True)
        if not _ask(asked, question, answers):
            break
    return _finish(asked, answers, form)


def _ask(asked: Exercise, question: Question, answers: dict[str, str]) -> bool:
    """Prompt until the part is right or skipped; False at the end of the input."""
    while True:
        line = _line()
        if line is None or line in _ENDS:
            return False
        if not line:
            return True
        answers[question.id] = line
        if _told(asked, question.id, line):
            return True


def _line() -> str | None:
    """What is typed next, with arrow keys and earlier lines where there is a terminal; None at the end."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo("> ", nl=False, err=True)
        line = sys.stdin.readline()
        return line.strip() if line else None
    with suppress(ImportError):
        import readline  # noqa: F401  (input() edits lines with it from here on)
    try:
        return input("> ").strip()
    except EOFError:
        click.echo(err=True)
        return None


def _told(asked: Exercise, part: str, answer: str) -> bool:
    from symderiv import api
    from symderiv.reports.check_text import part_text

    found = api.check(asked, {part: answer}).part(part)
    if found.read is not None:
        click.echo(f"read as {found.read.text}", err=True)
    click.echo(part_text(found), err=True)
    return found.verdict == "equal"


def _finish(asked: Exercise, answers: dict[str, str], form: str) -> int:
    from symderiv import api
    from symderiv.reports.check_text import report_text
    from symderiv.reports.json import dumps

    report: Report = api.check(asked, answers)
    click.echo(dumps(report.as_json()) if form == "json" else report_text(report))
    return exit_codes.gravest(exit_codes.OF_VERDICT[part.verdict] for part in report.parts)
