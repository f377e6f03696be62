"""Products and powers of expressions, whose factors may settle the value by themselves."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.equality.evaluate import functions
from symderiv.equality.evaluate.algebra import power, power_of_power, product
from symderiv.equality.evaluate.values import ZERO, Value
from symderiv.expression.tree import Apply, Constant, Expr


def product_of(factors: tuple[Expr, ...], value: Callable[[Expr], Value]) -> Value:
    """A delta that is zero wins over whatever stands beside it, defined or not."""
    for factor in factors:
        if isinstance(factor, Apply) and factor.head == "delta" and value(factor) == 0:
            return ZERO
    return product(map(value, factors))


def power_of(base: Expr, exponent: Expr, value: Callable[[Expr], Value]) -> Value:
    """Powers of e are exponentials; a power of a power is asked as one."""
    if isinstance(base, Constant) and base.name == "e":
        return functions.apply("exp", value(exponent))
    if isinstance(base, Apply) and base.head == "pow":
        root, inner = map(value, base.args)
        return power_of_power(root, inner, value(exponent))
    return power(value(base), value(exponent))
