"""Remainders lie between 0 and what is divided by: ``0 ≤ k - n ⌊k/n⌋ < n`` for n ≥ 1."""

from __future__ import annotations

from symderiv.expression.build import add, divide
from symderiv.expression.parts import all_but
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Expr, Variable
from symderiv.index.integer_sets.integers import is_integer


def is_range_of_remainder(condition: Expr) -> bool:
    """Is it ``0 ≤ k mod n`` or ``k mod n < n``, for a size n?

    >>> from symderiv.expression.build import mul, subtract
    >>> from symderiv.expression.kinds import SIZE
    >>> n, k = Variable("n", SIZE), Variable("k", SIZE)
    >>> rest = subtract(k, mul(n, Apply("floor", (divide(k, n),))))
    >>> [is_range_of_remainder(Apply("lt", (rest, end))) for end in (n, k)]
    [True, False]
    """
    match condition:
        case Apply(head="le", args=(left, right)) if left == ZERO:
            return _modulus(right) is not None
        case Apply(head="lt", args=(left, right)):
            return _modulus(left) == right
    return False


def _modulus(value: Expr) -> Expr | None:
    """The n of ``k - n ⌊k/n⌋``."""
    if not isinstance(value, Apply) or value.head != "add":
        return None
    for term in value.args:
        whole = add(*all_but(value.args, term))
        match term:
            case Apply(head="mul", args=(sign, Variable() as n, Apply(head="floor", args=(quotient,)))):
                if sign == MINUS_ONE and quotient == divide(whole, n) and _is_size(n):
                    return n
    return None


def _is_size(n: Variable) -> bool:
    return is_integer(n) and n.kind.domain.is_positive
