"""Maxima of maxima as one: ``max(max x[i] over A, max x[i] over B, x[k])`` is that over A, B and k.

Where a range is empty neither side has a value, so nothing need be known of them.
"""

from __future__ import annotations

from functools import reduce

from symderiv.expression.build import negative
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Binder, Expr, Index, Variable
from symderiv.index.every_size.accesses import is_extremum
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, variable_form
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.session import Session


def joined(session: Session, head: str, parts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The arguments of a maximum (minimum), those over ranges of the same made one."""
    if head == "min":
        return tuple(map(negative, joined(session, "max", tuple(map(negative, parts)))))
    whole = next((part for part in parts if is_extremum(part)), None)
    if not isinstance(whole, Binder):
        return parts
    over = session.dummy()
    content = substitute(whole.body, {whole.variable: over})
    found = [(part, _points_of(session, part, content, over)) for part in parts]
    rest = tuple(part for part, points in found if points is None)
    if len(rest) >= len(parts) - 1:
        return parts
    points = reduce(isl.Set.union, (points for _, points in found if points is not None))
    return (session.over_range(session, "max", content, over, points.coalesce()), *rest)


def _points_of(session: Session, part: Expr, content: Expr, over: Variable) -> isl.Set | None:
    """The values of the variable over which a part is the maximum of the content."""
    if isinstance(part, Binder) and is_extremum(part):
        put: dict[Expr, Expr] = {part.variable: over}
        ends = (Apply("le", (part.children[2], over)), Apply("le", (over, part.children[3])))
        same = part.kind == "max" and substitute(part.body, put) == content
        return condition_set(session, Apply("and", ends)) if same else None
    found = _place(session, content, part, over)
    if found is None or substitute(content, {over: integer_expr(session, found)}) != part:
        return None
    return session.compare(variable_form(over) - found, "=")


def _place(session: Session, content: Expr, part: Expr, variable: Variable) -> Affine | None:
    """The value of the variable for which the content is this part, read off the first index that tells."""
    if isinstance(content, Index) and isinstance(part, Index):
        for index, wanted in zip(content.indices, part.indices, strict=False):
            form, target = affine(session, index), affine(session, wanted)
            if form is not None and target is not None and form.coefficient(variable) == 1:
                return target - (form - variable_form(variable))
    if type(content) is not type(part) or len(content.children) != len(part.children):
        return None
    if isinstance(content, Apply) and isinstance(part, Apply) and content.head != part.head:
        return None
    places = (_place(session, *pair, variable) for pair in zip(content.children, part.children, strict=True))
    return next((place for place in places if place is not None), None)
