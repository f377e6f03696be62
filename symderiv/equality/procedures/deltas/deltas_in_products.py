"""What one delta says holds in the others of its product: ``δ(⌊i/m⌋, ⌊j/m⌋) δ(i mod m, j mod m) = δ(i, j)``.

Where it is 0 the product is, whatever the others say, as long as they have a value there.
"""

from __future__ import annotations

from symderiv.equality.cells.deltas import gap_of, solution_of
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, delta, mul, negative
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.tree import Apply, Expr, Number, Variable, transform, walk

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
    deltas = list(map(_solved, deltas))
    for place in [*range(len(deltas))] * ROUNDS:
        one = deltas[place]
        deltas = [each if k == place else _where(one, each) for k, each in enumerate(deltas)]
    return mul(*others, *deltas)


def _is_delta(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "delta"


def _has_value(node: Expr) -> bool:
    """Has it one whatever its names are: what is divided by is a number of things?"""
    match node:
        case Apply(head="pow", args=(base, Number())):
            return all(isinstance(size, Variable) and size.kind.counts for size in factors_of(base))
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
    """A delta without what stands on both sides: ``δ(i - q, j - q)`` is δ(i, j)."""
    found = gap_of(one) if isinstance(one, Apply) and _is_delta(one) else None
    if found is None:
        return one
    field, gap = found
    terms = terms_of(to_expr(field, gap.num))
    sides = (
        [term for term in terms if not _is_negative(term)],
        [negative(term) for term in terms if _is_negative(term)],
    )
    return delta(*(add(*side) for side in sides))


def _is_negative(term: Expr) -> bool:
    first = factors_of(term)[0]
    return isinstance(first, Number) and first.value < 0
