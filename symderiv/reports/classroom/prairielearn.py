"""PrairieLearn's ``results.json`` for one submission.

Format: https://docs.prairielearn.com/externalGrading/
"""

from __future__ import annotations

from typing import Any

from symderiv.reports.classroom.feedback import is_untold, marks_of, part_text
from symderiv.reports.classroom.results import Json


def prairielearn_result(report: Json) -> dict[str, Any]:
    """Score from 0 to 1 with a test a part; unreadable answers cost no attempt.

    >>> prairielearn_result({"points": 0, "out_of": 0, "parts": []})["gradable"]
    True
    """
    unreadable = [part for part in report["parts"] if part["verdict"] == "invalid"]
    return {
        "gradable": not unreadable,
        "score": report["points"] / report["out_of"] if report["out_of"] else 0,
        "message": marks_of(report),
        "format_errors": [part["error"] for part in unreadable if part.get("error")],
        "tests": [
            {
                "name": part["id"],
                "points": part["points"],
                "max_points": part["out_of"],
                "message": "" if is_untold(part) else part["verdict"],
                "output": part_text(part),
            }
            for part in report["parts"]
        ],
    }
