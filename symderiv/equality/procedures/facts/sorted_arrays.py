"""Arrays that are given in order: where ``x[i] ≤ x[i+1]``, the greatest of x[a], …, x[b] is x[b]."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, number, subtract
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Variable, transform


def by_sorted_arrays(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the greatest and the least of a stretch of such an array as one of its ends."""
    rising = dict(found for fact in problem.facts for found in _ordered_by(fact))
    if not rising:
        return None
    known = knowledge(problem.facts)

    def change(side: Expr) -> Expr:
        return transform(side, lambda node: _end_of(node, rising, known) or node)

    return with_sides_rewritten(problem, change, prove, "arrays in order")


def _ordered_by(fact: Expr) -> Iterable[tuple[Variable, bool]]:
    """The array that a fact says never falls (true), or never rises, along its whole axis."""
    match fact:
        case Binder(
            kind="forall",
            variable=i,
            lower=lower,
            upper=Expr() as last,
            body=Apply(
                head="le" | "lt",
                args=(Index(base=Variable() as array, indices=(low,)), Index(base=again, indices=(high,))),
            ),
        ) if fact.condition == TRUE and lower == ZERO and array == again and not array.kind.zero_outside:
            (size,) = array.kind.shape
            if size is not None and is_zero(subtract(add(last, number(2)), size)):
                for here, there, rises in ((low, high, True), (high, low, False)):
                    if here == i and is_zero(subtract(there, add(i, ONE))):
                        yield array, rises


def _end_of(node: Expr, rising: dict[Variable, bool], known: Knowledge) -> Expr | None:
    match node:
        case Binder(
            kind="max" | "min" as kind,
            variable=k,
            lower=Expr() as first,
            upper=Expr() as last,
            body=Index(base=Variable() as array, indices=(at,)),
        ) if at == k and array in rising and node.condition == TRUE:
            (size,) = array.kind.shape
            bounds = (ZERO, first), (first, last)
            inside = size is not None and known.implies(compare("lt", last, size))
            if inside and all(known.implies(compare("le", *pair)) for pair in bounds):
                return Index(array, ((last if rising[array] == (kind == "max") else first),))
    return None
