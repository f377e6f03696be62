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
