"""Numbers in front of products above and below a bar: 2 a / (4 b) is a / (2 b)."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.parts import factors_of
from symderiv.expression.tree import ONE, Apply, Expr, Number


def reduced(above: Expr, below: Expr) -> tuple[Expr, Expr]:
    """2 a / (4 b) as a / (2 b)."""
    (c, rest), (d, base) = _leading(above), _leading(below)
    if d == 1 or c == 0 or d == 0 or (c == 1 and not _is_fraction(above)):
        return above, below
    front = Fraction(c) / Fraction(d)
    return _led(front.numerator, rest), _led(front.denominator, base)


def _is_fraction(above: Expr) -> bool:
    return isinstance(above, Number) and above.value == 1


def _leading(product: Expr) -> tuple[Fraction, Expr]:
    """The number in front of a product, and the rest."""
    if isinstance(product, Number):
        return Fraction(product.value), ONE
    if isinstance(product, Apply) and product.head == "mul" and isinstance(product.args[0], Number):
        return Fraction(product.args[0].value), _product(product.args[1:])
    return Fraction(1), product


def _led(number: int, rest: Expr) -> Expr:
    if number == 1:
        return rest
    if rest == ONE:
        return Number(number)
    factors = factors_of(rest)
    return Apply("mul", (Number(number), *factors))


def _product(factors: tuple[Expr, ...]) -> Expr:
    return ONE if not factors else factors[0] if len(factors) == 1 else Apply("mul", factors)
