"""Where a proof failed: the cell, with both sides in the simple form that they have there.

A search in this cell finds what a search at large may not: |x| − x is 0 for x > 0, whatever a ball says.
"""

from __future__ import annotations

from symderiv.equality.cells.proof import TooManyCells, attempt_in_cells
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.normal_forms.generators import Decline, Field
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.reading import element_expr, to_expr
from symderiv.equality.problem import Problem
from symderiv.expression.build import add, boolean, cases, conjunction, mul
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number


def failed_cell(problem: Problem) -> Problem | None:
    """The same problem, written simply in the first cell in which it isn't proved; None where none is known.

    Outside of that cell it stays as it was, so a point that separates the two sides separates the originals.
    """
    try:
        tried = attempt_in_cells(problem)
    except (Decline, TooManyCells):
        return None
    if tried.proved or tried.values is None:
        return None
    left, right = tried.values
    inside = conjunction(
        *(_inequality(tried.field, number, sign) for number, sign in tried.failed),
        *(Apply("ne", (to_expr(tried.field, tried.field.poly(number)), ZERO)) for number in tried.broken),
        *_always(problem),
    )
    return Problem(
        _inside(inside, _value(tried.field, left, problem.a), problem.a),
        _inside(inside, _value(tried.field, right, problem.b), problem.b),
        _inside(inside, boolean(left is not None), problem.defined_a),
        _inside(inside, boolean(right is not None), problem.defined_b),
        problem.facts,
        problem.deadline,
    )


def _inside(cell: Expr, simple: Expr, otherwise: Expr) -> Expr:
    return cases(((cell, simple),), otherwise)


def _value(field: Field, value: Element | None, side: Expr) -> Expr:
    """What a side is in the cell: a number, or the truth of a condition where that is plain."""
    simple = ZERO if value is None else element_expr(field, value)
    if not is_condition(side):
        return simple
    return boolean(simple == ONE) if isinstance(simple, Number) else side


def _inequality(field: Field, number: int, sign: int) -> Expr:
    return Apply("lt", (ZERO, mul(Number(sign), to_expr(field, field.poly(number)))))


def _always(problem: Problem) -> list[Expr]:
    """x < x + 1 for each name: a witness names its whole point, also where the simple forms are constant."""
    names = free_variables(problem.a) | free_variables(problem.b)
    scalars = sorted((v for v in names if not v.kind.shape and not v.kind.function), key=lambda v: v.name)
    return [Apply("lt", (v, add(v, ONE))) for v in scalars]
