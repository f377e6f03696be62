"""The fields that the page on JSON lists are those that come out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from symderiv.api import check, compare, derive
from symderiv.exercise import parse_exercise
from symderiv.grading import foresee, lint
from symderiv.reports import bank
from symderiv.reports.derivation import derivation_json
from symderiv.reports.json import verdict_json

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
ROWS = [
    line.split("|")[1:3] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
]
EXERCISE = parse_exercise("id: e\nlet: {x: real}\nparts:\n  - {id: a, ask: What?, answer: x + 1}\n")


def listed(output: str) -> tuple[set[str], set[str]]:
    """The fields that are always there, and those that may be."""
    (fields,) = [row[1] for row in ROWS if f"{row[0].strip()},".startswith(f"{output},")]
    optional = set(re.findall(r"\[`(\w+)`\]", fields))
    return set(re.findall(r"`(\w+)`", fields)) - optional - {"ms"}, optional


def fits(found: dict[str, Any], output: str) -> bool:
    always, optional = listed(output)
    return always <= found.keys() <= always | optional


@pytest.mark.parametrize(("a", "b"), [("x + x", "2*x"), ("x", "y"), ("x/x", "1")])
def test_verdicts(a: str, b: str) -> None:
    always, optional = listed("`compare`")
    found = verdict_json(compare(a, b))
    assert always - {"read"} <= found.keys() <= always | optional
    assert "witness" not in found or fits(found["witness"], "`witness`")


@pytest.mark.parametrize("answer", ["x + 1", "x", "x +", ""])
def test_reports(answer: str) -> None:
    found = check(EXERCISE, {"a": answer}).as_json()
    assert fits(found, "`check`")
    assert all(fits(part, "each of `parts`") for part in found["parts"])


def test_derivations() -> None:
    found = derivation_json(derive("relu(x)^2", wrt="x"))
    assert fits(found, "`derive`") and fits(found["result"], "`result` of `derive`")
    assert found["steps"] and all(fits(step, "each of `steps`") for step in found["steps"])


def test_the_bank() -> None:
    exercise = parse_exercise(
        "id: e\nlet: {x: real}\n"
        "parts:\n  - {id: a, ask: What?, points: 2, answer: diff(x^2, x), accept: [x]}\n"
    )
    (found,), (shown,) = bank.list_json([exercise]), bank.show_json([exercise])
    assert fits(found, "each of `exercises list`") and fits(shown, "each of `exercises show`")
    assert fits(shown["parts"][0], "each of `parts` of `exercises show`")
    assert found["points"] == shown["parts"][0]["points"] == 2
    (linted,) = bank.lint_json([(exercise, lint(exercise))])
    assert fits(linted, "each of `exercises lint`") and fits(linted["findings"][0], "each of `findings`")
    (seen,) = bank.foresee_json([(exercise, foresee(exercise))])
    assert fits(seen, "each of `exercises foresee`") and all(
        fits(form, "each of `forms`") for form in seen["forms"]
    )
