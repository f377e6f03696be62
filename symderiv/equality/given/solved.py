"""Equations that are solved for an array that nothing else speaks of: ``X = A⁻¹ C`` holds somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.equality.given.throughout import Ends, read_throughout, said_throughout
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable


def is_solved(condition: Expr, others: Iterable[Expr]) -> bool:
    """Does it hold wherever its other sides exist, for the right values of something free?

    Of several equations one is solved for what no other speaks of, then of the rest one, and so on.
    ``others`` is what else is asked: it must not speak of that.

    >>> from symderiv.expression.tree import ONE
    >>> x, y = Variable("x"), Variable("y")
    >>> [is_solved(Apply("eq", (x, side)), ()) for side in (Apply("exp", (y,)), Apply("exp", (x,)))]
    [True, False]
    """
    parts = list(said_throughout(condition))
    asked = list(others)
    while parts:
        solved = next((part for part in parts if _is_solved(part, parts, asked)), None)
        if solved is None:
            return False
        parts.remove(solved)
    return True


Part = tuple[Ends, Expr]


def _is_solved(part: Part, parts: Iterable[Part], others: Iterable[Expr]) -> bool:
    ends, equation = part
    if not isinstance(equation, Apply) or equation.head != "eq":
        return False
    elsewhere = (*others, *(said for _, said in parts if said is not equation))
    return any(
        name.kind.domain == Domain()
        and not name.kind.symmetric
        and not any(_speaks_of(each, name) for each in (*elsewhere, side))
        for name, side in _alone(equation, ends)
    )


def _speaks_of(expr: Expr, name: Variable) -> bool:
    return any(other.name == name.name for other in free_variables(expr))


def _alone(equation: Apply, ends: Ends) -> Iterator[tuple[Variable, Expr]]:
    """What stands alone on a side, read along all its axes, with the other side."""
    left, right = equation.args
    for one, other in ((left, right), (right, left)):
        name = one if isinstance(one, Variable) and not ends else read_throughout(one, ends)
        if name is not None and not name.kind.index:
            yield name, other
