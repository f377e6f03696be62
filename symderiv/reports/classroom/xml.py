"""A class as JUnit XML: one suite a submission, one case a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from symderiv.reports.classroom.feedback import part_text
from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.junit import OUTCOMES, clean


def class_junit(results: ClassResults) -> Iterator[str]:
    """Wrong is a failure; undecided an error; for a person, skipped; an unusable submission an error."""
    whole = Element("testsuites", _counts(results.verdicts, results.unusable_count))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield tostring(whole, encoding="unicode").removesuffix(" />") + ">\n"
    for report in results.reports:
        verdicts = Counter(part["verdict"] for part in report["parts"])
        name = clean(f"{report['exercise']} {report['student']}")
        suite = Element("testsuite", {"name": name, **_counts(verdicts)})
        for part in report["parts"]:
            _add_case(suite, report, part)
        yield _written(suite)
    for entry in results.unusable:
        suite = Element("testsuite", {"name": clean(entry["student"]), **_counts(Counter(), 1)})
        case = SubElement(suite, "testcase", classname="submission", name=clean(entry["source"]), time="0")
        SubElement(case, "error", message=clean(entry["fault"]), type="unusable")
        yield _written(suite)
    yield "</testsuites>\n"


def _counts(verdicts: Counter[str], unusable: int = 0) -> dict[str, str]:
    outcomes: Counter[str | None] = Counter()
    for verdict, count in verdicts.items():
        outcomes[OUTCOMES.get(verdict)] += count
    return {
        "tests": str(outcomes.total() + unusable),
        "failures": str(outcomes["failure"]),
        "errors": str(outcomes["error"] + unusable),
        "skipped": str(outcomes["skipped"]),
        "time": "0",
    }


def _written(suite: Element) -> str:
    indent(suite, level=1)
    return f"  {tostring(suite, encoding='unicode').rstrip()}\n"


def _add_case(suite: Element, report: Json, part: Json) -> None:
    case = SubElement(
        suite, "testcase", classname=clean(report["exercise"]), name=clean(part["id"]), time="0"
    )
    outcome = OUTCOMES.get(part["verdict"])
    if outcome is not None:
        message = part["feedback"][0] if part["feedback"] else part["verdict"]
        told = SubElement(case, outcome, message=clean(message), type=part["verdict"])
        told.text = clean(part_text(part))
