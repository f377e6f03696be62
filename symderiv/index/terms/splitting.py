"""Case distinctions on indices inside a function: deltas, cases, arrays read beyond their bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.expression.build import add, cases, mul
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    Variable,
)
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.conditions import condition_set, equality_set
from symderiv.index.integer_sets.integers import Named, affine, integer_expr
from symderiv.index.integer_sets.points import universe
from symderiv.index.session import Session

FLOORS = (-1, 0, 1, 2)


@dataclass(frozen=True)
class Split:
    """``points`` is where the distinction holds; ``when_false`` is None where the expression is undefined.

    With ``named`` there is no distinction: ``x[⌊i/2⌋]`` was written ``x[q]``.
    """

    points: isl.Set
    when_true: Expr
    when_false: Expr | None
    named: Named | None = None


def in_range(session: Session, expr: Index, forms: list[Affine | None]) -> isl.Set | None:
    """Where the indices of an array that reads zero outside are inside (None: no such array)."""
    base = expr.base
    if not isinstance(base, Variable) or not base.kind.zero_outside:
        return None
    points: isl.Set = universe()
    for size, form in zip(base.kind.shape, forms, strict=False):
        extent = None if size is None else affine(session, size)
        if form is None or extent is None:
            return None
        points = points.intersect(session.within(form, Affine(), extent + Affine({}, -1)))
    return points


def find_split(session: Session, expr: Expr, outer: isl.Set) -> Split | None:
    """The first distinction below ``expr`` (not of it) that ``outer`` doesn't decide."""
    for child in expr.children:
        for node, bound in _nodes(child, frozenset()):
            if isinstance(node, (Apply, Index, Cases)):
                split = _split_at(session, expr, node, bound, outer)
                if split is not None:
                    return split
    return None


def _nodes(expr: Expr, bound: frozenset[Variable]) -> Iterator[tuple[Expr, frozenset[Variable]]]:
    yield expr, bound
    within = bound | {expr.variable} if isinstance(expr, Binder) else bound
    for child in expr.children:
        yield from _nodes(child, within)


def _split_at(
    session: Session, expr: Expr, node: Expr, bound: frozenset[Variable], outer: isl.Set
) -> Split | None:
    match node:
        case Apply(head="delta"):
            about: Expr = node
        case Cases():
            about = node.branches[0][0]
        case Index() | Apply(head="floor"):
            about = node
        case _:
            return None
    if bound and free_variables(about) & bound:
        return None
    if isinstance(node, Index):
        return _split_index(session, expr, node, outer)
    if isinstance(node, Apply) and node.head == "floor":
        return _split_floor(session, expr, node, outer)
    if isinstance(node, Cases):
        points = condition_set(session, about)
        rest = cases(node.branches[1:], node.otherwise) if len(node.branches) > 1 else node.otherwise
        return _decided(expr, node, points, node.branches[0][1], rest, outer)
    assert isinstance(node, Apply)
    return _decided(expr, node, equality_set(session, *node.args), ONE, ZERO, outer)


def _split_index(session: Session, expr: Expr, node: Index, outer: isl.Set) -> Split | None:
    named = Named()
    forms = [affine(session, index, named) for index in node.indices]
    if named.variables:
        indices = [
            index if form is None else integer_expr(session, form)
            for index, form in zip(node.indices, forms, strict=True)
        ]
        plain = Index(node.base, tuple(indices), node.origin)
        return Split(universe(), substitute(expr, {node: plain}), None, named)
    return _decided(expr, node, in_range(session, node, forms), node, ZERO, outer)


def _split_floor(session: Session, expr: Expr, node: Apply, outer: isl.Set) -> Split | None:
    """``⌊a/n⌋`` where ``-n ≤ a < 2n``, as in ``x[(i + k) mod n]``: one of a few numbers."""
    found = quotient(node.args[0])
    if found is None:
        return None
    above, below = (affine(session, part) for part in found)
    if above is None or below is None or not below.terms:
        return None
    points = session.context.intersect(outer)
    steps = [session.compare(above - below.scaled(k), ">=") for k in FLOORS]
    if not points.is_subset(steps[0].intersect(session.compare(below, ">"))):
        return None
    for k, next_step in zip(FLOORS, steps[1:], strict=False):
        if not points.is_subset(next_step):
            here = substitute(expr, {node: Number(k)})
            if points.is_disjoint(next_step):
                return Split(universe(), here, None)
            return Split(next_step.complement(), here, expr)
    return None


def quotient(expr: Expr) -> tuple[Expr, Expr] | None:
    """``a, n`` of ``a/n``, also where it is written as ``i/n + 1/n``."""
    parts = terms_of(expr)
    above: list[Expr] = []
    below: set[Expr] = set()
    for part in parts:
        factors = factors_of(part)
        inverse = [f for f in factors if isinstance(f, Apply) and f.head == "pow" and f.args[1] == MINUS_ONE]
        if len(inverse) != 1:
            return None
        below.add(inverse[0].args[0])
        above.append(mul(*(f for f in factors if f is not inverse[0])))
    return (add(*above), below.pop()) if len(below) == 1 else None


def _decided(
    expr: Expr, node: Expr, points: isl.Set | None, yes: Expr, no: Expr | None, outer: isl.Set
) -> Split | None:
    if points is None or outer.is_subset(points) or outer.is_disjoint(points):
        return None
    when_true = expr if yes is node else substitute(expr, {node: yes})
    return Split(points, when_true, None if no is None else substitute(expr, {node: no}))
