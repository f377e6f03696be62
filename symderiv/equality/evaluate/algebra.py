"""Sums, products and powers of exact values and balls; exact as long as they can be."""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb, fmpq, fmpz

from symderiv.equality.evaluate.values import ONE, ZERO, NotDecided, NoValue, Value, certainly

MAX_EXACT_BITS = 4096
MAX_ROOT = 64


def total(values: Iterable[Value]) -> Value:
    """The sum, rationals added up exactly before any ball."""
    rational = ZERO
    rest: arb | None = None
    for value in values:
        if isinstance(value, fmpq):
            rational += value
        else:
            rest = value if rest is None else rest + value
    if rest is None:
        return rational
    return rest + rational if rational else rest


def product(values: Iterable[Value]) -> Value:
    """The product, factor by factor."""
    result: Value = ONE
    for value in values:
        result = times(result, value)
    return result


def times(a: Value, b: Value) -> Value:
    """The product; an exact zero times a finite ball is an exact zero."""
    if isinstance(a, fmpq):
        return _scale(a, b)
    return _scale(b, a) if isinstance(b, fmpq) else a * b


def _scale(factor: fmpq, value: Value) -> Value:
    if isinstance(value, fmpq):
        return factor * value
    if factor == 0:
        if not value.is_finite():
            raise NotDecided("zero times infinity", sharper=False)
        return ZERO
    return value * factor


def power(base: Value, exponent: Value) -> Value:
    """``base^exponent`` over the reals: a base below zero takes integer exponents only."""
    if isinstance(exponent, fmpq):
        if exponent.q == 1:
            return _integer_power(base, int(exponent.p))
        return _rational_power(base, exponent)
    return _real_power(base, exponent)


def power_of_power(base: Value, inner: Value, outer: Value) -> Value:
    """``(base^inner)^outer``; of a positive rational ``base^(inner·outer)``, so that √10² is 10."""
    rational = isinstance(base, fmpq) and isinstance(inner, fmpq) and isinstance(outer, fmpq)
    if rational and base > 0:
        return power(base, inner * outer)
    return power(power(base, inner), outer)


def _integer_power(base: Value, n: int) -> Value:
    if isinstance(base, fmpq):
        if base == 0 and n < 0:
            raise NoValue
        if base.height_bits() * abs(n) <= MAX_EXACT_BITS or base in (0, 1, -1):
            return base ** (n if base not in (0, 1, -1) else _small_exponent(n))
        base = arb(base)
    if n < 0 and base.contains(0):
        raise NotDecided("a ball around zero below a fraction bar")
    return base**n if n < 0 or not base.contains(0) else _by_squaring(base, n)


def _by_squaring(base: arb, n: int) -> arb:
    """``base^n`` by multiplication: flint's own power of a ball around zero is no number."""
    result, square = arb(1), abs(base) if n % 2 == 0 else base
    while n:
        if n % 2:
            result *= square
        square, n = square * square, n // 2
    return result


def _small_exponent(n: int) -> int:
    """An exponent with the same power of 0, 1 and -1."""
    return n if abs(n) < 3 else (2 - n % 2 if n > 0 else n % 2 - 2)


def _rational_power(base: Value, exponent: fmpq) -> Value:
    p, q = int(exponent.p), int(exponent.q)
    if isinstance(base, fmpq):
        if base == 0:
            if p < 0:
                raise NoValue
            return ZERO
        if base < 0:
            raise NoValue
        root = _exact_root(base, q)
        if root is not None:
            return _integer_power(root, p)
        base = arb(base)
    certainly(base > 0, base < 0)
    if q > MAX_ROOT:
        return (base.log() * arb(exponent)).exp()
    root = base.sqrt() if q == 2 else base.root(q)
    return _integer_power(root, p)


def _exact_root(base: fmpq, q: int) -> fmpq | None:
    """The rational whose q-th power is ``base``, if there is one."""
    if base == 1:
        return ONE
    if q > MAX_ROOT or base.height_bits() > MAX_EXACT_BITS:
        return None
    top, bottom = _integer_root(base.p, q), _integer_root(base.q, q)
    return None if top is None or bottom is None else fmpq(top, bottom)


def _integer_root(n: fmpz, q: int) -> fmpz | None:
    root = n.root(q)
    return root if root**q == n else None


def _real_power(base: Value, exponent: arb) -> Value:
    if isinstance(base, fmpq):
        if base == 0:
            certainly(exponent > 0, exponent < 0)
            return ZERO
        if base == 1:
            if not exponent.is_finite():
                raise NoValue  # (1 + 1/n)^n doesn't tend to what 1^n tends to
            return ONE
    below = base < 0
    if below and exponent.contains_integer():
        raise NotDecided("a base below zero, and an exponent that may be an integer")
    base = arb(base)
    certainly(base > 0, below)
    return (exponent * base.log()).exp()
