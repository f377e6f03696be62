"""A class as JUnit XML: one suite a submission, one case a part."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from symderiv.reports.classroom.feedback import part_text
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.junit import OUTCOMES, clean


def class_junit(results: ClassResults) -> str:
    """Wrong is a failure; undecided an error; for a person, skipped; an unusable submission an error."""
    root = Element("testsuites")
    for report in results.reports:
        suite = SubElement(root, "testsuite", name=clean(f"{report['exercise']} {report['student']}"))
        for part in report["parts"]:
            _add_case(suite, report, part)
        suite.set("tests", str(len(report["parts"])))
    for entry in results.unusable:
        suite = SubElement(root, "testsuite", name=clean(entry["student"]), tests="1", errors="1")
        case = SubElement(suite, "testcase", classname="submission", name=clean(entry["source"]), time="0")
        SubElement(case, "error", message=clean(entry["fault"]), type="unusable")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_case(suite: Element, report: Json, part: Json) -> None:
    case = SubElement(
        suite, "testcase", classname=clean(report["exercise"]), name=clean(part["id"]), time="0"
    )
    outcome = OUTCOMES.get(part["verdict"])
    if outcome is not None:
        message = part["feedback"][0] if part["feedback"] else part["verdict"]
        told = SubElement(case, outcome, message=clean(message), type=part["verdict"])
        told.text = clean(part_text(part))
