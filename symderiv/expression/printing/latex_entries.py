"""Entries of a tensor as a textbook writes them: with fractions, roots and powers."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.tree import HALF, ONE, Apply, Expr, Number, transform


def as_written(entry: Expr) -> Expr:
    """``a b^-1`` as ``a/b``, ``x^(1/2)`` as ``sqrt(x)``, ``p p`` as ``p^2``: the same value, for the eye.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> as_written(Apply("pow", (x, Number(-1)))) == Apply("div", (ONE, x))
    True
    """
    return transform(entry, _rewritten)


def _rewritten(expr: Expr) -> Expr:
    if isinstance(expr, Apply) and expr.head == "pow":
        return _power(*expr.args)
    if isinstance(expr, Apply) and expr.head == "mul":
        return _quotient(expr.args)
    return expr


def _power(base: Expr, exponent: Expr) -> Expr:
    if isinstance(exponent, Number) and exponent.value < 0:
        return Apply("div", (ONE, _power(base, Number(-exponent.value))))
    if exponent == HALF:
        return Apply("sqrt", (base,))
    return base if exponent == ONE else Apply("pow", (base, exponent))


def _quotient(factors: tuple[Expr, ...]) -> Expr:
    """The product with what divides gathered below one line."""
    above: list[Expr] = []
    below: list[Expr] = []
    number = Fraction(1)
    for factor in factors:
        if isinstance(factor, Number):
            number *= factor.value
        elif isinstance(factor, Apply) and factor.head == "div" and factor.args[0] == ONE:
            below.append(factor.args[1])
        else:
            above.append(factor)
    if abs(number.numerator) != 1 or (number < 0 and not above) or not above:
        above.insert(0, Number(number.numerator))
        number = Fraction(1, number.denominator)
    if number.denominator != 1:
        below.insert(0, Number(number.denominator))
    product = _product(above)
    quotient = Apply("div", (product, _product(below))) if below else product
    return Apply("neg", (quotient,)) if number < 0 else quotient


def _product(factors: list[Expr]) -> Expr:
    """The factors side by side, equal ones as a power."""
    counted: dict[Expr, int] = {}
    for factor in factors:
        counted[factor] = counted.get(factor, 0) + 1
    parts = tuple(
        Apply("pow", (factor, Number(count))) if count > 1 and not isinstance(factor, Number) else factor
        for factor, count in counted.items()
    )
    return parts[0] if len(parts) == 1 else Apply("mul", parts)
