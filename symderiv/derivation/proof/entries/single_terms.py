"""Sums of one term, maxima of a few, indices along axes of one entry, and what a range says: 0 <= i."""

from __future__ import annotations

from symderiv.derivation.proof.entries.avoided_places import by_ends
from symderiv.expression.build import add, function
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.kink_conditions import off_kinks
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable
from symderiv.tensor import Tensor

Ranges = dict[Variable, Expr]
"""Indices, and the sizes of their axes."""

FEW = 4
"""So many terms of a maximum are written out."""

_OVER_ONE = frozenset("sum prod max min forall".split())


def settled(t: Tensor) -> Tensor:
    """The array without ranges of one index, and without what is asked at kinks alone; ranges by their ends.

    >>> from symderiv.expression.tree import index_variable
    >>> k = index_variable("k")
    >>> settled(Tensor.scalar(Binder("sum", k, k, Number(3), Number(3)))).value.value
    3
    """
    only: dict[Variable, Expr] = {i: ZERO for i, n in zip(t.indices, t.shape, strict=True) if n == ONE}
    ranges = {i: n for i, n in zip(t.indices, t.shape, strict=True) if n != ONE}
    parts = (instantiate(part, only) if only else part for part in (t.value, off_kinks(t.defined)))
    value, defined = (_settled(part, ranges) for part in parts)
    defined = by_ends(defined, ranges)
    if value is t.value and defined is t.defined:
        return t
    return Tensor(t.shape, t.indices, value, defined)


def _settled(expr: Expr, ranges: Ranges) -> Expr:
    if not expr.children:
        return expr
    if isinstance(expr, Binder):
        terms = _terms(expr)
        if terms is not None:
            few = tuple(_settled(term, ranges) for term in terms)
            return few[0] if len(few) == 1 else function(expr.kind, *few)
        body = _settled(expr.body, ranges)
        if body is expr.body:
            return expr
        return Binder(expr.kind, body, expr.variable, expr.lower, expr.upper, expr.condition)
    if isinstance(expr, Apply) and expr.head == "le" and _is_certain(expr.args[0], expr.args[1], ranges):
        return TRUE
    children = tuple(_settled(child, ranges) for child in expr.children)
    if isinstance(expr, Apply) and expr.head in ("max", "min"):
        children = tuple(part for child in children for part in _parts(expr.head, child))
    if len(children) == len(expr.children) and all(
        new is old for new, old in zip(children, expr.children, strict=True)
    ):
        return expr
    return refold(expr, children)


def _parts(head: str, e: Expr) -> tuple[Expr, ...]:
    """What a maximum is taken of, where it is one inside another."""
    return e.args if isinstance(e, Apply) and e.head == head else (e,)


def _terms(expr: Binder) -> list[Expr] | None:
    """The one term of a sum, the few of a maximum: a condition that compares with it is one on these."""
    first, last = expr.lower, expr.upper
    if not isinstance(first, Number) or not isinstance(last, Number) or expr.condition != TRUE:
        return None
    count = last.value - first.value + 1
    if (count == 1 and expr.kind in _OVER_ONE) or (expr.kind in ("max", "min") and 1 < count <= FEW):
        places = (Number(first.value + k) for k in range(int(count)))
        return [instantiate(expr.body, {expr.variable: place}) for place in places]
    return None


def _is_certain(a: Expr, b: Expr, ranges: Ranges) -> bool:
    """0 <= i and 0 <= i + c, and i <= c for a c that i doesn't exceed."""
    if a == ZERO and isinstance(b, Apply) and b.head == "add":
        return all(_is_certain(ZERO, part, ranges) for part in b.args)
    if a == ZERO:
        return b in ranges or (isinstance(b, Number) and b.value >= 0)
    size = ranges.get(a) if isinstance(a, Variable) else None
    if isinstance(size, Number):
        return isinstance(b, Number) and size.value - 1 <= b.value
    return size is not None and b == add(size, MINUS_ONE)
