"""Checks as annotations of GitHub Actions (``::error file=…,line=…::message``), one a part not right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from symderiv.grading.marks import in_words
from symderiv.reports.check_text import points

if TYPE_CHECKING:
    from symderiv.grading import PartReport, Report

LEVELS = {
    "different": "error",
    "invalid": "error",
    "missing": "error",
    "undecided": "warning",
    "manual": "notice",
}


def github_annotations(reports: Sequence[Report]) -> str:
    """The annotations of several answer files, and a line with the marks of each."""
    return "\n".join(line for report in reports for line in _lines(report))


def _lines(report: Report) -> list[str]:
    said = in_words(points(report.points), points(report.out_of))
    marks = f"{report.exercise} {report.student}: {said}"
    lines = [_annotation(report, part) for part in report.parts if part.verdict in LEVELS]
    return [*lines, data(marks)]


def _annotation(report: Report, part: PartReport) -> str:
    fields = {"file": report.path, "title": f"{report.exercise}/{part.id}"}
    place = part.error.place if part.error is not None else None
    if place is not None:
        fields |= {"line": str(place.line), "col": str(place.column)}
    listed = ",".join(f"{name}={property_text(value)}" for name, value in fields.items() if value)
    message = part.error.in_one_line() if part.error is not None else "; ".join(part.feedback) or part.verdict
    return f"::{LEVELS[part.verdict]} {listed}::{data(message)}"


def data(text: str) -> str:
    """A message in which no line break can start a command of its own.

    >>> data("a" + chr(10) + "::error::b")
    'a%0A::error::b'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_text(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")
