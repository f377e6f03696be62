"""The fields that the page on JSON lists are those that come out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from symderiv.api import check, compare
from symderiv.exercise import parse_exercise
from symderiv.reports.json import verdict_json

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
ROWS = [
    line.split("|")[1:3] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
]
EXERCISE = parse_exercise("id: e\nlet: {x: real}\nparts:\n  - {id: a, ask: What?, answer: x + 1}\n")


def listed(output: str) -> tuple[set[str], set[str]]:
    """The fields that are always there, and those that may be."""
    (fields,) = [row[1] for row in ROWS if row[0].strip().startswith(output)]
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
