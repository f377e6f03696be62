"""What one delta says holds in the others of its product: ``δ(⌊i/m⌋, ⌊j/m⌋) δ(i mod m, j mod m) = δ(i, j)``.

Where it is 0 the product is, whatever the others say, as long as they have a value there.
"""

from __future__ import annotations

from symderiv.equality.cells.deltas import gap_of, solution_of
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import delta, mul
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable, transform, walk

MAX_DELTAS, ROUNDS = 6, 2
WHOLE = frozenset(("delta", "add", "mul", "floor"))


def by_deltas_in_products(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with each delta of a product put into those beside it."""
    return with_sides_rewritten(
        problem, lambda side: transform(side, _put_in), prove, "deltas beside each other"
    )


def _put_in(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.head != "mul":
        return node
    deltas = [factor for factor in node.args if _is_delta(factor) and all(map(_has_value, walk(factor)))]
    others = [factor for factor in node.args if factor not in deltas]
    if not 1 < len(deltas) <= MAX_DELTAS:
        return node
    for place in [*range(len(deltas))] * ROUNDS:
        one = deltas[place]
        deltas = [each if k == place else _where(one, each) for k, each in enumerate(deltas)]
    return mul(*others, *deltas)


def _is_delta(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "delta"


def _has_value(node: Expr) -> bool:
    """Has it one whatever its names are: what is divided by is a number of things?"""
    match node:
        case Apply(head="pow", args=(Variable() as base, Number())):
            return base.kind.counts
        case Apply(head=head):
            return head in WHOLE
    return isinstance(node, Number | Variable)


def _where(one: Expr, other: Expr) -> Expr:
    """Another delta where the two sides of one agree."""
    if not (isinstance(one, Apply) and _is_delta(one) and _is_delta(other)):
        return other
    u, v = one.args
    solution = None if isinstance(u, Apply) else solution_of(one)
    if isinstance(u, Apply):
        changed = transform(other, lambda node: v if node == u else _folded(node))
    elif solution is not None and isinstance(solution.unknown, Variable):
        changed = instantiate(other, {solution.unknown: solution.value})
    else:
        return other
    return other if changed == other else _solved(changed)


def _folded(node: Expr) -> Expr:
    return refold(node, node.children) if node.children else node


def _solved(one: Expr) -> Expr:
    """A delta by what its gap says of an index: ``δ(i - q, j - q)`` is δ(i, j)."""
    found = gap_of(one) if isinstance(one, Apply) and _is_delta(one) else None
    if found is None or not isinstance(one, Apply):
        return one
    if found[1].num.is_zero():
        return ONE
    solution = solution_of(one)
    return one if solution is None else delta(solution.unknown, solution.value)
