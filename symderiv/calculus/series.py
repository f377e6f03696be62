"""Sums of powers of a small step h > 0, with rational exponents and exact coefficients.

    |h|³ √(4 + h) = 2 h³ + h⁴/4 + O(h⁵)

So is written what a function does on one side of a point. What can't be told exactly, as the sign of what
vanishes up to the order that is known, raises `Unclear`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from flint import arb

from symderiv.calculus.derivative import derivative
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import add, divide, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Expr, Index, Number, Variable, walk

ORDER = Fraction(4)
"""Terms beyond are not kept."""


class Unclear(Exception):
    """Nothing is known here."""


@dataclass(frozen=True, slots=True)
class Series:
    """``Σ terms[q] h^q + O(h^known)``, no coefficient zero; exact where ``known`` is None."""

    terms: Mapping[Fraction, Expr]
    known: Fraction | None = None

    @property
    def lowest(self) -> Fraction | None:
        """The exponent of the leading term, or of what isn't known; None for an exact zero."""
        return min(self.terms, default=self.known)

    @property
    def sign(self) -> int:
        """The sign for all small h > 0."""
        if self.terms:
            return sign_of(self.terms[min(self.terms)])
        if self.known is None:
            return 0
        raise Unclear

    def coefficient(self, exponent: Fraction) -> Expr:
        if self.known is not None and exponent >= self.known:
            raise Unclear
        return self.terms.get(exponent, ZERO)


def constant(value: Expr) -> Series:
    return _series([(Fraction(0), value)], None)


def step(side: int) -> Series:
    """h, -h, or nothing at all."""
    return _series([(Fraction(1), Number(side))], None)


def plus(*parts: Series) -> Series:
    """The sum.

    >>> plus(step(1), step(-1)).lowest is None
    True
    """
    pairs = [pair for part in parts for pair in part.terms.items()]
    return _series(pairs, min((p.known for p in parts if p.known is not None), default=None))


def times(a: Series, b: Series) -> Series:
    pairs = [(p + q, mul(c, d)) for p, c in a.terms.items() for q, d in b.terms.items()]
    if a.lowest is None or b.lowest is None:
        return Series({})
    ends = [p.known + q.lowest for p, q in ((a, b), (b, a)) if p.known is not None and q.lowest is not None]
    return _series(pairs, min(ends, default=None))


def to_the(base: Series, exponent: Fraction) -> Series:
    """``base^q``: of ``c h^e (1 + w)`` it is ``c^q h^(eq) (1 + w)^q``.

    >>> root = to_the(times(step(1), step(1)), Fraction(1, 2))
    >>> root.terms == step(1).terms
    True
    """
    if exponent.denominator == 1 and 0 <= exponent <= 4:
        found = constant(ONE)
        for _ in range(int(exponent)):
            found = times(found, base)
        return found
    if not base.terms:
        if base.known is None and exponent > 0:
            return Series({})
        raise Unclear
    lowest = min(base.terms)
    leading = base.terms[lowest]
    if exponent.denominator != 1 and sign_of(leading) < 0:
        raise Unclear  # no value on this side
    unit = times(base, Series({-lowest: power(leading, MINUS_ONE)}))
    factor = Series({lowest * exponent: power(leading, Number(exponent))})
    u = Variable("_u")
    return times(factor, applied(power(u, Number(exponent)), u, unit))


def applied(value: Expr, u: Variable, inner: Series) -> Series:
    """``f(inner)`` for the smooth f(u) that ``value`` is, by Taylor's formula."""
    if inner.lowest is not None and inner.lowest < 0:
        raise Unclear
    start = inner.coefficient(Fraction(0))
    moved = plus(inner, constant(mul(MINUS_ONE, start)))
    found, powers, slope = [constant(_at(value, u, start))], constant(ONE), value
    scale: Expr = ONE
    if moved.lowest is None:
        return found[0]
    for k in range(1, int(ORDER / moved.lowest) + 1):
        slope, scale, powers = derivative(slope, u), divide(scale, Number(k)), times(powers, moved)
        found.append(times(constant(mul(scale, _at(slope, u, start))), powers))
    return _up_to(plus(*found), moved.lowest * (int(ORDER / moved.lowest) + 1))


def vanishes(value: Expr) -> bool:
    """Whether it is 0; with letters in it, whether it is 0 for all of them, or else for almost none.

    What has letters must be analytic: nothing that is not 0 at one point is 0 on an open set.
    """
    letters = dict.fromkeys(e for e in walk(value) if _is_letter(e))
    if not letters:
        return sign_of(value) == 0
    point: dict[Expr, Fraction] = {letter: Fraction(2 * k + 3, 7) for k, letter in enumerate(letters)}
    found = evaluate(value, point)
    if is_a_number(found) and (found > 0 or found < 0):
        return False
    if is_zero(value):
        return True
    raise Unclear


def _is_letter(e: Expr) -> bool:
    return isinstance(e, Index) or (isinstance(e, Variable) and not e.kind.shape)


def sign_of(value: Expr) -> int:
    """The sign of an exact number."""
    if isinstance(value, Number):
        return (value.value > 0) - (value.value < 0)
    found = evaluate(value, {})
    if is_a_number(found):
        if found > 0 or found < 0:
            return 1 if found > 0 else -1
        if found == 0 or is_zero(value):
            return 0
    raise Unclear


def is_a_number(found: object) -> TypeGuard[Fraction | arb]:
    return isinstance(found, (Fraction, int, arb)) and not isinstance(found, bool)


def _at(value: Expr, u: Variable, start: Expr) -> Expr:
    """The value at a number; `Unclear` where there is none, as at a vertical tangent."""
    found = instantiate(value, {u: start})
    vanishes(found)
    return found


def _series(pairs: Iterable[tuple[Fraction, Expr]], known: Fraction | None) -> Series:
    met: dict[Fraction, list[Expr]] = {}
    for exponent, value in pairs:
        if known is None or exponent < known:
            met.setdefault(exponent, []).append(value)
    sums = {exponent: add(*values) for exponent, values in met.items()}
    found = Series({exponent: value for exponent, value in sums.items() if not vanishes(value)}, known)
    return _up_to(found, ORDER + 1) if any(exponent > ORDER for exponent in found.terms) else found


def _up_to(series: Series, end: Fraction) -> Series:
    """The series with nothing said of what is of the order ``end``."""
    known = end if series.known is None else min(end, series.known)
    return Series({q: c for q, c in series.terms.items() if q < known}, known)
