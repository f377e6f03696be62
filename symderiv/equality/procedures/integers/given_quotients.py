"""Integers whose remainder is given: where ``n mod k = r``, n is ``k m + r`` for some integer m."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.integers.multiples import is_remainder, remainders
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, compare, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import INTEGER, Kind
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import Expr, Number, Variable

MAX_NAMES = 3


def by_given_quotients(problem: Problem, prove: Prove) -> Proof | None:
    """A proof in the quotients m of such integers, for every m that n's domain leaves."""
    restated, names = problem, set[Variable]()
    for _ in range(MAX_NAMES):
        found = _in_quotients(restated)
        if found is None:
            break
        restated, name = found
        names.add(name)
    proof = prove(restated) if names else None
    if proof is None or any(names & free_variables(each) for each in proof.exceptions):
        return None
    return proof.through("quotients of given remainders")


def _in_quotients(problem: Problem) -> tuple[Problem, Variable] | None:
    """The problem in the quotient of one integer, which stands in it no more."""
    known = knowledge(problem.facts)
    for fact in parts(problem.facts):
        for n in sorted(free_variables(fact), key=str):
            if not n.kind.domain.integer or n.kind.shape or n.kind.index or n.kind.domain.modulus != 1:
                continue
            for s, r in remainders(fact, n):
                if n not in free_variables(r) and is_remainder(s, r, known):
                    taken = {name.name for side in problem.expressions for name in free_variables(side)}
                    m = Variable(fresh(f"{n.name}_m", taken), Kind(domain=INTEGER))
                    return put_in(problem, n, add(mul(s, m), r)), m
    return None


def put_in(problem: Problem, n: Variable, value: Expr) -> Problem:
    """The problem with a value for an integer, which lies where that may."""
    there = problem.mapped(lambda side: instantiate(side, {n: value}))
    return replace(there, facts=(*there.facts, *_bounds(n, value)))


def _bounds(n: Variable, value: Expr) -> Iterator[Expr]:
    """What the domain of n says of its value."""
    domain = n.kind.domain
    if domain.lower is not None:
        yield compare("lt" if domain.lower_open else "le", Number(domain.lower), value)
    if domain.upper is not None:
        yield compare("lt" if domain.upper_open else "le", value, Number(domain.upper))
