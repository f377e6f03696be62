"""Which monomials bound which: decided exactly, with a direction where one escapes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.expression.tree import Apply, Number, Variable
from symderiv.grading.costs.growth import dominated, growth


def monomial(**powers: int) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted((name, Fraction(power)) for name, power in powers.items() if power))


@pytest.mark.parametrize(
    ("small", "large", "bounded"),
    [
        (monomial(x=1, y=1), [monomial(x=2), monomial(y=2)], True),
        (monomial(x=1, y=1), [monomial(x=2), monomial(z=2)], False),
        (monomial(l=1, m=1), [monomial(l=1, m=1, n=1)], True),
        (monomial(), [monomial(n=1)], True),
        (monomial(n=1), [monomial()], False),
        (monomial(n=2), [monomial(n=1), monomial(n=1, m=5)], False),
        (monomial(a=1, b=1, c=1), [monomial(a=3), monomial(b=3), monomial(c=3)], True),
        (monomial(a=2, b=1), [monomial(a=3), monomial(b=2)], False),
    ],
)
def test_bounded(small, large, bounded) -> None:
    assert (dominated(small, frozenset(large)) is None) == bounded


powers = st.fixed_dictionaries({name: st.integers(0, 4) for name in "xyz"})


@given(powers, st.lists(powers, min_size=1, max_size=4))
def test_a_direction_separates_for_sure(small: dict[str, int], large: list[dict[str, int]]) -> None:
    found = dominated(monomial(**small), frozenset(monomial(**each) for each in large))
    if found is None:
        return
    weight = dict(found)

    def degree(powers: dict[str, int]) -> int:
        return sum(weight.get(name, 0) * power for name, power in powers.items())

    assert all(value > 0 for value in weight.values())
    assert all(degree(small) > degree(each) for each in large)


N, D = Variable("n"), Variable("d")


@pytest.mark.parametrize(
    "cost",
    [
        Apply("O", (N, D)),
        Apply("O", ()),
        Apply("O", (), (("n", D),)),
        Apply("log", ()),
        Apply("sqrt", (N, D)),
    ],
)
def test_what_is_no_cost_is_refused(cost: Apply) -> None:
    with pytest.raises(SymderivError):
        growth(cost)


def test_the_base_of_a_logarithm_is_a_number() -> None:
    assert growth(Apply("log", (N, Number(2)))) == growth(Apply("log", (N,)))
    with pytest.raises(SymderivError):
        growth(Apply("log", (Number(3), N)))
