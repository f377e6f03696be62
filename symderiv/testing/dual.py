"""Dual numbers: a value together with its derivatives by every input entry, carried along exactly.

    (a + a' ε) (b + b' ε) = a b + (a' b + a b') ε,        f(a + a' ε) = f(a) + f'(a) a' ε

Values are rationals as long as they can be, and balls of certain enclosure (arb) after a transcendental
function. This knows nothing of how the calculus differentiates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from symderiv.errors import SymderivError

Real = Any
"""An ``fmpq`` while the value is rational, an ``arb`` afterwards (flint says no types to mypy)."""
Key = tuple[str, tuple[int, ...]]


class NoDual(SymderivError):
    """A point at which a value does not exist, or where it has a kink: take another one."""

    code = "no-dual"


@dataclass(frozen=True)
class Dual:
    """``value + Σ_k tangent[k] ε_k``, one ε an input entry; absent tangents are zero."""

    value: Real
    tangent: dict[Key, Real] = field(default_factory=dict)

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, _joined(self.tangent, other.tangent))

    def __mul__(self, other: Dual) -> Dual:
        left = {k: t * other.value for k, t in self.tangent.items()}
        right = {k: t * self.value for k, t in other.tangent.items()}
        return Dual(self.value * other.value, _joined(left, right))

    def chain(self, value: Real, slope: Real) -> Dual:
        """f of this, given f(value) and f'(value)."""
        return Dual(value, {k: slope * t for k, t in self.tangent.items()})

    @property
    def moves(self) -> bool:
        return any(t != 0 for t in self.tangent.values())


def rational(number: int | Fraction) -> fmpq:
    """
    >>> rational(Fraction(1, 3))
    1/3
    """
    fraction = Fraction(number)
    return fmpq(fraction.numerator, fraction.denominator)


def _joined(a: dict[Key, Real], b: dict[Key, Real]) -> dict[Key, Real]:
    if not b:
        return a
    joined = dict(a)
    for k, t in b.items():
        joined[k] = joined[k] + t if k in joined else t
    return joined


def sign(a: Real) -> int:
    """-1, 0 or 1; refused where a ball can't tell."""
    if isinstance(a, fmpq):
        return int(a > 0) - int(a < 0)
    if a > 0:
        return 1
    if a < 0:
        return -1
    if a.is_exact() and a == 0:
        return 0
    raise NoDual("the sign of a value is not decided")


def ball(a: Real) -> arb:
    return arb(a) if isinstance(a, fmpq) else a


def power(base: Dual, exponent: Dual) -> Dual:
    """u^n exactly for whole n; u^v = exp(v log u) for u > 0."""
    n = exponent.value
    if not exponent.moves and isinstance(n, fmpq) and n.denominator == 1:
        return _whole_power(base, int(n))
    if sign(base.value) <= 0:
        if sign(base.value) == 0 and not base.moves and sign(n) > 0:
            return Dual(fmpq(0))
        raise NoDual("a fractional power of a number that is not positive")
    root = _exact_root(base, exponent)
    return root if root is not None else exp(exponent * log(base))


def _whole_power(base: Dual, n: int) -> Dual:
    if n == 0:
        return Dual(fmpq(1))
    if n < 0 and sign(base.value) == 0:
        raise NoDual("division by zero")
    return base.chain(base.value**n, n * base.value ** (n - 1))


def _exact_root(base: Dual, exponent: Dual) -> Dual | None:
    """√ of a square stays rational."""
    if exponent.moves or exponent.value != fmpq(1, 2) or not isinstance(base.value, fmpq):
        return None
    p, q = base.value.numerator.isqrt(), base.value.denominator.isqrt()
    if p * p != base.value.numerator or q * q != base.value.denominator:
        return None
    root = fmpq(p, q)
    return base.chain(root, 1 / (2 * root))


def exp(a: Dual) -> Dual:
    if not a.moves and a.value == 0:
        return Dual(fmpq(1))
    value = ball(a.value).exp()
    return a.chain(value, value)


def log(a: Dual) -> Dual:
    if sign(a.value) <= 0:
        raise NoDual("the logarithm of a number that is not positive")
    return a.chain(ball(a.value).log() if a.value != 1 else fmpq(0), 1 / a.value)


def _function(name: str, slope: Callable[[arb], arb]) -> Callable[[Dual], Dual]:
    def apply(a: Dual) -> Dual:
        x = ball(a.value)
        value = getattr(x, name)()
        if not value.is_finite():
            raise NoDual(f"{name} does not exist here")
        return a.chain(value, slope(x))

    return apply


def _sqrt_inverse(a: arb) -> arb:
    return 1 / a.sqrt()


def absolute(a: Dual) -> Dual:
    s = sign(a.value)
    if s == 0 and a.moves:
        raise NoDual("|u| has a kink at 0")
    return Dual(s * a.value, {k: s * t for k, t in a.tangent.items()})


def step(a: Dual, values: tuple[fmpq, fmpq, fmpq]) -> Dual:
    """One of three values, for a < 0, a = 0, a > 0; a jump where a moves across 0."""
    s = sign(a.value)
    if s == 0 and a.moves:
        raise NoDual("a jump at 0")
    return Dual(values[s + 1])


def floor(a: Dual) -> Dual:
    if not isinstance(a.value, fmpq):
        raise NoDual("the floor of a value that is not rational")
    whole = a.value.numerator // a.value.denominator
    if a.moves and a.value == whole:
        raise NoDual("⌊u⌋ jumps at whole numbers")
    return Dual(fmpq(whole))


def largest(items: list[Dual], direction: int = 1) -> Dual:
    """max, or min with direction -1; refused where two different ones tie."""
    if not items:
        raise NoDual("the maximum of nothing")
    best = items[0]
    for item in items[1:]:
        order = direction * sign(item.value - best.value)
        if order == 0 and item.tangent != best.tangent:
            raise NoDual("a tie")
        if order > 0:
            best = item
    return best


FUNCTIONS: dict[str, Callable[[Dual], Dual]] = {
    "exp": exp,
    "log": log,
    "sin": _function("sin", lambda x: x.cos()),
    "cos": _function("cos", lambda x: -x.sin()),
    "tan": _function("tan", lambda x: 1 / x.cos() ** 2),
    "asin": _function("asin", lambda x: _sqrt_inverse(1 - x**2)),
    "acos": _function("acos", lambda x: -_sqrt_inverse(1 - x**2)),
    "atan": _function("atan", lambda x: 1 / (1 + x**2)),
    "sinh": _function("sinh", lambda x: x.cosh()),
    "cosh": _function("cosh", lambda x: x.sinh()),
    "tanh": _function("tanh", lambda x: 1 / x.cosh() ** 2),
    "asinh": _function("asinh", lambda x: _sqrt_inverse(x**2 + 1)),
    "acosh": _function("acosh", lambda x: _sqrt_inverse(x**2 - 1)),
    "atanh": _function("atanh", lambda x: 1 / (1 - x**2)),
    "erf": _function("erf", lambda x: 2 * (-(x**2)).exp() / arb.pi().sqrt()),
    "gamma": _function("gamma", lambda x: x.gamma() * x.digamma()),
    "abs": absolute,
    "floor": floor,
    "sign": lambda a: step(a, (fmpq(-1), fmpq(0), fmpq(1))),
    "heaviside": lambda a: step(a, (fmpq(0), fmpq(1, 2), fmpq(1))),
}
