"""Reading a formula at many positions: what doesn't depend on the position is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symderiv.calculus.ranges import linear_form
from symderiv.expression.instantiation import expand, instantiate, refold
from symderiv.expression.tree import Apply, Binder, Expr, Index, Number, Variable, walk

Position = tuple[int, ...]
Row = Callable[[int], Expr]


def reader(value: Expr, indices: tuple[Variable, ...]) -> Callable[[Position], Row]:
    """The formula as a function of all indices but the last, and then of the last.

    >>> from symderiv.expression.build import add
    >>> i, j = Variable("i"), Variable("j")
    >>> reader(add(i, j), (i, j))((2,))(3).value
    5
    """
    direct = _of_entry(value, indices)
    return direct if direct is not None else _of_formula(value, indices)


@lru_cache(maxsize=4096)
def _number(k: int) -> Number:
    return Number(k)


def _of_entry(value: Expr, indices: tuple[Variable, ...]) -> Callable[[Position], Row] | None:
    """An entry of a named array at affine indices: nothing but integers to compute."""
    if not isinstance(value, Index) or not isinstance(value.base, Variable) or not indices:
        return None
    base, forms = value.base, [linear_form(index) for index in value.indices]
    rows: list[tuple[tuple[int, ...], int, int]] = []
    for form in forms:
        if form is None or not form.is_integral() or any(v not in indices for v in form.terms):
            return None
        *first, last = (int(form.coefficient(v)) for v in indices)
        rows.append((tuple(first), last, int(form.constant)))

    def row(at: Position) -> Row:
        starts = [(start + sum(c * k for c, k in zip(first, at, strict=True)), c) for first, c, start in rows]
        return lambda k: Index(base, tuple(_number(start + c * k) for start, c in starts))

    return row


def _of_formula(value: Expr, indices: tuple[Variable, ...]) -> Callable[[Position], Row]:
    whole = expand(value)
    moving = _Moving(frozenset(indices))

    finish = expand if any(isinstance(node, Binder) for node in walk(whole)) else _as_it_is

    def row(at: Position) -> Row:
        if not indices:
            return lambda _: whole
        return lambda k: finish(moving.put(whole, dict(zip(indices, map(_number, (*at, k)), strict=True))))

    return row


def _as_it_is(expr: Expr) -> Expr:
    return expr


class _Moving:
    """Puts numbers in for indices, leaving alone the parts that mention none."""

    def __init__(self, indices: frozenset[Variable]) -> None:
        self.indices = indices
        self._known: dict[Expr, bool] = {}

    def mentions(self, expr: Expr) -> bool:
        found = self._known.get(expr)
        if found is None:
            found = expr in self.indices or any(self.mentions(child) for child in expr.children)
            self._known[expr] = found
        return found

    def put(self, expr: Expr, values: dict[Variable, Expr]) -> Expr:
        if not self.mentions(expr):
            return expr
        if isinstance(expr, Apply):
            return refold(expr, tuple(self.put(arg, values) for arg in expr.children))
        return instantiate(expr, values)
