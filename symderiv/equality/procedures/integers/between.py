"""``⌊u⌋ = w`` for what takes integer values w, by ``w ≤ u < w + 1``: ``⌊√(n² + 1)⌋ = n``, ``⌈tanh x⌉``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.expression.build import add, compare, mul
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, Apply, Expr, Number, walk

MAX_TRIED = 3
Term = tuple[int, Expr]


def by_bounds_of_floors(problem: Problem, prove: Prove) -> Proof | None:
    """A proof from the two inequalities that say what an integer part is."""
    defined_a, defined_b = (
        unless_known(side, problem.facts) for side in (problem.defined_a, problem.defined_b)
    )
    problem = replace(problem, defined_a=defined_a, defined_b=defined_b)
    for _, (inner, whole) in zip(range(MAX_TRIED), _solved(problem.a, problem.b), strict=False):
        above = prove(replace(problem, a=compare("le", whole, inner), b=TRUE))
        below = above and prove(replace(problem, a=compare("lt", inner, add(whole, ONE)), b=TRUE))
        if above is not None and below is not None:
            return joined((above, below)).through("bounds of integer parts")
    return None


def _solved(a: Expr, b: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Each ``⌊u⌋`` that a = b says to be a whole w without it, as (u, w)."""
    terms = [*_terms(a, 1), *_terms(b, -1)]
    for sign, part in terms:
        if not isinstance(part, Apply) or part.head != "floor":
            continue
        rest = [(s, other) for s, other in terms if other is not part]
        whole = add(*(other if s != sign else mul(MINUS_ONE, other) for s, other in rest))
        if len(rest) == len(terms) - 1 and is_integer_valued(whole) and part not in walk(whole):
            yield part.args[0], whole


def _terms(expr: Expr, sign: int) -> Iterator[Term]:
    """The summands, each with a sign."""
    match expr:
        case Apply(head="add", args=args):
            for arg in args:
                yield from _terms(arg, sign)
        case Apply(head="mul", args=(Number(value=-1), inner)):
            yield from _terms(inner, -sign)
        case _:
            yield sign, expr
