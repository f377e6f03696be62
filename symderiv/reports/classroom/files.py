"""Writes the reports of a class: which file each format goes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from symderiv.errors import FileFault, Place
from symderiv.reports.classroom.annotations import class_annotations
from symderiv.reports.classroom.gradescope import gradescope_results
from symderiv.reports.classroom.page import class_page
from symderiv.reports.classroom.prairielearn import prairielearn_result
from symderiv.reports.classroom.results import ClassResults, results_json
from symderiv.reports.classroom.tables import nbgrader_csv, results_csv
from symderiv.reports.classroom.xml import class_junit
from symderiv.reports.json import dumps

Files = Iterator[tuple[str, Iterable[str]]]
"""Names of files with their text, piece by piece."""


def _json(results: ClassResults) -> Files:
    yield "results.json", results_json(results)


def _csv(results: ClassResults) -> Files:
    yield "results.csv", results_csv(results)


def _nbgrader(results: ClassResults) -> Files:
    yield "nbgrader.csv", nbgrader_csv(results)


def _html(results: ClassResults) -> Files:
    yield "class.html", (class_page(results),)


def _junit(results: ClassResults) -> Files:
    yield "junit.xml", class_junit(results)


def _github(results: ClassResults) -> Files:
    yield "github.txt", class_annotations(results)


def _gradescope(results: ClassResults) -> Files:
    for student, name in _named(results.students):
        found = gradescope_results(results.counted_of_student(student), "\n".join(results.faults_of(student)))
        yield f"gradescope/{name}/results.json", (dumps(found),)


def _autograder(results: ClassResults) -> Files:
    """All that was handed in as one student's: what Gradescope's autograder is asked for."""
    faults = [entry["fault"] for entry in results.unusable]
    reports = tuple(results.reports)
    if not reports and not faults:
        faults = ["No answers were handed in: upload an answer file (.yaml)."]
    yield "autograder.json", (dumps(gradescope_results(reports, "\n".join(faults))),)


def _prairielearn(results: ClassResults) -> Files:
    for student, name in _named(results.students):
        for report in results.counted_of_student(student):
            text = dumps(prairielearn_result(report))
            yield f"prairielearn/{name}-{safe_name(report['exercise'])}.json", (text,)


def _named(students: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each student with a file name that nobody else's becomes."""
    taken: set[str] = set()
    for student in students:
        name = safe_name(student)
        if name.casefold() in taken:
            name = f"{name}-{sha256(student.encode()).hexdigest()[:8]}"
        taken.add(name.casefold())
        yield student, name


FORMATS: dict[str, Callable[[ClassResults], Files]] = {
    "json": _json,
    "csv": _csv,
    "html": _html,
    "junit": _junit,
    "github": _github,
    "gradescope": _gradescope,
    "autograder": _autograder,
    "prairielearn": _prairielearn,
    "nbgrader": _nbgrader,
}


def write_reports(results: ClassResults, formats: Iterable[str], folder: Path) -> list[Path]:
    """Every file of the formats, below ``folder``; raises FileFault where it can't be written."""
    written: list[Path] = []
    for form in formats:
        for name, pieces in FORMATS[form](results):
            write_whole(folder / name, pieces)
            written.append(folder / name)
    return written


def write_whole(path: Path, pieces: Iterable[str], newline: str | None = None) -> None:
    """Write a file under another name first: it is there as a whole, or as it was before."""
    temporary = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", errors="replace", newline=newline) as file:
            file.writelines(pieces)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        cure = "is there room on the disk, and may this folder be written?"
        raise FileFault(f"can't be written: {error.strerror}", Place(str(path)), "", cure) from None


def safe_name(name: str) -> str:
    """A student's name as a file name: nothing that climbs out of the folder.

    >>> safe_name("../../etc/passwd"), safe_name("4711")
    ('.._.._etc_passwd', '4711')
    """
    cleaned = re.sub(r"[^\w.@+ -]", "_", name).strip()[:100].strip() or "_"
    return cleaned if cleaned.strip(".") else "_"
