"""A sheet, or an answer file to fill in, for each student of a list: a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symderiv.cli import exit_codes

if TYPE_CHECKING:
    from symderiv.exercise import Exercise
    from symderiv.grading import Report
    from symderiv.reports.sheets.students import Student


def write_all(listed: str, ending: str, output: str | None, write: Callable[[Student, str], int]) -> int:
    """``write(student, path)`` for everybody on the list; the gravest of what it returns."""
    from symderiv.reports.sheets.students import read_students

    if output is None or output == "-":
        raise click.UsageError("a sheet for each student: name a folder with -o")
    students = read_students(Path(listed))
    _make(output)
    codes = [write(each, str(Path(output) / f"{each.file_name}.{ending}")) for each in students]
    click.echo(f"{len(students)} files in {output}", err=True)
    return exit_codes.gravest(codes)


def write_feedback(
    checked: Sequence[tuple[Exercise, Report]],
    ending: str,
    output: str | None,
    write: Callable[[list[tuple[Exercise, Report]], str | None], int],
) -> int:
    """``write(answers, path)`` for one student, or for each into a folder: nobody reads what others wrote."""
    from symderiv.reports.sheets.students import Student

    mine: dict[str, list[tuple[Exercise, Report]]] = {}
    for exercise, report in checked:
        mine.setdefault(report.student, []).append((exercise, report))
    if output is None or not (output.endswith("/") or Path(output).is_dir()):
        if len(mine) > 1:
            raise click.UsageError(f"answers of {len(mine)} students: name a folder with -o, as in feedback/")
        return write(list(checked), output)
    names = [Student(name or Path(pairs[0][1].path).stem).file_name for name, pairs in mine.items()]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(f"two students would have the file {twice[0]}.{ending}")
    _make(output)
    paths = [str(Path(output) / f"{name}.{ending}") for name in names]
    codes = [write(pairs, path) for pairs, path in zip(mine.values(), paths, strict=True)]
    click.echo(f"{len(paths)} files in {output}", err=True)
    return exit_codes.gravest(codes)


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.FileError(folder, error.strerror or str(error)) from None
