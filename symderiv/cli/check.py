"""``symderiv check``: answer files, with a verdict, marks and feedback for each part."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.options import Seconds, exercises_option, stdin_text

if TYPE_CHECKING:
    from symderiv.grading import Report

TIMEOUT = 120.0

_EXAMPLES = examples(
    "symderiv check answers/4711.yaml",
    "symderiv check answers/*.yaml --exercises course/exercises --format junit > report.xml",
    "cat answers/4711.yaml | symderiv check - --format json",
)


@click.command(epilog=_EXAMPLES, short_help="Check answer files: verdict, marks, feedback.")
@click.argument("files", nargs=-1, required=True, metavar="ANSWER.yaml...")
@exercises_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit", "github"]),
    default="text",
    show_default=True,
)
@click.option(
    "--timeout",
    type=Seconds(min=0.1),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Seconds after which an answer file is given up as undecided.",
)
def check(files: tuple[str, ...], folders: tuple[str, ...], form: str, timeout: float) -> int:
    """Check answer files (- for standard input): a verdict, marks and feedback for each part.

    A file that can't be used is reported on standard error; the others are checked all the same.
    """
    from symderiv.bulk.checking import check_file, checker
    from symderiv.errors import SymderivError
    from symderiv.worker import Died, TimedOut

    reports: list[Report] = []
    codes: list[int] = []
    with checker() as worker:
        for path in files:
            text = stdin_text() if path == "-" else None
            try:
                reports.append(check_file(worker, path, text, folders, timeout))
            except SymderivError as error:
                click.echo(error.in_full(), err=True)
                codes.append(exit_codes.UNUSABLE)
            except (TimedOut, Died) as error:
                click.echo(f"{path}: undecided: {error}", err=True)
                codes.append(exit_codes.UNDECIDED)
    output = _printed(reports, form, single=len(files) == 1)
    if output:
        click.echo(output)
    return exit_codes.gravest([*codes, *map(_code, reports)])


def _code(report: Report) -> int:
    return exit_codes.gravest(exit_codes.OF_VERDICT[part.verdict] for part in report.parts)


def _printed(reports: list[Report], form: str, single: bool) -> str:
    match form:
        case "json":
            from symderiv.reports.json import dumps

            found = [report.as_json() for report in reports]
            if single:
                return dumps(found[0]) if found else ""
            return dumps(found)
        case "junit":
            from symderiv.reports.junit import junit_xml

            return junit_xml(reports)
        case "github":
            from symderiv.reports.github import github_annotations

            return github_annotations(reports)
    from symderiv.reports.check_text import report_text
    from symderiv.reports.paint import Paint

    paint = Paint.for_stream(sys.stdout)
    return "\n\n".join(report_text(report, paint) for report in reports)
