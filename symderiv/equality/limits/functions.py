"""Elementary functions of expansions, and switches decided for all small h > 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import factorial

from symderiv.equality.conditions.polynomial import UNIT, Polynomial, constant, plus
from symderiv.equality.limits.coefficients import applied, exponential
from symderiv.equality.limits.scale import ONE, Decline, Growth
from symderiv.equality.limits.series import Arithmetic, Series, number, of_coefficient
from symderiv.expression.tree import PI, Number

_MINUS_HALF = Number(Fraction(-1, 2))


def split(a: Arithmetic, s: Series) -> tuple[list[tuple[Growth, Polynomial]], Polynomial, Series]:
    """What grows, the constant, and what vanishes."""
    large: list[tuple[Growth, Polynomial]] = []
    middle: Polynomial = {}
    small: dict[Growth, Polynomial] = {}
    for growth, c in s.terms:
        size = a.judge.size(growth)
        if size < 0:
            small[growth] = c
        elif size > 0:
            if not a.judge.vanishes(c):
                large.append((growth, c))
        else:
            middle = plus(middle, c)
    if s.error is not None and a.judge.size(s.error) >= 0:
        raise Decline("not enough terms")
    return large, middle, a.tidy(small, [] if s.error is None else [s.error])


def exp(a: Arithmetic, s: Series) -> Series:
    """``exp(large + c + small) = exp(large) exp(c) Σ smallⁿ/n!``, exp(large) a growth of the scale."""
    large, middle, small = split(a, s)
    growth = ONE
    for g, c in large:
        if not g.rate and not g.logs:
            growth *= Growth(rate=frozenset(((g.power, frozenset(c.items())),)))
        elif not g.rate and not g.power and g.logs == 1 and set(c) == {UNIT}:
            growth *= Growth(power=-c[UNIT])
        else:
            raise Decline("an exponential of an exponential")
    series = a.compose([Fraction(1, factorial(n)) for n in range(a.order)], small)
    return a.multiply(Series(((growth, exponential(middle)),)), series)


def log(a: Arithmetic, s: Series) -> Series:
    """log(r c (1 + u)) = log r + log c + u - u²/2 + …, for the leading term r c."""
    growth, c, rest = a.apart(s)
    if a.judge.sign(c) < 0 or growth.logs:
        raise Decline("a logarithm of something negative, or of a logarithm")
    parts = [Series(((Growth(power=k), dict(poly)),)) for k, poly in growth.rate]
    if growth.power:
        parts.append(Series(((Growth(logs=Fraction(1)), constant(-growth.power)),)))
    series = a.compose([Fraction(0), *(Fraction((-1) ** (n + 1), n) for n in range(1, a.order))], rest)
    return a.add(*parts, of_coefficient(_log_of(c)), series)


def _log_of(c: Polynomial) -> Polynomial:
    """``log(e^a …)`` of a single exponential is taken back."""
    if c == constant(1):
        return {}
    return applied("log", c)


def _trigonometric(a: Arithmetic, s: Series, shift: int) -> Series:
    """sin (shift 0) and cos (shift 1): bounded where the argument grows."""
    try:
        large, middle, small = split(a, s)
    except Decline:
        return Series((), ONE)
    if large:
        return Series((), ONE)
    terms = range(a.order)
    sine = a.compose([Fraction((-1) ** (n // 2) * (n % 2), factorial(n)) for n in terms], small)
    cosine = a.compose([Fraction((-1) ** (n // 2) * (1 - n % 2), factorial(n)) for n in terms], small)
    sin_c, cos_c = of_coefficient(applied("sin", middle)), of_coefficient(applied("cos", middle))
    if shift:
        return a.add(a.multiply(cos_c, cosine), a.scale(a.multiply(sin_c, sine), -1))
    return a.add(a.multiply(sin_c, cosine), a.multiply(cos_c, sine))


def sin(a: Arithmetic, s: Series) -> Series:
    """sin(c + u) = sin c cos u + cos c sin u, with the series of u."""
    return _trigonometric(a, s, 0)


def cos(a: Arithmetic, s: Series) -> Series:
    """cos(c + u) = cos c cos u - sin c sin u, with the series of u."""
    return _trigonometric(a, s, 1)


def tan(a: Arithmetic, s: Series) -> Series:
    """sin/cos."""
    return a.multiply(sin(a, s), a.to_power(cos(a, s), Fraction(-1)))


def _by_exponentials(a: Arithmetic, s: Series) -> tuple[Series, Series]:
    return exp(a, s), exp(a, a.scale(s, -1))


def sinh(a: Arithmetic, s: Series) -> Series:
    """(eˢ - e⁻ˢ)/2."""
    up, down = _by_exponentials(a, s)
    return a.scale(a.add(up, a.scale(down, -1)), Fraction(1, 2))


def cosh(a: Arithmetic, s: Series) -> Series:
    """(eˢ + e⁻ˢ)/2."""
    return a.scale(a.add(*_by_exponentials(a, s)), Fraction(1, 2))


def tanh(a: Arithmetic, s: Series) -> Series:
    """sinh/cosh."""
    return a.multiply(sinh(a, s), a.to_power(cosh(a, s), Fraction(-1)))


def asinh(a: Arithmetic, s: Series) -> Series:
    """``log(s + √(s²+1))``, for negative s by oddness."""
    if a.sign(s) < 0:
        return a.scale(asinh(a, a.scale(s, -1)), -1)
    root = a.to_power(a.add(a.multiply(s, s), number(1)), Fraction(1, 2))
    return log(a, a.add(s, root))


def atanh(a: Arithmetic, s: Series) -> Series:
    """½ log((1 + s)/(1 - s))."""
    below = a.add(number(1), a.scale(s, -1))
    ratio = a.multiply(a.add(number(1), s), a.to_power(below, Fraction(-1)))
    return a.scale(log(a, ratio), Fraction(1, 2))


def atan(a: Arithmetic, s: Series) -> Series:
    """``atan u = ±π/2 - atan(1/u)`` of large u; around a number c by the difference formula."""
    large, middle, small = split(a, s)
    if large:
        return a.add(_half_pi(a.judge.sign(large[0][1])), a.scale(atan(a, a.to_power(s, Fraction(-1))), -1))
    series = [Fraction((-1) ** (n // 2) * (n % 2), max(n, 1)) for n in range(a.order)]
    if not middle:
        return a.compose(series, small)
    # atan(c + r) = atan c + atan(r / (1 + c² + c r))
    c = of_coefficient(middle)
    below = a.add(number(1), a.multiply(c, c), a.multiply(c, small))
    return a.add(
        of_coefficient(applied("atan", middle)),
        a.compose(series, a.multiply(small, a.to_power(below, Fraction(-1)))),
    )


def asin(a: Arithmetic, s: Series) -> Series:
    """``atan(s/√(1-s²))``, up to the ends of its domain."""
    below = a.add(number(1), a.scale(a.multiply(s, s), -1))
    return atan(a, a.multiply(s, a.to_power(below, Fraction(-1, 2))))


def acos(a: Arithmetic, s: Series) -> Series:
    """π/2 - asin s."""
    return a.add(_half_pi(1), a.scale(asin(a, s), -1))


def _half_pi(sign: int) -> Series:
    return of_coefficient({frozenset(((PI, 1),)): Fraction(sign, 2)})


def erf(a: Arithmetic, s: Series) -> Series:
    """±1 of large u, its series at 0, a coefficient elsewhere."""
    large, middle, small = split(a, s)
    if large:
        if any(g.rate or g.logs for g, _ in large):
            raise Decline("erf of an exponential")
        # 1 - erf u < exp(-u²) is smaller than any power of h
        return Series(number(a.judge.sign(large[0][1])).terms, Growth(power=Fraction(a.order)))
    if small.terms or small.error is not None:
        if middle:
            raise Decline("erf away from zero")
        return _erf_at_zero(a, small)
    return of_coefficient(applied("erf", middle))


def _erf_at_zero(a: Arithmetic, small: Series) -> Series:
    series = [Fraction(0)] * a.order
    for n in range((a.order - 1) // 2 + 1):
        if 2 * n + 1 < a.order:
            series[2 * n + 1] = Fraction(2 * (-1) ** n, factorial(n) * (2 * n + 1))
    root = applied("pow", {frozenset(((PI, 1),)): Fraction(1)}, _MINUS_HALF)
    return a.multiply(of_coefficient(root), a.compose(series, small))


def absolute(a: Arithmetic, s: Series) -> Series:
    """s or -s, by its proved sign."""
    return s if a.sign(s) >= 0 else a.scale(s, -1)


def floor(a: Arithmetic, s: Series) -> Series:
    """⌊c⌋, one less where c is whole and the rest negative; of what is large, known up to 1."""
    large, middle, small = split(a, s)
    if large:
        return Series(s.terms, ONE)
    if set(middle) - {UNIT}:
        raise Decline("the floor of an expression")
    value = middle.get(UNIT, Fraction(0))
    below = value.denominator == 1 and a.sign(small) < 0
    return number(value.numerator // value.denominator - below)


def greatest(a: Arithmetic, parts: list[Series], direction: int) -> Series:
    """The largest of the parts for ``direction`` 1, the smallest for -1, by proved signs of differences."""
    best = parts[0]
    for part in parts[1:]:
        if a.sign(a.add(part, a.scale(best, -1))) * direction > 0:
            best = part
    return best


FUNCTIONS: Mapping[str, Callable[[Arithmetic, Series], Series]] = {
    "exp": exp,
    "log": log,
    "sin": sin,
    "cos": cos,
    "tan": tan,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "asinh": asinh,
    "atanh": atanh,
    "atan": atan,
    "asin": asin,
    "acos": acos,
    "erf": erf,
    "abs": absolute,
    "floor": floor,
    "sign": lambda a, s: number(a.sign(s)),
    "heaviside": lambda a, s: number(Fraction(1 + a.sign(s), 2)),
}
