"""Sums proved term by term, entries where they are not zero: what is asked beside these stays asked."""

from __future__ import annotations

from typing import Literal

import pytest

from symderiv.derivation.proof.entries.term_by_term import terms_of_sums
from symderiv.derivation.proof.entries.where_not_zero import where_not_zero
from symderiv.derivation.proof.existence.counted import counts_something
from symderiv.expression.build import add, cases, compare, conjunction, delta, disjunction, mul, negation
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)
from symderiv.tensor import Tensor

n, m = Variable("n", SIZE), Variable("m", SIZE)
x = Variable("x", Kind(shape=(n,)))
i, k, a = map(index_variable, ("_0", "_1", "a"))
ENTRY = Index(x, (i,))
POSITIVE = compare("lt", ZERO, ENTRY)
IN_WINDOW = compare("le", i, Number(1))


def _over(kind: Literal["sum", "forall"], body: Expr, size: Expr = m) -> Expr:
    return Binder(kind, body, a, ZERO, add(size, MINUS_ONE))


def _entries(value: Expr, defined: Expr = TRUE) -> Tensor:
    return Tensor((n,), (i,), value, defined)


def test_sums_over_other_ranges_have_no_terms_in_common() -> None:
    one, other = (_entries(_over("sum", mul(a, ENTRY), size)) for size in (m, n))
    assert terms_of_sums(one, one) is not None
    assert terms_of_sums(one, other) is None


def test_what_is_asked_once_is_not_asked_of_terms_that_may_be_none() -> None:
    total = _over("sum", mul(a, ENTRY))
    assert terms_of_sums(_entries(total), _entries(total, POSITIVE)) is None
    found = terms_of_sums(_entries(total), _entries(total, _over("forall", POSITIVE)))
    assert found is not None
    assert found[1].defined == POSITIVE


def test_beside_the_window_nothing_more_is_asked() -> None:
    value = cases(((IN_WINDOW, ENTRY),), ZERO)
    assert where_not_zero(_entries(value), _entries(value, POSITIVE)) is None
    asked = disjunction(POSITIVE, negation(IN_WINDOW))
    found = where_not_zero(_entries(value), _entries(value, asked))
    assert found is not None
    assert [side.value for side in found] == [ENTRY, ENTRY]


def test_entries_that_are_zero_at_other_places_are_not_compared() -> None:
    wider = cases(((compare("le", i, Number(2)), ENTRY),), ZERO)
    assert where_not_zero(_entries(cases(((IN_WINDOW, ENTRY),), ZERO)), _entries(wider)) is None


@pytest.mark.parametrize(("size", "same"), [(n, True), (m, False)])
def test_a_place_that_an_index_reads_lies_within_its_range(size: Expr, same: bool) -> None:
    place = add(i, i, MINUS_ONE)
    inside = (compare("le", ZERO, place), compare("le", place, add(size, MINUS_ONE)))
    sides = (cases(((conjunction(*inside), delta(place, k)),), ZERO), delta(place, k))
    found = where_not_zero(*(Tensor((n, n), (i, k), side) for side in sides))
    assert (found is not None) is same


def test_a_delta_says_which_indices_are_the_same() -> None:
    sides = (mul(delta(i, k), Index(x, (k,))), cases(((compare("eq", i, k), ENTRY),), ZERO))
    found = where_not_zero(*(Tensor((n, n), (i, k), side) for side in sides))
    assert found is not None
    assert found[0].value == found[1].value


@pytest.mark.parametrize(
    ("facts", "sure"), [((compare("lt", i, n), compare("le", ZERO, i)), True), ((), False)]
)
def test_a_window_holds_its_middle(facts: tuple[Expr, ...], sure: bool) -> None:
    place = add(i, a, MINUS_ONE)
    inside = cases(((compare("le", ZERO, place), cases(((compare("lt", place, n), ONE),), ZERO)),), ZERO)
    total = Binder("sum", inside, a, ZERO, Number(2))
    assert counts_something(compare("ne", total, ZERO), facts) is sure
