"""Checks as JUnit XML, for continuous integration: wrong is a failure; undecided, or unusable, an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from symderiv.grading import PartReport, Report

OUTCOMES = {
    "different": "failure",
    "invalid": "failure",
    "missing": "failure",
    "undecided": "error",
    "manual": "skipped",
}
# What XML 1.0 can't hold at all, not even escaped: most control characters, and lone surrogates.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(reports: Sequence[Report]) -> str:
    """``testsuites/testsuite/testcase``: one suite an answer file, one case a part."""
    root = Element("testsuites", _counts([part for report in reports for part in report.parts]))
    for report in reports:
        _add_suite(root, report)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _add_suite(root: Element, report: Report) -> None:
    name = clean(f"{report.exercise} {report.student}".strip())
    suite = SubElement(root, "testsuite", {"name": name, **_counts(list(report.parts))})
    for part in report.parts:
        case = SubElement(suite, "testcase", classname=clean(report.exercise), name=clean(part.id), time="0")
        outcome = OUTCOMES.get(part.verdict)
        if outcome is not None:
            told = SubElement(case, outcome, message=clean(_message(part)), type=part.verdict)
            told.text = clean("\n".join(part.feedback))


def _counts(parts: list[PartReport]) -> dict[str, str]:
    found = [OUTCOMES.get(part.verdict) for part in parts]
    return {
        "tests": str(len(parts)),
        "failures": str(found.count("failure")),
        "errors": str(found.count("error")),
        "skipped": str(found.count("skipped")),
        "time": "0",
    }


def _message(part: PartReport) -> str:
    if part.error is not None:
        return part.error.in_one_line()
    return part.feedback[0] if part.feedback else part.verdict


def clean(text: str) -> str:
    """The text without what XML can't hold.

    >>> clean("a" + chr(0) + "b")
    'a�b'
    """
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
