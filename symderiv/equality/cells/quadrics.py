"""Null sets among the points of one quadric, as of the circle ``x² + y² = 1``.

Where a quadratic form Q of rank 2 or more is c ≠ 0, its gradient isn't 0 (``x · ∇Q = 2 Q``), and ``Q - c``
has no factor, over the complex numbers neither. So these points are a smooth surface, and a polynomial that
is zero on an open part of it is a multiple of ``Q - c``; any other is zero on a null set only, also where
strict inequalities cut a part out.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq_mat

from symderiv.equality.cells.open_facts import fills_a_plane
from symderiv.equality.normal_forms.ideals import Ideal, ideal, is_polynomial
from symderiv.expression.build import compare, number, subtract
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable

Facts = tuple[Expr, ...]


def is_null_on_quadric(left: Expr, right: Expr, facts: Facts) -> bool:
    """Does ``left = right`` surely hold on a null set only among all points of a quadric that a fact states?

    Whether the other facts, inequalities all of them, leave an open part of it is for the caller to see.

    >>> from symderiv.expression.build import add, compare, mul
    >>> from symderiv.expression.tree import ONE, ZERO
    >>> x, y = Variable("x"), Variable("y")
    >>> circle = compare("eq", add(mul(x, x), mul(y, y)), ONE)
    >>> is_null_on_quadric(x, ONE, (circle,))
    True
    >>> is_null_on_quadric(mul(x, x), subtract(ONE, mul(y, y)), (circle,))
    False
    """
    equations = [fact for fact in facts if isinstance(fact, Apply) and fact.head == "eq"]
    if len(equations) != 1 or not all(_is_inequality(fact) for fact in facts if fact is not equations[0]):
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


def within_open_bounds(expr: Expr) -> Iterator[Expr]:
    """That the real names lie between their bounds, and on none of them."""
    for name in free_variables(expr):
        domain = name.kind.domain
        if not name.kind.shape and not domain.integer:
            yield from (compare("lt", number(low), name) for low in (domain.lower,) if low is not None)
            yield from (compare("lt", name, number(high)) for high in (domain.upper,) if high is not None)


def _is_inequality(fact: Expr) -> bool:
    return isinstance(fact, Apply) and fact.head in ("lt", "le", "ne") and fills_a_plane(fact)


def _is_free(name: Expr) -> bool:
    """A real number, or an entry at given places of an array whose entries may be any."""
    match name:
        case Variable(kind=kind):
            return not (name.definition or name.value or kind.shape or kind.domain.integer)
        case Index(base=Variable(kind=kind) as array, indices=places):
            bound = kind.symmetric or kind.zero_outside or array.definition or array.value
            any_real = kind.domain == Domain()
            return any_real and not bound and all(isinstance(place, Number) for place in places)
    return False


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
