"""Partial fractions sum to what they came from, and the sum of two functions has the sum of their terms."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.equality.normal_forms.generators import Field, Monomial, Plan, Poly, terms
from symderiv.equality.normal_forms.partial_fractions import partial_fractions
from symderiv.equality.normal_forms.rational import Arithmetic, Element
from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Variable

FIELD = Field(Plan())
X, Y, Z = (FIELD.unknown(FIELD.generator("atom", name, Variable(name))) for name in "xyz")
A = Arithmetic(FIELD)
BELOW = (X, Y, X + 1, X + 2, 1 + Y**2, X + Y, X * Y + 1, X**2 + Y, X + Z, Z, X**2 + 1, X * Z + Y)
Said = tuple[Poly, list[tuple[Poly, int]]]
Written = dict[tuple[Monomial, str], Fraction]

numerators = st.lists(
    st.tuples(st.integers(-3, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    min_size=1,
    max_size=3,
).map(lambda rows: sum((c * X**i * Y**j * Z**k for c, i, j, k in rows), FIELD.zero))
denominators = st.lists(st.tuples(st.sampled_from(BELOW), st.integers(1, 2)), max_size=3)
functions = st.tuples(numerators, denominators)


def element(said: Said) -> Element:
    num, below = said
    inverses = [A.power(A.inverse(Element(poly)), times) for poly, times in below]
    return A.multiply(Element(num), *inverses)


def written(u: Element) -> Written:
    """The coefficient of each monomial over each denominator."""
    found: Written = {}
    for num, below in partial_fractions(A, u):
        for monomial, coefficient in terms(num):
            assert (monomial, str(below)) not in found
            found[monomial, str(below)] = fraction(coefficient)
    return found


@settings(max_examples=100, deadline=None)
@given(functions)
def test_the_parts_sum_to_the_whole(said: Said) -> None:
    u = element(said)
    total = A.zero
    for num, below in partial_fractions(A, u):
        total = A.reduced_element(A.add(total, A.multiply(Element(num), A.inverse(Element(below)))))
    assert A.as_polynomials(total) == A.as_polynomials(u)


@settings(max_examples=100, deadline=None)
@given(functions, functions)
def test_the_terms_of_a_sum_are_the_sums_of_terms(one: Said, other: Said) -> None:
    expected = written(element(one))
    for key, value in written(element(other)).items():
        expected[key] = expected.get(key, Fraction(0)) + value
    total = written(A.add(element(one), element(other)))
    assert total == {key: value for key, value in expected.items() if value}
