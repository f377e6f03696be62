"""A real number that is one of several integers is an integer, and no other name is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.derivation.choices import whole_choices
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.tree import Apply, Expr, Number, Variable

Y, Z, N = Variable("y"), Variable("z"), Variable("n", Kind(domain=Domain(integer=True)))
BELOW_ONE = Variable("y", Kind(domain=Domain(upper=Fraction(1), upper_open=True)))
AROUND_ZERO = Variable(
    "y", Kind(domain=Domain(lower=Fraction(-1), upper=Fraction(1), lower_open=True, upper_open=True))
)
FROM_MINUS_ONE = Variable("y", Kind(domain=Domain(lower=Fraction(-1))))


def equal(left: Expr, right: Expr) -> Expr:
    return Apply("eq", (left, right))


def either(*parts: Expr) -> Expr:
    return Apply("or", parts)


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (either(equal(Y, Number(0)), equal(Y, Number(1))), ["y"]),
        (either(equal(Number(0), Y), equal(Y, Number(1)), equal(Y, Number(5))), ["y"]),
        (either(equal(Y, Number(0)), equal(Y, Number(Fraction(1, 2)))), []),
        (either(equal(Y, Number(0)), equal(Z, Number(1))), []),
        (either(equal(Y, Number(0)), Apply("lt", (Y, Number(1)))), []),
        (either(equal(Y, Number(0)), equal(Y, Z)), []),
        (Apply("and", (equal(Y, Number(0)), equal(Y, Number(1)))), []),
        (equal(Y, Number(0)), []),
        (either(equal(N, Number(0)), equal(N, Number(1))), []),
    ],
)
def test_which_names_are_integers(fact: Expr, found: list[str]) -> None:
    names = {"y": Y, "z": Z, "n": N}
    assert [name.name for name in whole_choices((fact,), names)] == found


def test_a_domain_may_leave_one_choice_or_several() -> None:
    fact = either(equal(Y, Number(0)), equal(Y, Number(1)), equal(Y, Number(-2)))
    assert [v.kind.domain.integer for v in whole_choices((fact,), {"y": BELOW_ONE})] == [True]
    assert not list(whole_choices((fact,), {"y": AROUND_ZERO}))
    (found,) = whole_choices((fact,), {"y": FROM_MINUS_ONE})
    assert found.kind.domain.integer
    assert found.kind.domain.lower == -1


def test_what_has_a_value_or_a_shape_stays_what_it_is() -> None:
    fact = either(equal(Y, Number(0)), equal(Y, Number(1)))
    shaped = Variable("y", Kind(shape=(Number(2),)))
    assert not list(whole_choices((fact,), {"y": shaped}))
    assert not list(whole_choices((fact,), {"y": Variable("y", value=Number(1))}))
    assert not list(whole_choices((fact,), {"y": Variable("y", definition=Z)}))
