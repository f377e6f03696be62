"""Null sets among the points of one quadric, as of the circle ``x² + y² = 1``.

Where a quadratic form Q of rank 2 or more is c ≠ 0, its gradient isn't 0 (``x · ∇Q = 2 Q``), and ``Q - c``
has no factor, over the complex numbers neither. So these points are a smooth surface, and a polynomial that
is zero on an open part of it is a multiple of ``Q - c``; any other is zero on a null set only, also where
strict inequalities cut a part out.
"""

from __future__ import annotations

from flint import fmpq_mat

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.normal_forms.ideals import Ideal, ideal, is_polynomial
from symderiv.expression.build import subtract
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable

Facts = tuple[Expr, ...]


def is_null_on_quadric(left: Expr, right: Expr, facts: Facts) -> bool:
    """Does ``left = right`` surely hold on a null set only, where one of the facts states a quadric?

    >>> from symderiv.expression.build import add, compare, mul
    >>> from symderiv.expression.tree import ONE, ZERO
    >>> x, y = Variable("x"), Variable("y")
    >>> circle = compare("eq", add(mul(x, x), mul(y, y)), ONE)
    >>> is_null_on_quadric(x, ONE, (circle,))
    True
    >>> is_null_on_quadric(mul(x, x), subtract(ONE, mul(y, y)), (circle,))
    False
    >>> is_null_on_quadric(x, ONE, (circle, compare("le", ONE, x)))
    False
    """
    equations = [fact for fact in facts if isinstance(fact, Apply) and fact.head == "eq"]
    if len(equations) != 1 or not all(leaves_room(fact) for fact in facts if fact is not equations[0]):
        return False
    given, asked = subtract(*equations[0].args), subtract(left, right)
    if not (is_polynomial(given) and is_polynomial(asked)):
        return False
    found = ideal((given,), (asked,))
    return (
        found is not None
        and all(map(_is_free, found.names))
        and _is_quadric(found)
        and not found.contains(asked)
    )


def _is_free(name: Expr) -> bool:
    """A real number, or an entry at given places, that may be anything in an open range."""
    match name:
        case Variable(kind=kind):
            return name.definition is None and name.value is None and not kind.shape and _is_open(kind)
        case Index(base=Variable(kind=kind) as array, indices=places):
            plain = not (kind.symmetric or kind.zero_outside or array.definition or array.value)
            return plain and all(isinstance(place, Number) for place in places) and _is_open(kind)
    return False


def _is_open(kind: Kind) -> bool:
    domain = kind.domain
    below = domain.lower is None or domain.lower_open
    above = domain.upper is None or domain.upper_open
    return not domain.integer and below and above


def _is_quadric(found: Ideal) -> bool:
    """Is it that of ``Q - c``, the form Q of rank 2 or more, c not 0?"""
    if len(found.basis) != 1:
        return False
    count = len(found.names)
    form = fmpq_mat(count, count)
    constant = False
    for exponents, coefficient in found.basis[0].terms():
        places = [place for place, power in enumerate(exponents) for _ in range(power)]
        if len(places) not in (0, 2):
            return False
        constant = constant or not places
        for row, column in (places, places[::-1]) if places else ():
            form[row, column] += coefficient / 2
    return constant and form.rank() > 1
