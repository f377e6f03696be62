"""Integers divided by a letter, and extrema of ranges, asked by themselves: no witness comes before."""

from __future__ import annotations

import pytest

from symderiv.equality.conditions.unfolded import unfolded
from symderiv.equality.procedures.integers.any_quotients import by_any_quotients
from symderiv.equality.procedures.sums.one_spelling import spelt
from symderiv.equality.prove import prove_problem
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import Variable
from tests.equality.procedures.alone import problem, scope, value

SIZES = scope(n=SIZE, s=SIZE, k=SIZE)
N = Variable("n", SIZE)
VECTORS = scope(n=SIZE, c=Kind(), x=Kind(shape=(N,)), y=Kind(shape=(N,)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ceil(n/s)", "floor(n/s) if n % s == 0 else floor(n/s) + 1"),
        ("floor(n/s) + floor(-n/s)", "0 if n % s == 0 else -1"),
        ("ceil((n + 1)/s)", "floor(n/s) + 1"),
    ],
)
def test_quotients_are_proved(a: str, b: str) -> None:
    assert by_any_quotients(problem(a, b, names=SIZES), prove_problem) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ceil(n/s)", "floor(n/s) + 1"),
        ("floor((n + 1)/s)", "floor(n/s)"),
        ("floor((n + 1)/s)", "floor(n/s) + 1"),
        ("ceil(n/s)", "floor(n/s)"),
        ("floor(n/s) + floor(-n/s)", "-1"),
        ("ceil(n/s)", "floor(n/s) if n % s == 1 else floor(n/s) + 1"),
        ("floor(n/k)", "floor(n/s)"),
    ],
)
def test_quotients_are_left(a: str, b: str) -> None:
    assert by_any_quotients(problem(a, b, names=SIZES), prove_problem) is None


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("max(x) == c and min(x) == c", "all(x[i] == c for i in range(n))"),
        ("max(x) == min(x)", "all(x[i] == x[0] for i in range(n))"),
        ("max(x) <= c and c <= min(x)", "all(x[i] == c for i in range(n))"),
    ],
)
def test_extrema_say_so_of_all(condition: str, said: str) -> None:
    assert spelt(value(condition, VECTORS), 0) == spelt(value(said, VECTORS), 0)


@pytest.mark.parametrize(
    "condition",
    [
        "max(x) == c and min(y) == c",
        "max(x) == c and min(x) == c + 1",
        "max(x) == max(y)",
        "max(x) == min(y)",
    ],
)
def test_extrema_of_several_say_nothing_of_all(condition: str) -> None:
    asked = value(condition, VECTORS)
    assert unfolded(asked) == asked


def test_one_bound_is_not_two() -> None:
    below, both = (value(f"all({said} for i in range(n))", VECTORS) for said in ("x[i] <= c", "x[i] == c"))
    assert spelt(below, 0) != spelt(both, 0)
    apart = value("all(x[i] <= c for i in range(n)) and all(y[i] >= c for i in range(n))", VECTORS)
    assert spelt(apart, 0) != spelt(both, 0)
