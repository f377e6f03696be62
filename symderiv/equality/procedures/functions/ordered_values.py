"""Values of nondecreasing functions in the order of their arguments: ``f(x) <= f(y)`` where x ≤ y."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Binder, Call, Expr, walk

MAX_CALLS = 6
MAX_OPEN = 2  # pairs of arguments that may stand in either order

Facts = tuple[Expr, ...]
Pair = tuple[Call, Call]


def by_ordered_values(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with what the order of arguments says of the values, which may well be the same.

    Where the order isn't known, in both.
    """
    pairs = _pairs(problem)
    known = knowledge(problem.facts)
    ordered = [either for pair in pairs for either in (pair, pair[::-1]) if _is_known(either, known)]
    told = tuple(fact for fact in map(_values, ordered) if fact not in problem.facts)
    proof = prove(replace(problem, facts=(*problem.facts, *told))) if told else None
    if proof is None:
        left = [pair for pair in pairs if pair not in ordered and pair[::-1] not in ordered]
        proof = _in_both_orders(problem, left, told, prove) if 0 < len(left) <= MAX_OPEN else None
    return None if proof is None or proof.exceptions else proof.through("nondecreasing functions")


def _in_both_orders(problem: Problem, pairs: list[Pair], told: Facts, prove: Prove) -> Proof | None:
    orders = product(*(((one, other), (other, one)) for one, other in pairs))
    cases = (
        replace(problem, facts=(*problem.facts, *told, *map(_arguments, order), *map(_values, order)))
        for order in orders
    )
    return in_all_cases(cases, "each order of arguments", prove)


def _pairs(problem: Problem) -> list[Pair]:
    """Pairs of values of one function."""
    calls = list(dict.fromkeys(call for side in problem.expressions for call in _calls(side)))
    if len(calls) > MAX_CALLS:
        return []
    return [(one, other) for one, other in combinations(calls, 2) if one.function == other.function]


def _is_known(pair: Pair, known: Knowledge) -> bool:
    return known.implies(_arguments(pair))


def _arguments(pair: Pair) -> Expr:
    return compare("le", *(call.args[0] for call in pair))


def _values(pair: Pair) -> Expr:
    return compare("le", *pair)


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
