"""What the factors of a polynomial say of its sign: r² − t² is positive for -r < t < r."""

from __future__ import annotations

from itertools import product

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE, Possible, of_number
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression.build import subtract
from symderiv.expression.tree import ZERO, Apply, Expr


def implied_by_factors(condition: Expr, known: Knowledge) -> bool:
    """Whether a condition is known to hold, an inequality also by the factors of its gap: ``t² ≤ r²``."""
    if known.implies(condition):
        return True
    match condition:
        case Apply(head="lt" | "le" as head, args=(low, high)):
            signs = signs_of_factors(subtract(high, low), known)
            return signs <= (POSITIVE if head == "lt" else NONNEGATIVE)
    return False


def signs_of_factors(value: Expr, known: Knowledge) -> Possible:
    """The signs that the irreducible factors of a polynomial leave it.

    >>> from symderiv.equality.conditions.condition import knowledge
    >>> from symderiv.expression.build import add, compare, mul, negative
    >>> from symderiv.expression.tree import Variable
    >>> r, t = Variable("r"), Variable("t")
    >>> known = knowledge((compare("lt", t, r), compare("lt", negative(r), t)))
    >>> signs_of_factors(add(mul(r, r), negative(mul(t, t))), known)
    frozenset({1})
    """
    found = difference(value, ZERO)
    if found is None or found[1].den or found[1].num.is_constant():
        return known.signs(value)
    field, element = found
    try:
        constant, factors = field.factor(element.num)
    except Decline:
        return known.signs(value)
    signs = of_number(constant)
    for number, times in factors:
        of_factor = known.signs(to_expr(field, field.poly(number)))
        signs = frozenset(sign * other**times for sign, other in product(signs, of_factor))
    return signs
