"""A class as annotations on GitHub: a line for each part that is not right.

Format: https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.reports.classroom.feedback import marks_of
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.github import LEVELS, data, property_text


def class_annotations(results: ClassResults) -> Iterator[str]:
    """A notice a submission, then its parts; what couldn't be used is an error."""
    for report in results.reports:
        title = f"{report['exercise']} {report['student']}"
        yield _line("notice", title, marks_of(report))
        for part in report["parts"]:
            if part["verdict"] in LEVELS:
                yield _line(LEVELS[part["verdict"]], f"{title}/{part['id']}", _message(part))
    for told in results.told_faults:
        yield _line("error", told.students, told.fault)


def _line(level: str, title: str, message: str) -> str:
    return f"::{level} title={property_text(title)}::{data(message)}\n"


def _message(part: Json) -> str:
    return part.get("error") or "; ".join(part["feedback"]) or part["verdict"]
