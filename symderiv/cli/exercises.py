"""``symderiv exercises``: the bank, listed, shown, proved, and asked for the mistakes it would name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.finding import find, find_usable, twice
from symderiv.cli.options import exercises_option

if TYPE_CHECKING:
    from symderiv.exercise import Exercise

_EXAMPLES = examples(
    "symderiv exercises list",
    "symderiv exercises show conv2d-kernel-gradient",
    "symderiv exercises lint course/exercises",
    "symderiv exercises foresee conv2d-kernel-gradient",
)

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(epilog=_EXAMPLES, short_help="The bank: list, show, lint, foresee.")
def exercises() -> None:
    """The bank of exercises: list, show, lint, foresee."""


@exercises.command("list", epilog=examples("symderiv exercises list --exercises course/exercises"))
@exercises_option
@_FORMAT
def list_(folders: tuple[str, ...], form: str) -> int:
    """List every exercise: its id, its points, its title."""
    from symderiv.reports import bank

    click.echo(_text_or_json(bank.list_json, bank.list_text, find((), folders), form))
    return exit_codes.CORRECT


@exercises.command(epilog=examples("symderiv exercises show conv2d-kernel-gradient"))
@click.argument("names", nargs=-1, required=True, metavar="EXERCISE...")
@exercises_option
@_FORMAT
def show(names: tuple[str, ...], folders: tuple[str, ...], form: str) -> int:
    """Show what is given and what is asked, with the derived answers."""
    from symderiv.reports import bank

    click.echo(_text_or_json(bank.show_json, bank.show_text, find(names, folders), form))
    return exit_codes.CORRECT


@exercises.command(epilog=examples("symderiv exercises lint course/exercises/*.yaml"))
@click.argument("names", nargs=-1, metavar="EXERCISE...")
@exercises_option
@_FORMAT
def lint(names: tuple[str, ...], folders: tuple[str, ...], form: str) -> int:
    """Prove each exercise's own accept and reject examples (default: the whole bank).

    Warns where the numbers can't tell right from wrong. A file that can't be used is reported on standard
    error; the others are proved all the same.
    """
    from symderiv.grading import lint as findings_of
    from symderiv.reports import bank

    found, faults = find_usable(names, folders)
    faults += twice(found)
    for fault in faults:
        click.echo(fault.in_full(), err=True)
    checked = [(exercise, tuple(findings_of(exercise))) for exercise in found]
    if checked or not faults:
        click.echo(_text_or_json(bank.lint_json, bank.lint_text, checked, form))
    broken = any(finding.level == "error" for _, findings in checked for finding in findings)
    if faults:
        return exit_codes.UNUSABLE
    return exit_codes.WRONG if broken else exit_codes.CORRECT


@exercises.command(epilog=examples("symderiv exercises foresee conv2d-kernel-gradient"))
@click.argument("names", nargs=-1, required=True, metavar="EXERCISE...")
@exercises_option
@_FORMAT
def foresee(names: tuple[str, ...], folders: tuple[str, ...], form: str) -> int:
    """List every wrong form that would be named if a student gave it.

    An exercise whose key means nothing is reported on standard error; the others are listed all the same.
    """
    from symderiv.errors import SymderivError
    from symderiv.grading import foresee as forms_of
    from symderiv.reports import bank

    seen, faults = [], []
    for exercise in find(names, folders):
        try:
            seen.append((exercise, tuple(forms_of(exercise))))
        except SymderivError as error:
            faults.append(error)
    for fault in faults:
        click.echo(fault.in_full(), err=True)
    if seen or not faults:
        click.echo(_text_or_json(bank.foresee_json, bank.foresee_text, seen, form))
    return exit_codes.UNUSABLE if faults else exit_codes.CORRECT


def _text_or_json(as_json: Any, as_text: Any, value: list[Exercise] | list[Any], form: str) -> str:
    from symderiv.reports.json import dumps

    return dumps(as_json(value)) if form == "json" else str(as_text(value))
