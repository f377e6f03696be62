"""Signs that polynomials have by themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs
from symderiv.equality.normal_forms.generators import Field, Plan
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.table import RULES
from symderiv.expression.build import add, mul, number, power
from symderiv.expression.kinds import NONNEGATIVE, POSITIVE, Domain, Kind
from symderiv.expression.tree import Expr, Number, Variable

X, Y = Variable("x"), Variable("y")
P = Variable("p", Kind(domain=POSITIVE))
Q = Variable("q", Kind(domain=NONNEGATIVE))
U = Variable("u", Kind(domain=Domain(lower=Fraction(0), lower_open=True, upper=Fraction(1), upper_open=True)))
V = Variable(
    "v", Kind(domain=Domain(lower=Fraction(-1), lower_open=True, upper=Fraction(1), upper_open=True))
)
W = Variable("w", Kind(domain=Domain(lower=Fraction(0), upper=Fraction(1))))
ONE = number(1)


def squared(e: Expr) -> Expr:
    return power(e, number(2))


def minus(a: Expr, b: Expr) -> Expr:
    return add(a, mul(number(-1), b))


def sign_of(expr: Expr) -> Sign | None:
    field = Field(Plan())
    signs = Signs(field, {})
    return signs.of(field.intern(NormalForm(field, signs, RULES).convert(expr).num))


@pytest.mark.parametrize(
    ("expr", "sign"),
    [
        (add(squared(X), ONE), (1, True)),
        (squared(X), (1, False)),
        (mul(number(-1), squared(X)), (-1, False)),
        (add(P, Q), (1, True)),
        (Q, (1, False)),
        (minus(ONE, U), (1, True)),
        (mul(U, minus(ONE, U)), (1, True)),
        (minus(ONE, mul(U, V)), (1, True)),
        (minus(ONE, mul(U, W)), (1, False)),
        (minus(mul(U, U, V), ONE), (-1, True)),
        (minus(U, V), None),
        (minus(ONE, mul(X, V)), None),
        (minus(add(P, mul(Q, U)), mul(P, U)), (1, True)),
        (minus(add(ONE, ONE), mul(squared(X), V)), None),
        (add(squared(X), X, ONE), (1, True)),
        (add(squared(X), mul(X, Y), squared(Y)), (1, False)),
        (add(squared(minus(X, Y)), P), (1, True)),
        (add(squared(X), mul(number(3), X, Y), squared(Y)), None),
        (minus(squared(X), ONE), None),
        (X, None),
        (add(power(X, number(4)), mul(number(-1), X), ONE), (1, True)),
        (minus(power(X, number(3)), number(2)), None),
        (minus(Number(Fraction(1, 1000)), squared(X)), None),
    ],
)
def test_sign(expr: Expr, sign: Sign | None) -> None:
    assert sign_of(expr) == sign
