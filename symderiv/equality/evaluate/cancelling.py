"""Sums and differences that are one number wherever the names move: a ball less itself is no ball but 0.

``x[j] < x[i]`` of j = 1 = i compares an entry with itself, also where that is no single number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb, fmpq

from symderiv.equality.evaluate.algebra import total
from symderiv.equality.evaluate.values import ZERO, Value, ball, is_finite
from symderiv.equality.rationals import exact, fraction
from symderiv.expression.build import negative
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.tree import Expr, Number, Variable

Bound = Mapping[Variable, Value]


def total_of(terms: tuple[Expr, ...], value: Callable[[Expr], Value], bound: Bound) -> Value:
    """The sum of the terms' values, or the number that is left where the rest cancels."""
    values = [value(term) for term in terms]
    found = total(values)
    if isinstance(found, fmpq) or not _may_be_same(found, ZERO) or not all(map(is_finite, values)):
        return found
    rest = left_over(terms, bound)
    return found if rest is None else rest


def both(sides: tuple[Expr, ...], value: Callable[[Expr], Value], bound: Bound) -> tuple[Value, Value]:
    """The values of two expressions; or 0 and by how much the second is greater, if that is one number."""
    low, high = sides
    values = value(low), value(high)
    if not _may_be_same(*values) or not (low == high or all(map(is_finite, values))):
        return values
    gap = left_over((negative(low), high), bound)
    return values if gap is None else (ZERO, gap)


def _may_be_same(a: Value, b: Value) -> bool:
    """Are they balls that overlap, or one that overlaps a number?"""
    return (isinstance(a, arb) or isinstance(b, arb)) and bool(ball(a).overlaps(ball(b)))


def left_over(terms: tuple[Expr, ...], bound: Bound) -> fmpq | None:
    """The number that is left of a sum, its bound names being these numbers; ``None``: something moves.

    That every term has a value is for the caller to see.

    >>> from symderiv.expression.build import negative
    >>> from symderiv.expression.tree import Index
    >>> x, j = Variable("x"), Variable("j")
    >>> entry = Index(x, (j,)), Number(2), negative(Index(x, (Number(1),)))
    >>> left_over(entry, {j: fmpq(1)}), left_over(entry, {j: fmpq(0)})
    (2, None)
    """
    places: dict[Variable, Expr] = {
        name: Number(fraction(value)) for name, value in bound.items() if isinstance(value, fmpq)
    }
    sums = Counter[tuple[Expr, ...]]()
    for term in terms:
        for part in terms_of(instantiate(term, places) if places else term):
            factors = factors_of(part)
            number = next((factor.value for factor in factors if isinstance(factor, Number)), 1)
            sums[tuple(factor for factor in factors if not isinstance(factor, Number))] += number  # type: ignore[assignment]
    moving = any(count for factors, count in sums.items() if factors)
    return None if moving else exact(Fraction(sums[()]))
