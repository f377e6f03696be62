"""Truncated expansions as h → 0+: finitely many terms, and a bound on what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from symderiv.equality.conditions.polynomial import Polynomial, constant, plus
from symderiv.equality.limits.coefficients import applied, inverse, times, to_power
from symderiv.equality.limits.scale import ONE, Decline, Growth, Judge
from symderiv.expression.tree import Number

MAX_TERMS = 16


Term = tuple[Growth, Polynomial]


@dataclass(frozen=True, slots=True)
class Series:
    """``Σ c·g + O(error)``, terms from the largest down; no error: the expansion is exact."""

    terms: tuple[tuple[Growth, Polynomial], ...]
    error: Growth | None = None


def number(value: Fraction | int) -> Series:
    return of_coefficient(constant(value))


def of_coefficient(poly: Polynomial) -> Series:
    return Series(((ONE, poly),) if poly else ())


class Arithmetic:
    """Sums, products and powers of expansions, ``order`` terms of each known power series."""

    def __init__(self, judge: Judge, order: int) -> None:
        self.judge = judge
        self.order = order

    def tidy(self, found: dict[Growth, Polynomial], errors: list[Growth]) -> Series:
        """Terms sorted, those that vanish dropped, small ones left to the error."""
        known = [(g, c) for g, c in found.items() if c]
        known.sort(key=cmp_to_key(self._larger_first))
        errors += [g for g, _ in known[MAX_TERMS:]]
        error = self.judge.largest(errors) if errors else None
        kept = [(g, c) for g, c in known[:MAX_TERMS] if error is None or self.judge.size(g.over(error)) > 0]
        return Series(tuple(kept), error)

    def _larger_first(self, a: Term, b: Term) -> int:
        return -self.judge.size(a[0].over(b[0]))

    def add(self, *parts: Series) -> Series:
        found: dict[Growth, Polynomial] = {}
        for part in parts:
            for growth, c in part.terms:
                found[growth] = plus(found.get(growth, {}), c)
        return self.tidy(found, [part.error for part in parts if part.error is not None])

    def multiply(self, a: Series, b: Series) -> Series:
        found: dict[Growth, Polynomial] = {}
        for g, c in a.terms:
            for h, d in b.terms:
                joined = g * h
                found[joined] = plus(found.get(joined, {}), times(c, d))
        errors = [a.error * g for g, _ in b.terms] if a.error is not None else []
        errors += [b.error * g for g, _ in a.terms] if b.error is not None else []
        errors += [a.error * b.error] if a.error is not None and b.error is not None else []
        return self.tidy(found, errors)

    def scale(self, a: Series, factor: Fraction | int) -> Series:
        return self.multiply(a, number(factor))

    def leading(self, a: Series) -> Term | None:
        """The largest term that doesn't vanish; ``None`` for an exact zero."""
        for growth, c in a.terms:
            if not self.judge.vanishes(c):
                return growth, c
        if a.error is not None:
            raise Decline("not enough terms")
        return None

    def sign(self, a: Series) -> int:
        """The sign for all small h > 0; 0 only for an exact zero."""
        lead = self.leading(a)
        return 0 if lead is None else self.judge.sign(lead[1])

    def apart(self, a: Series) -> tuple[Growth, Polynomial, Series]:
        """``a = c g (1 + r)``: growth, coefficient, and r, which vanishes as h → 0."""
        lead = self.leading(a)
        if lead is None:
            raise Decline("a zero below a fraction bar")
        growth, c = lead
        terms = {g: d for g, d in a.terms if g != growth and self.judge.size(g.over(growth)) < 0}
        unit = Series(((growth.to_power(Fraction(-1)), inverse(c)),))
        rest = self.tidy(terms, [] if a.error is None else [a.error])
        return growth, c, self.multiply(rest, unit)

    def compose(self, coefficients: list[Fraction], r: Series) -> Series:
        """``Σ aₙ rⁿ`` of a power series with a positive radius, r → 0."""
        if not r.terms and r.error is None:
            return number(coefficients[0])
        result, power = number(coefficients[0]), number(1)
        for a in coefficients[1:]:
            power = self.multiply(power, r)
            result = self.add(result, self.scale(power, a))
        bound = self.judge.largest([g for g, _ in r.terms[:1]] + ([r.error] if r.error is not None else []))
        rest = bound.to_power(Fraction(len(coefficients)))
        return self.tidy(dict(result.terms), [rest] + ([result.error] if result.error is not None else []))

    def to_power(self, a: Series, q: Fraction) -> Series:
        """``a^q``; a power that is no integer wants a positive leading term."""
        if q.denominator == 1 and 0 <= q <= 12:
            result = number(1)
            for _ in range(int(q)):
                result = self.multiply(result, a)
            return result
        growth, c, rest = self.apart(a)
        if q.denominator != 1 and self.judge.sign(c) < 0:
            raise Decline("a power of something negative")
        series = self.compose(_binomials(q, self.order), rest)
        front = times_power(c, q)
        return self.multiply(Series(((growth.to_power(q), front),)), series)


def times_power(c: Polynomial, q: Fraction) -> Polynomial:
    if q.denominator == 1:
        return to_power(c if q > 0 else inverse(c), abs(int(q)))
    return applied("pow", c, Number(q))


def _binomials(q: Fraction, order: int) -> list[Fraction]:
    found = [Fraction(1)]
    for n in range(1, order):
        found.append(found[-1] * (q - n + 1) / n)
    return found
