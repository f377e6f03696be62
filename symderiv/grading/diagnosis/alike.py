"""Are two meanings written alike? Order of terms and factors and names of summation indices don't count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import EULER, Apply, Binder, Cases, Expr, index_variable
from symderiv.tensor import Meaning, Record, Tensor

_COMMUTE = frozenset({"add", "mul", "max", "min", "and", "or", "eq", "ne", "delta"})


def same_form(a: Meaning, b: Meaning) -> bool:
    """The same entries, as written.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> same_form(Tensor.scalar(Apply("add", (x, y))), Tensor.scalar(Apply("add", (y, x))))
    True
    """
    return written(a) == written(b)


Written: TypeAlias = tuple[object, ...]


def written(found: Meaning) -> Written:
    """How a meaning is written; equal for two that are written alike."""
    if isinstance(found, Tensor):
        return ("array", found.rank, *_values(found))
    if isinstance(found, Record):
        return ("record", frozenset((name, written(value)) for name, value in found.items))
    return ("listing", tuple(map(written, found.items)))


def _values(t: Tensor) -> Iterator[object]:
    """The entries with their places; of an array without numbers for a shape, their formula."""
    if t.sizes is not None and t.rank:
        yield from ((place, canonical(value)) for place, value in t.entries().items())
    else:
        yield canonical(t.entry(*t.indices))


def canonical(expr: Expr, depth: int = 0) -> Expr:
    """The entry with commutative arguments in one order and bound names numbered."""
    if isinstance(expr, Binder):
        name = index_variable(f"_b{depth}")
        body = instantiate(expr.body, {expr.variable: name})
        condition = instantiate(expr.condition, {expr.variable: name})
        lower = None if expr.lower is None else canonical(expr.lower, depth)
        upper = None if expr.upper is None else canonical(expr.upper, depth)
        inside, held = canonical(body, depth + 1), canonical(condition, depth + 1)
        return Binder(expr.kind, inside, name, lower, upper, held)
    children = expr.children
    if not children:
        return expr
    changed = tuple(canonical(child, depth) for child in children)
    if isinstance(expr, Apply) and expr.head == "pow" and changed[0] == EULER:
        return Apply("exp", changed[1:])
    if isinstance(expr, Apply) and expr.head in _COMMUTE:
        changed = tuple(sorted(changed, key=hash))  # any order, if it is one for both
    rebuilt = expr.rebuild(changed)
    return _without_inner_brackets(rebuilt) if isinstance(rebuilt, Cases) else rebuilt


def _without_inner_brackets(cases: Cases) -> Cases:
    """``1 if a else (0 if b else c)`` with its cases one after the other."""
    inner = cases.otherwise
    if not isinstance(inner, Cases):
        return cases
    return Cases((*cases.branches, *inner.branches), inner.otherwise)
