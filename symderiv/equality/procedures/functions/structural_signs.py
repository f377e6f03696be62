"""Roots of what its form shows not to be negative: ``‖A v‖² = Σ (A v)ᵢ²``; multiplied out it doesn't show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import compare
from symderiv.expression.tree import ZERO, Apply, Expr, Number, walk


def by_structural_signs(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that takes for known which sums under a root are never negative."""
    known = knowledge(problem.facts)
    under_roots = dict.fromkeys(u for side in problem.sides for u in _under_roots(side))
    roots = [u for u in under_roots if -1 not in known.quick_signs(u)]
    if not roots:
        return None
    proof = prove(replace(problem, facts=(*problem.facts, *(compare("le", ZERO, u) for u in roots))))
    return proof and proof.through("signs by form")


def _under_roots(side: Expr) -> Iterator[Expr]:
    """The sums of which a broken power is taken."""
    for node in walk(side):
        if isinstance(node, Apply) and node.head == "pow":
            base, exponent = node.args
            broken = isinstance(exponent, Number) and not isinstance(exponent.value, int)
            if broken and isinstance(base, Apply) and base.head == "add":
                yield base
