"""The numbers that compete for a maximum (or a minimum) over ranges, nested ones too.

    max_a max_b u_ab = max {u_ab}
    (max_k u_k)' = Σ_k u_k' [u_k is the maximum]      where only one of them is, or all that are move alike

Those that move alike count once, as |u| and |-u| in max(|u|, 0, |-u|): the first of them does. Numbers that
read other entries of x each move alike only where they rest, and there is no need to say which is the first.
With a filter (a window that reaches into the padding) a number competes only where the filter holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.calculus.bound_names import another_name, spelled_out
from symderiv.expression.build import add, compare, conjunction, disjunction, negation
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    TRUE,
    ZERO,
    Binder,
    BinderKind,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)


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

    def first(self, reached: Expr) -> Expr:
        """That no earlier one is the maximum too."""
        other, put = self.again()
        if len(self.ranges) == 1:
            (r,), (own,) = other.ranges, self.ranges
            lost = compare("ne", other.value, reached)
            return Binder("forall", lost, r.variable, r.lower, add(own.variable, MINUS_ONE), r.condition)
        return other.over("forall", disjunction(negation(_earlier(put)), compare("ne", other.value, reached)))


def _earlier(put: dict[Variable, Expr]) -> Expr:
    """Of two places of nested ranges the one that comes first, row by row."""
    own, other = tuple(put), tuple(put.values())
    alike = [compare("eq", a, b) for a, b in zip(other, own, strict=True)]
    before = (compare("lt", a, b) for a, b in zip(other, own, strict=True))
    return disjunction(*(conjunction(*alike[:k], less) for k, less in enumerate(before)))


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


def read_apart(everyone: Rivals, x: Variable) -> bool:
    """Whether no two rivals read the same entry of x, by what the indices say.

    >>> from symderiv.expression.kinds import Kind
    >>> k, x = Variable("k"), Variable("x", Kind(shape=(Number(3),)))
    >>> entries = (Binder("max", Index(x, (i,)), k, ZERO, Number(2)) for i in (k, ZERO))
    >>> [read_apart(rivals(largest), x) for largest in entries]
    [True, False]
    """
    names = {r.variable for r in everyone.ranges}
    bound = names | {node.variable for node in walk(everyone.value) if isinstance(node, Binder)}
    reads = [node for node in walk(everyone.value) if isinstance(node, Index) and node.base == x]
    whole = sum(node == x for node in walk(everyone.value))
    return whole == len(reads) and len(set(reads)) == 1 and names <= _told(reads[0].indices, bound)


def _told(indices: tuple[Expr, ...], bound: set[Variable]) -> set[Variable]:
    """The bound names whose values an entry's indices tell: k of ``s k + 1``, and of ``(k // m, k % m)``."""
    told: set[Variable] = set()
    known: dict[Expr, Expr] = dict.fromkeys(indices, ZERO)
    for index in (*indices, *(_without(index, known) for index in indices)):
        unknown = list(free_variables(index) & bound - told)
        if len(unknown) == 1 and _moves(index, unknown[0]):
            told.add(unknown[0])
    return told


def _without(index: Expr, known: dict[Expr, Expr]) -> Expr:
    """The rest of an index, parts that are indices themselves being known."""
    return (
        index.rebuild(tuple(substitute(part, known) for part in index.children)) if index.children else index
    )


def _moves(index: Expr, k: Variable) -> bool:
    """Whether ``a k + b`` for a step a other than 0."""
    match coefficients_in(index, k):
        case [_, Number(value=step)]:
            return step != 0
        case [_, Variable() as step]:
            return step.kind.domain.is_positive
    return False


def is_a_pair(expr: Binder) -> bool:
    """Whether an extremum is that of one or two numbers, better written ``max(u, v)``."""
    if not spelled_out(expr) or (isinstance(expr.body, Binder) and expr.body.kind == expr.kind):
        return False
    match expr.lower, expr.upper:
        case Number(value=first), Number(value=last):
            return last - first < 2
    return False
