"""Gradescope's ``results.json`` for one student.

Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from typing import Any

from symderiv.reports.classroom.feedback import is_untold, part_text
from symderiv.reports.classroom.results import Json

_STATUS = {"equal": "passed", "manual": "passed"}


def gradescope_results(reports: tuple[Json, ...], fault: str = "") -> dict[str, Any]:
    """One test a part; an unusable submission scores nothing and says why.

    Where nothing is to be told (``feedback: none``), scores show after they are published.

    >>> gradescope_results((), "no such exercise")["score"]
    0
    """
    tests = [_test(report, part, len(reports) > 1) for report in reports for part in report["parts"]]
    parts = [part for report in reports for part in report["parts"]]
    score = sum(report["points"] for report in reports)
    result: dict[str, Any] = {
        "score": score,
        "output_format": "text",
        "visibility": "after_published" if any(map(is_untold, parts)) else "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"undecided": _undecided(reports)},
    }
    if fault or _undecided(reports):
        waiting = "Some answers could not be decided and wait for a person: their points may still change."
        result["output"] = fault or waiting
    return result


def _undecided(reports: tuple[Json, ...]) -> list[str]:
    return [
        f"{report['exercise']}/{part['id']}"
        for report in reports
        for part in report["parts"]
        if part["verdict"] in ("undecided", "manual")
    ]


def _test(report: Json, part: Json, several: bool) -> dict[str, Any]:
    name = f"{report['exercise']} {part['id']}" if several else part["id"]
    return {
        "name": name,
        "number": part["id"],
        "score": part["points"],
        "max_score": part["out_of"],
        "status": _STATUS.get(part["verdict"], "failed"),
        "output": part_text(part),
        "output_format": "text",
        "tags": list(part["misconceptions"]) if part.get("told", "hint") in ("hint", "full") else [],
        "visibility": "after_published" if is_untold(part) else "visible",
        "extra_data": {"verdict": part["verdict"]},
    }
