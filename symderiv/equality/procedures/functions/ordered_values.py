"""Values of nondecreasing functions in the order of their arguments: ``f(x) <= f(y)`` where x ≤ y."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Binder, Call, Expr, walk

MAX_CALLS = 6


def by_ordered_values(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with what the order of arguments says of the values, which may well be the same."""
    told = tuple(fact for fact in _ordered(problem) if fact not in problem.facts)
    proof = prove(replace(problem, facts=(*problem.facts, *told))) if told else None
    return None if proof is None or proof.exceptions else proof.through("nondecreasing functions")


def _ordered(problem: Problem) -> Iterator[Expr]:
    calls = list(dict.fromkeys(call for side in problem.expressions for call in _calls(side)))
    if len(calls) > MAX_CALLS:
        return
    known = knowledge(problem.facts)
    for one, other in permutations(calls, 2):
        if one.function == other.function and known.implies(compare("le", one.args[0], other.args[0])):
            yield compare("le", one, other)


def _calls(side: Expr) -> Iterator[Call]:
    """Values of nondecreasing functions at what no range runs over."""
    if Call not in contents(side).classes:
        return
    nodes = list(walk(side))
    bound = {node.variable for node in nodes if isinstance(node, Binder)}
    for node in nodes:
        if _is_of_nondecreasing(node) and bound.isdisjoint(free_variables(node)):
            assert isinstance(node, Call)
            yield node


def _is_of_nondecreasing(node: Expr) -> bool:
    return isinstance(node, Call) and node.function.kind.function == "nondecreasing" and node.orders == (0,)
