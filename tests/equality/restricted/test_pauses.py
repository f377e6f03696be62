"""A pause of the machine, such as a collection of garbage, costs no verdict that nobody hurried."""

from __future__ import annotations

import time
from itertools import count

import pytest

from symderiv.derivation import compare

FOUND_AT_A_SIZE = [
    (
        "sum(exp(t[i]*a), (i,0,n-1))",
        "n + (exp(a)-1)*sum(t)",
        ("t: vector(n)", "all(t[i] in {0,2} for i in range(n))"),
    ),
    ("softmax(x)[i] < 1", "true", ("x: vector(n)", "i: index")),
]


@pytest.mark.parametrize(("a", "b", "given"), FOUND_AT_A_SIZE, ids=lambda each: str(each)[:30])
def test_an_hour_between_any_two_looks_at_the_clock(
    a: str, b: str, given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = count(step=3600)
    monkeypatch.setattr(time, "thread_time", lambda: float(next(hours)))
    assert compare(a, b, given=given).verdict.verdict == "different"
