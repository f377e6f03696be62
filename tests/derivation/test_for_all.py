"""Conditions on the entries of arrays that are given: of all of them, or refused."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare, read_given
from symderiv.errors import SymderivError


@pytest.mark.parametrize("condition", ["x != 0", "not (x == 0)", "not (x > 0)", "x > 0 or x < 0", "A > 0"])
def test_what_may_be_said_of_some_entries_is_refused(condition: str) -> None:
    with pytest.raises(SymderivError, match="a condition on"):
        read_given(["x: vector(3)", "A: matrix(2, 2)", condition])


def test_not_all_entries_are_zero_or_none_is() -> None:
    assert compare("x != 0", "norm(x) > 0", ["x: vector(3)"]).verdict.verdict == "undecided"


def test_a_fact_that_fails_where_its_indices_agree_is_refused() -> None:
    verdict = compare("x[0]", "x[1]", ["x: vector(n)", "x[i] != x[j]"]).verdict
    assert verdict.verdict == "invalid"


@pytest.mark.parametrize(
    ("a", "b", "given", "verdict"),
    [
        ("sum(x)", "n*(n+1)/2", ("x: vector(n)", "x[i] == i"), "equal"),
        ("sum(x)", "n*(n-1)/2", ("x: vector(n)", "x[i] == i"), "different"),
        ("A - A.T", "zeros(n,n)", ("A: matrix(n,n)", "A[i,j] == A[j,i]"), "equal"),
        ("max(x)", "x[n]", ("x: vector(n)", "x[i] <= x[i+1]"), "equal"),
        ("max(x)", "x[1]", ("x: vector(n)", "x[i] <= x[i+1]"), "different"),
        ("y[1]", "x[1]", ("x: vector(n)", "y: vector(n)", "y[i] == i*x[i]"), "equal"),
        ("sum(abs(x[i]), (i,1,n))", "sum(x)", ("x: vector(n)", "x[i] >= 0"), "equal"),
    ],
)
def test_what_is_said_of_all_entries_counts_from_where_indices_do(
    a: str, b: str, given: tuple[str, ...], verdict: str
) -> None:
    assert compare(a, b, given, index_from=1).verdict.verdict == verdict


@pytest.mark.parametrize(("end", "verdict"), [("x[n-1]", "equal"), ("x[0]", "different")])
def test_what_is_said_of_an_entry_and_the_one_before(end: str, verdict: str) -> None:
    assert compare("max(x)", end, ["x: vector(n)", "x[i-1] <= x[i]"]).verdict.verdict == verdict
