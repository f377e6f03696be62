"""Equations solved for different names: ``y = σ(x)`` and ``x = log(y/(1-y))`` each imply the other.

Where one says what a real name is, that is put into the other one, which then has to hold whatever the rest
is. What the name may be is known there, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.cells.solving import Solution
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.equality.restricted.on_equations import solved
from symderiv.expression.build import compare, number
from symderiv.expression.kinds import Domain
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import TRUE, Apply, Expr, Variable


def by_implications(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that each of two equations implies the other, where both exist without a condition."""
    if any(unless_known(each, problem.facts) != TRUE for each in (problem.defined_a, problem.defined_b)):
        return None
    there = _implied(problem, problem.a, problem.b, prove)
    back = there and _implied(problem, problem.b, problem.a, prove)
    return joined((*there, *back)).through("each implies the other") if there and back else None


def _implied(problem: Problem, holds: Expr, asked: Expr, prove: Prove) -> list[Proof] | None:
    """Proofs of the parts of a condition wherever another one holds; None where one of them has none."""
    parts = conjuncts(holds)
    equations = [part for part in parts if isinstance(part, Apply) and part.head == "eq"]
    solution = solved(equations[0]) if len(equations) == 1 else None
    if solution is None or not isinstance(solution.unknown, Variable):
        return None
    others = [part for part in parts if part is not equations[0]]
    known = (*problem.facts, *others, *_within(solution.unknown))
    facts = tuple(map(solution.put_in, known))
    found = [_part(replace(problem, facts=facts), part, prove) for part in _put_in(asked, solution)]
    return [proof for proof in found if proof is not None] if None not in found else None


def _put_in(asked: Expr, solution: Solution) -> list[Expr]:
    return [solution.put_in(part) for part in conjuncts(asked)]


def _part(problem: Problem, part: Expr, prove: Prove) -> Proof | None:
    if knowledge(problem.facts).implies(part):
        return Proof("conditions")
    left, right = part.args if isinstance(part, Apply) and part.head == "eq" else (part, TRUE)
    proof = prove(replace(problem, a=left, b=right))
    return proof if proof is not None and proof.live and not proof.exceptions else None


def _within(name: Variable) -> Iterator[Expr]:
    """What the domain of a name says of it."""
    domain: Domain = name.kind.domain
    if domain.lower is not None:
        yield compare("lt" if domain.lower_open else "le", number(domain.lower), name)
    if domain.upper is not None:
        yield compare("lt" if domain.upper_open else "le", name, number(domain.upper))
