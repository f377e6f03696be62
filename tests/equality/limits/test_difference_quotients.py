"""Difference quotients by the derivative: what isn't smooth, or has no zero above, is declined."""

from __future__ import annotations

import pytest

from symderiv.equality.limits.difference_quotients import limit_of_quotient
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import ZERO, Variable
from tests.equality.procedures.alone import scope, value

N = Variable("n", SIZE)
H = Variable("h")
NAMES = scope(n=SIZE, h=Kind(), x=Kind(shape=(N,)), v=Kind(shape=(N,)))


@pytest.mark.parametrize(
    "quotient",
    [
        "sum(x[i] + h*v[i], i)/h",  # no zero above
        "(sum(abs(x[i] + h*v[i]), i) - sum(abs(x[i]), i))/h",
        "(sqrt(sum((x[i] + h*v[i])^2, i)) - sqrt(sum(x[i]^2, i)))/h",  # x may be 0
        "(sum(log(x[i] + h*v[i]), i) - sum(log(x[i]), i))/h",
        "(sum((x[i] + h*v[i])^2, i) - sum(x[i]^2, i))/h^2",
        "(sum((x[i] + h*v[i])^2, i) - sum(x[i]^2, i))/sum(h*v[i], i)",  # below may be 0 throughout
    ],
)
def test_declined(quotient: str) -> None:
    assert limit_of_quotient(value(quotient, NAMES), H, ZERO) is None
