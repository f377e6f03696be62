"""Between which numbers an atom lies: declared, by its nature (exp > 0, |tanh| < 1), or by a relation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.conditions.polynomial import UNIT, Comparison, Polynomial, atom, constant, minus
from symderiv.equality.conditions.signs import SignOf
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Apply, Expr, Index, Variable


@dataclass(slots=True)
class Bounds:
    """An interval, its ends open or not; ``integer`` keeps the integers in it."""

    lower: Fraction | None = None
    lower_open: bool = False
    upper: Fraction | None = None
    upper_open: bool = False
    integer: bool = False

    @property
    def is_empty(self) -> bool:
        if self.lower is None or self.upper is None:
            return False
        return self.lower > self.upper or (self.lower == self.upper and (self.lower_open or self.upper_open))

    @property
    def value(self) -> Fraction | None:
        """The only number in it."""
        return self.lower if self.lower is not None and self.lower == self.upper else None

    @property
    def excludes_zero(self) -> bool:
        return (self.lower is not None and (self.lower > 0 or (self.lower == 0 and self.lower_open))) or (
            self.upper is not None and (self.upper < 0 or (self.upper == 0 and self.upper_open))
        )

    def rows(self, base: Expr) -> Iterator[tuple[Polynomial, bool]]:
        """The bounds as polynomials that are ≥ 0 (> 0 where open)."""
        if self.lower is not None:
            yield minus(atom(base), constant(self.lower)), self.lower_open
        if self.upper is not None:
            yield minus(constant(self.upper), atom(base)), self.upper_open

    def raise_lower(self, value: Fraction, is_open: bool) -> bool:
        if self.integer:
            value = Fraction(value.numerator // value.denominator + 1 if is_open else -(-value // 1))
            is_open = False
        if self.lower is None or value > self.lower or (value == self.lower and is_open > self.lower_open):
            self.lower, self.lower_open = value, is_open
            return True
        return False

    def drop_upper(self, value: Fraction, is_open: bool) -> bool:
        if self.integer:
            value = Fraction(-(-value // 1) - 1 if is_open else value // 1)
            is_open = False
        if self.upper is None or value < self.upper or (value == self.upper and is_open > self.upper_open):
            self.upper, self.upper_open = value, is_open
            return True
        return False


_RANGES: dict[str, tuple[int | None, int | None, bool]] = {
    "tanh": (-1, 1, True),
    "erf": (-1, 1, True),
    "sin": (-1, 1, False),
    "cos": (-1, 1, False),
    "sign": (-1, 1, False),
    "heaviside": (0, 1, False),
    "delta": (0, 1, False),
    "cosh": (1, None, False),
    "acosh": (0, None, False),
    "exp": (0, None, True),
    "abs": (0, None, False),
}


def natural_bounds(base: Expr, sign_of: SignOf) -> Bounds:
    """What is known of an atom by its declaration, its nature, and its sign."""
    bounds = Bounds(integer=is_integer_valued(base))
    name = base.base if isinstance(base, Index) else base
    if isinstance(name, Variable):
        _by_domain(bounds, name.kind.domain, name.kind.zero_outside)
    if isinstance(base, Apply) and base.head in _RANGES:
        low, high, is_open = _RANGES[base.head]
        if low is not None:
            bounds.raise_lower(Fraction(low), is_open)
        if high is not None:
            bounds.drop_upper(Fraction(high), is_open)
    signs = sign_of(base)
    if -1 not in signs:
        bounds.raise_lower(Fraction(0), 0 not in signs)
    if 1 not in signs:
        bounds.drop_upper(Fraction(0), 0 not in signs)
    return bounds


def _by_domain(bounds: Bounds, domain: Domain, zero_outside: bool) -> None:
    low, high = domain.lower, domain.upper
    if low is not None:
        bounds.raise_lower(
            min(low, Fraction(0)) if zero_outside else low, domain.lower_open and not zero_outside
        )
    if high is not None:
        bounds.drop_upper(
            max(high, Fraction(0)) if zero_outside else high, domain.upper_open and not zero_outside
        )


def narrowed(bounds: dict[Expr, Bounds], poly: Polynomial, kind: Comparison) -> bool:
    """Bounds made tighter by a relation ``c·a + d ≥ 0`` in one atom; whether any was."""
    free = [(m, c) for m, c in poly.items() if m != UNIT]
    if len(free) != 1 or len(free[0][0]) != 1:
        return False
    ((monomial, c),) = free
    ((base, exponent),) = monomial
    if exponent != 1:
        return False
    known = bounds.setdefault(base, Bounds(integer=is_integer_valued(base)))
    end = -poly.get(UNIT, Fraction(0)) / c
    changed = False
    if kind == "eq" or c > 0:
        changed |= known.raise_lower(end, kind == "gt")
    if kind == "eq" or c < 0:
        changed |= known.drop_upper(end, kind == "gt")
    return changed
