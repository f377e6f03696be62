"""A sheet, or an answer file to fill in, for each student of a list: a folder of files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symderiv.cli import exit_codes

if TYPE_CHECKING:
    from symderiv.reports.sheets.students import Student


def write_all(listed: str, ending: str, output: str | None, write: Callable[[Student, str], int]) -> int:
    """``write(student, path)`` for everybody on the list; the gravest of what it returns."""
    from symderiv.reports.sheets.students import read_students

    if output is None or output == "-":
        raise click.UsageError("a sheet for each student: name a folder with -o")
    students = read_students(Path(listed))
    try:
        Path(output).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.FileError(output, error.strerror or str(error)) from None
    codes = [write(each, str(Path(output) / f"{each.file_name}.{ending}")) for each in students]
    click.echo(f"{len(students)} files in {output}", err=True)
    return exit_codes.gravest(codes)
