"""Writes the reports of a class: which file each format goes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from symderiv.errors import FileFault, Place
from symderiv.reports.classroom.gradebooks import prairielearn_result
from symderiv.reports.classroom.gradescope import gradescope_results
from symderiv.reports.classroom.page import class_page
from symderiv.reports.classroom.results import ClassResults, results_json
from symderiv.reports.classroom.tables import results_csv
from symderiv.reports.classroom.xml import class_junit
from symderiv.reports.json import dumps

Files = Mapping[str, str]


def _json(results: ClassResults) -> Files:
    return {"results.json": results_json(results)}


def _csv(results: ClassResults) -> Files:
    return {"results.csv": results_csv(results)}


def _html(results: ClassResults) -> Files:
    return {"class.html": class_page(results)}


def _junit(results: ClassResults) -> Files:
    return {"junit.xml": class_junit(results)}


def _gradescope(results: ClassResults) -> Files:
    faults = {entry["student"]: entry["fault"] for entry in results.unusable}
    return {
        f"gradescope/{safe_name(student)}/results.json": dumps(
            gradescope_results(results.of_student(student), faults.get(student, ""))
        )
        for student in results.students
    }


def _autograder(results: ClassResults) -> Files:
    """All that was handed in as one student's: what Gradescope's autograder is asked for."""
    faults = [entry["fault"] for entry in results.unusable]
    if not results.reports and not faults:
        faults = ["No answers were handed in: upload an answer file (.yaml)."]
    return {"autograder.json": dumps(gradescope_results(results.reports, "\n".join(faults)))}


def _prairielearn(results: ClassResults) -> Files:
    return {
        f"prairielearn/{safe_name(report['student'])}-{safe_name(report['exercise'])}.json": dumps(
            prairielearn_result(report)
        )
        for report in results.reports
    }


FORMATS: dict[str, Callable[[ClassResults], Files]] = {
    "json": _json,
    "csv": _csv,
    "html": _html,
    "junit": _junit,
    "gradescope": _gradescope,
    "autograder": _autograder,
    "prairielearn": _prairielearn,
}


def write_reports(results: ClassResults, formats: Iterable[str], folder: Path) -> list[Path]:
    """Every file of the formats, below ``folder``; raises FileFault where it can't be written."""
    written: list[Path] = []
    for form in formats:
        for name, text in FORMATS[form](results).items():
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(path.name + ".part")
                temporary.write_text(text, encoding="utf-8")
                temporary.replace(path)
            except OSError as error:
                raise FileFault(f"{path}: can't be written: {error.strerror}", Place(str(path))) from None
            written.append(path)
    return written


def safe_name(name: str) -> str:
    """A student's name as a file name: nothing that climbs out of the folder.

    >>> safe_name("../../etc/passwd"), safe_name("4711")
    ('.._.._etc_passwd', '4711')
    """
    cleaned = re.sub(r"[^\w.@+ -]", "_", name).strip() or "_"
    return cleaned if cleaned.strip(".") else "_"
