"""Costs with logarithms: proved where the bound holds, refuted along a direction, else undecided."""

from __future__ import annotations

from itertools import pairwise
from math import log

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

ROWS = [
    ("n*log(n)", "O(n log n)", "equal"),
    ("n*log(n)", r"\mathcal{O}(n \log_2 n)", "equal"),
    ("n*log(n)", "n log(n^2) + 5n", "equal"),
    ("n*log(n)", "n", "different"),
    ("n*log(n)", "n^2", "different"),
    ("n*log(n)", "n^(3/2)", "different"),
    ("n*log(n)", "n log d", "different"),
    ("n*log(n)", "n*log(n)^2", "different"),
    ("n*log(n)", "sqrt(n)*log(n)", "different"),
    ("n*log(n) + d", "max(n log n, d)", "equal"),
    ("n*log(n) + d", "n log d + d", "different"),
    ("n*d", "n d + n log n", "different"),
    ("n*d", "n d + n log d", "equal"),
    ("n^2", "n^2 + n log n", "equal"),
    ("log(n)", "ln(n)", "equal"),
    ("log(n)", "log(n^3)", "equal"),
    ("log(n)", "n", "different"),
    ("log(n)", "1", "different"),
    ("n*d*log(n*d)", "n d log(n) + n d log(d)", "equal"),
    ("n*d*log(n*d)", "n d log n", "different"),
    ("n*log(n)", "n/log(n)", "different"),
    ("n*log(n)", "n*log(n!)", "undecided"),
]


@pytest.mark.parametrize(("key", "answer", "verdict"), ROWS)
def test_verdict(key: str, answer: str, verdict: str) -> None:
    exercise = parse_exercise(
        f"id: e\nlet: {{n: size, d: size}}\nparts: [{{id: a, kind: order, answer: '{key}'}}]\n"
    )
    assert check(exercise, {"a": answer}).part("a").verdict == verdict


def test_what_is_called_slower_falls_behind() -> None:
    """The verdict on n against n log n, by the numbers themselves."""
    ratios = [n * log(n) / n for n in (10, 1000, 100000, 10**9)]
    assert all(later > earlier + 1 for earlier, later in pairwise(ratios))
