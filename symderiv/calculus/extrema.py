"""The numbers that compete for a maximum (or a minimum) over ranges, nested ones too.

    max_a max_b u_ab = max {u_ab}
    (max_k u_k)' = Σ_k u_k' [u_k is the maximum]      where only one of them is, or all that are move alike

With a filter (a window that reaches into the padding) a number competes only where the filter holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.calculus.bound_names import another_name, spelled_out
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import TRUE, Binder, BinderKind, Expr, Number, Variable


@dataclass(frozen=True, slots=True)
class Rivals:
    """``value`` competes for every index of ``ranges``, outermost first."""

    ranges: tuple[Binder, ...]
    value: Expr

    def over(self, kind: BinderKind, body: Expr) -> Expr:
        """``body`` summed up, or held for each, over all who compete."""
        if kind == "forall" and body == TRUE:
            return TRUE
        for r in reversed(self.ranges):
            body = Binder(kind, body, r.variable, r.lower, r.upper, r.condition)
        return body

    def again(self) -> tuple[Rivals, dict[Variable, Expr]]:
        """The same over other names, and which names these are."""
        put: dict[Variable, Expr] = {}
        taken: set[str] = set()
        renamed: list[Binder] = []
        for r in self.ranges:
            lower, upper = (None if end is None else instantiate(end, put) for end in (r.lower, r.upper))
            other = another_name(self.ranges[0], frozenset(taken))
            taken.add(other.name)
            put[r.variable] = other
            renamed.append(Binder(r.kind, r.body, other, lower, upper, instantiate(r.condition, put)))
        return Rivals(tuple(renamed), instantiate(self.value, put)), put


def rivals(expr: Binder) -> Rivals:
    """Who competes for an extremum.

    >>> from symderiv.expression.tree import Number
    >>> i, j, x = Variable("i"), Variable("j"), Variable("x")
    >>> inner = Binder("max", x, j, Number(0), i)
    >>> found = rivals(Binder("max", inner, i, Number(0), Number(4)))
    >>> [r.variable.name for r in found.ranges]
    ['i', 'j']
    """
    ranges, value = [expr], expr.body
    while isinstance(value, Binder) and value.kind == expr.kind:
        ranges.append(value)
        value = value.body
    return Rivals(tuple(ranges), value)


def is_a_pair(expr: Binder) -> bool:
    """Whether an extremum is that of one or two numbers, better written ``max(u, v)``."""
    if not spelled_out(expr) or (isinstance(expr.body, Binder) and expr.body.kind == expr.kind):
        return False
    match expr.lower, expr.upper:
        case Number(value=first), Number(value=last):
            return last - first < 2
    return False
