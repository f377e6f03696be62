"""Signs of ``m x + c`` by the bounds of x, against numbers between these."""

from fractions import Fraction
from itertools import product

import pytest

from symderiv.equality.conditions.condition import knowledge
from symderiv.expression.build import add, mul
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.tree import Index, Number, Variable

ENDS = (None, Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1))
DOMAINS = [
    Domain(lower=low, lower_open=low_open, upper=high, upper_open=high_open)
    for low, high, low_open, high_open in product(ENDS, ENDS, (False, True), (False, True))
    if (low is None or high is None or low < high) and not (low is None and high is None)
]
NUMBERS = [Fraction(k, 8) for k in range(-32, 33)]


@pytest.mark.parametrize("domain", DOMAINS, ids=str)
def test_every_sign_that_occurs_is_told_and_no_other(domain: Domain) -> None:
    x = Index(Variable("x", Kind(shape=(Number(3),), domain=domain)), (Number(0),))
    inside = [number for number in NUMBERS if domain.contains(number)]
    for m, c in product((-2, -1, 1, 3), (Fraction(-1), Fraction(1, 2), Fraction(1), Fraction(3))):
        found = knowledge(()).quick_signs(add(mul(Number(m), x), Number(c)))
        occurring = {(m * number + c > 0) - (m * number + c < 0) for number in inside}
        assert occurring <= found, (m, c)
        assert found == occurring or found == {-1, 0, 1}, (m, c)


def test_beyond_its_bounds_an_entry_may_be_nought() -> None:
    kind = Kind(shape=(Number(3),), domain=Domain(lower=Fraction(2)), zero_outside=True)
    x = Index(Variable("x", kind), (Variable("i"),))
    assert -1 in knowledge(()).quick_signs(add(x, Number(-1)))
