"""An undecided verdict about symbolic sizes says at which sizes the two were proved equal."""

from __future__ import annotations

import time

import pytest

from symderiv.derivation import compare
from symderiv.equality.problem import Problem
from symderiv.equality.restricted.sizes import at_small_sizes
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.expression.build import compare as relation
from symderiv.expression.kinds import SIZE
from symderiv.expression.tree import ONE, Number, Variable
from symderiv.reports.json import verdict_json

N = Variable("n", SIZE)

TRUE_BUT_OPEN = (
    (
        "sum(binomial(n, k)^3, (k, 0, n))",
        "sum(binomial(n, k)^2*binomial(2*k, n), (k, 0, n))",
        ("n: positive integer",),
        "verified for n = 1, 2, 3, 4",
    ),
    (
        "n*binomial(n+k-1, k-1)",
        "sum(i*binomial(n, i)*binomial(k, i), (i, 0, k))",
        ("n: positive integer", "k: positive integer"),
        "verified for (k, n) = (1, 1), (1, 2), (2, 1), (2, 2)",
    ),
    ("sum(x[(i+3*n+1) % n], (i, 0, n-1))", "sum(x)", ("x: vector(n)",), "verified for n = 1, 2, 3, 4"),
    (
        "sum(x[(i+3*n+1) % n], (i, 0, n-1))",
        "sum(x)",
        ("x: vector(n)", "n > 2"),
        "verified for n = 3, 4, 5, 6",
    ),
    (
        "[sum(x[(j+i+3*n) % n], (j, 0, n-1)) for i in range(0, n)]",
        "sum(x)*ones(n)",
        ("x: vector(n)",),
        "verified for n = 1, 2, 3, 4",
    ),
)


@pytest.mark.parametrize(("a", "b", "given", "expected"), TRUE_BUT_OPEN)
def test_the_sizes_are_named_in_message_and_json(
    a: str, b: str, given: tuple[str, ...], expected: str
) -> None:
    verdict = compare(a, b, given).verdict
    assert isinstance(verdict, Undecided)
    assert verdict.evidence.endswith(expected)
    assert str(verdict).endswith(expected)
    assert verdict_json(verdict)["evidence"].endswith(expected)


def test_without_sizes_nothing_is_said_of_them() -> None:
    verdict = compare("limit((f(x+h)-f(x))/h, h, 0)", "f'(x)", ("f: function",)).verdict
    assert "verified" not in str(verdict)


def differing_from_three(problem: Problem) -> Verdict:
    """As if 1 and n were equal up to n = 2."""
    assert isinstance(problem.b, Number)
    if problem.b.value < 3:
        return Equal("test")
    return Different("test", Witness((("x", "1/3"),), "1", str(problem.b.value)))


def test_a_size_at_which_they_differ_is_a_witness() -> None:
    checked = at_small_sizes(Problem(ONE, N), differing_from_three)
    assert checked.different is not None
    assert checked.different.witness.point == (("n", "3"), ("x", "1/3"))


def test_sizes_that_stay_open_are_not_listed() -> None:
    checked = at_small_sizes(
        Problem(ONE, N), lambda p: Equal("test") if p.b in (ONE, Number(4)) else Undecided()
    )
    assert str(checked) == "verified for n = 1, 4"


def test_sizes_that_the_facts_exclude_are_not_looked_at() -> None:
    fact = relation("lt", N, Number(3))
    checked = at_small_sizes(Problem(ONE, N, facts=(fact,)), lambda p: Equal("test"))
    assert str(checked) == "verified for n = 1, 2"


def test_no_size_is_looked_at_once_time_is_up() -> None:
    late = Problem(ONE, N, deadline=time.thread_time() - 1)
    assert str(at_small_sizes(late, lambda p: Equal("test"))) == ""


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("sum(x[i], (i, n, m))", "sum(y[i], (i, n, m-1)) * sum(y[n+i], (i, n, m))"),
        ("sum(i, (i, n, n-1)) * sum(x[i], (i, 0, m-1))", "prod(x[m-1]*0 for i in range(n, n+1))"),
    ],
)
def test_a_witness_shows_what_was_given_not_what_is_left_of_it(a: str, b: str) -> None:
    """Both are undefined at n = m = 1, though an empty sum times the other is 0 once it is written out."""
    declared = ("n: positive integer", "m: positive integer", "x: vector(n)", "y: vector(m)")
    verdict = compare(a, b, given=declared).verdict
    assert isinstance(verdict, Undecided)
