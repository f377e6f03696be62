"""Numbers in front of products, and sizes, above and below a bar: 2 n a / (4 n b) is a / (2 b)."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derivation.vocabulary import is_size
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import ONE, Apply, Expr, Number


def reduced(above: Expr, below: Expr) -> tuple[Expr, Expr]:
    """2 a / (4 b) as a / (2 b)."""
    above, below = _without_common_sizes(above, below)
    (c, rest), (d, base) = _leading(above), _leading(below)
    if d == 1 or c == 0 or d == 0 or (c == 1 and not _is_fraction(above)):
        return above, below
    front = Fraction(c) / Fraction(d)
    return _led(front.numerator, rest), _led(front.denominator, base)


def _without_common_sizes(above: Expr, below: Expr) -> tuple[Expr, Expr]:
    """a/b for n a/(n b): a size is at least 1."""
    first, second = list(factors_of(above)), list(factors_of(below))
    common = [n for n in dict.fromkeys(second) if is_size(n) and n in first and len(first) > 1]
    if not common:
        return above, below
    for n in common:
        first.remove(n)
        second.remove(n)
    return _product(tuple(first)), _product(tuple(second))


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
