"""A part's report in words, for the boxes that learning platforms have."""

from __future__ import annotations

import re

from symderiv.grading.marks import in_words
from symderiv.reports.check_text import points
from symderiv.reports.classroom.results import Json

_FOLDERS = re.compile(r"\A(?:[A-Za-z]:)?[^:\n]*[/\\]")
_COMMAND = re.compile(r"\s*\('symderiv [^()]*\)")
WORDS = {
    "equal": "right",
    "different": "wrong",
    "undecided": "not decided: a person will look at it",
    "invalid": "can't be read",
    "missing": "no answer",
    "manual": "for a person to mark",
}


def marks_of(marked: Json) -> str:
    """``2 of 3 points``, of a part or of a whole report."""
    return in_words(points(marked["points"]), points(marked["out_of"]))


def is_untold(part: Json) -> bool:
    """Does the exercise want nothing told of it before the marks are published (``feedback: none``)?"""
    return bool(part.get("told") == "none")


def part_text(part: Json) -> str:
    """Verdict, how the answer was read, what is told."""
    if is_untold(part):
        return f"{part['id']}: handed in" if part["verdict"] != "missing" else f"{part['id']}: no answer"
    lines = [f"{part['id']}: {WORDS[part['verdict']]} ({marks_of(part)})"]
    if part.get("error"):
        lines.append(f"  {part['error']}")
    elif part.get("read"):
        lines.append(f"  read as {part['read']['text']}")
    told = (line for line in part["feedback"] if not part.get("error") or part["error"] not in line)
    return "\n".join([*lines, *(f"  {line}" for line in told)])


def fault_words(fault: str) -> str:
    """Why a file couldn't be used, without the folders and the commands of whoever graded it.

    >>> fault_words("/home/me/hw/a.yaml: there is no exercise 'x'; expected an id ('symderiv …' shows 2)")
    "a.yaml: there is no exercise 'x'; expected an id"
    """
    return _COMMAND.sub("", _FOLDERS.sub("", fault))


def report_words(report: Json) -> str:
    """All parts, below the total."""
    head = f"{report['exercise']}: {marks_of(report)}"
    return "\n".join([head, *(part_text(part) for part in report["parts"])])
