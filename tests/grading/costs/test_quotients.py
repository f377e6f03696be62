"""Costs that are no sums of products: decided where a limit of their quotient settles it."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

ROWS = [
    ("2^n", "2^(n+1)", "equal"),
    ("2^n", "2^n - n^3", "equal"),
    ("2^n", "4^(n/2)", "equal"),
    ("n^2", "n*(n + sin(n))", "equal"),
    ("n^2", "n^(2 + 1/n)", "equal"),
    ("n*log(n)", "n*ceil(log2(n))", "equal"),
    ("2^n", "3^n", "different"),
    ("2^n", "2^(2n)", "different"),
    ("2^n", "n^9", "different"),
    ("n*log(n)", "n*sqrt(log(n))", "different"),
    ("k^n", "k^n/3", "equal"),
    ("k^n", "n^k", "different"),
    ("k^n", "2^n", "different"),
    ("k*n + k^2", "k*abs(n - k)", "different"),  # 0 where both grow alike
    ("k^n", "k^n + n", "undecided"),  # no constant does at k = 1
    ("n^2", "n^2*(2 + sin(n))", "undecided"),
]


@pytest.mark.parametrize(("key", "answer", "verdict"), ROWS)
def test_verdict(key: str, answer: str, verdict: str) -> None:
    exercise = parse_exercise(
        f"id: e\nlet: {{n: size, k: size}}\nparts: [{{id: a, kind: order, answer: '{key}'}}]\n"
    )
    assert check(exercise, {"a": answer}).part("a").verdict == verdict
    swapped = parse_exercise(
        f"id: e\nlet: {{n: size, k: size}}\nparts: [{{id: a, kind: order, answer: '{answer}'}}]\n"
    )
    assert check(swapped, {"a": key}).part("a").verdict == verdict
