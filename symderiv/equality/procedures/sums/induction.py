"""Ranges that end at a name by induction: ``Σ_{i≤n} u(i) = t(n)`` if so at the first n, and
``t(k + 1) = t(k) + u(k + 1)`` for every k from there on; products, maxima and minima likewise.

One side is solved for the range; the value may have others, as ``1 - Π_{s≤n}`` has, and a range may grow at
both its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from symderiv.equality.cells.lines import affine
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.claims import (
    exist_alike,
    integer_from,
    least_of,
    reads_at,
    solved_ranges,
)
from symderiv.equality.procedures.sums.failing_steps import over_the_range
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.expression.build import add, mul
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, Number, Variable

MAX_FIRST = 4  # values of n looked at one by one, until the range isn't empty

_JOINED: dict[str, Callable[..., Expr]] = {
    "sum": add,
    "prod": mul,
    "max": lambda *values: Apply("max", values),
    "min": lambda *values: Apply("min", values),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """``range = value`` for n from ``first`` on; from ``last`` on the range grows at each step."""

    range: Binder
    value: Expr
    n: Variable
    first: int
    last: int

    def at(self, k: Expr) -> Expr:
        return instantiate(self.value, {self.n: k})

    def grown(self, k: Expr) -> Expr:
        """The range at k + 1, if the claim holds at k."""
        ends = (self.range.lower, self.range.upper)
        new = (
            instantiate(end, {self.n: add(k, ONE)}) for end in ends if end and self.n in free_variables(end)
        )
        bodies = (instantiate(self.range.body, {self.range.variable: end}) for end in new)
        return _JOINED[self.range.kind](self.at(k), *bodies)


def by_induction(problem: Problem, prove: Prove) -> Proof | None:
    """A proof by induction over the name at which the only range of the two sides ends.

    >>> from symderiv.equality.prove import prove_problem
    >>> from symderiv.expression.build import divide
    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import ZERO, index_variable
    >>> n, i = Variable("n", SIZE), index_variable("i")
    >>> total = Binder("sum", i, i, ZERO, n)
    >>> by_induction(Problem(total, divide(mul(n, add(n, ONE)), Number(2))), prove_problem).by
    'induction, rational functions'
    """
    for claim in _claims(problem):
        proof = _proved(problem, claim, prove)
        if proof is not None:
            return proof
    return None


def _proved(problem: Problem, claim: Claim, prove: Prove) -> Proof | None:
    k = integer_from(claim.last, claim.n, problem)
    always = tuple(fact for fact in problem.facts if claim.n not in free_variables(fact))
    if not exist_alike(problem, claim.n, k, always):
        return None
    step = Problem(claim.at(add(k, ONE)), claim.grown(k), TRUE, TRUE, always, problem.deadline)
    proofs = []
    for stated in (step, *_beginnings(problem, claim)):
        proof = prove(stated)
        if proof is None or not proof.live:
            return None
        proofs.append(proof)
    begun = joined(proofs[1:]).exceptions
    exceptions = over_the_range(claim.range, claim.n, k, proofs[0].exceptions, begun, always)
    return None if exceptions is None else replace(joined(proofs).through("induction"), exceptions=exceptions)


def _beginnings(problem: Problem, claim: Claim) -> Iterator[Problem]:
    """The claim at each n up to the one from which the steps begin, the range written out."""
    for first in range(claim.first, claim.last + 1):
        there = {claim.n: Number(first)}
        written = expand(instantiate(claim.range, there))
        facts = problem.mapped(partial(instantiate, values=there)).facts
        yield Problem(written, expand(claim.at(Number(first))), TRUE, TRUE, facts, problem.deadline)


def _claims(problem: Problem) -> Iterator[Claim]:
    for found, value in solved_ranges(problem):
        for n in sorted(free_variables(found) - free_variables(found.body), key=lambda name: name.name):
            claim = _claim(found, value, n, problem.facts)
            if claim is not None:
                yield claim


def _claim(found: Binder, value: Expr, n: Variable, facts: tuple[Expr, ...]) -> Claim | None:
    if found.lower is None or found.upper is None or not n.kind.domain.integer or n.kind.shape:
        return None
    low, high, first = affine(found.lower, n), affine(found.upper, n), least_of(n, facts)
    if low is None or high is None or first is None or reads_at(value, n):
        return None
    if low[0] not in (0, -1) or high[0] not in (0, 1) or low[0] == high[0]:
        return None
    empty = low[1] - high[1] - (found.kind in ("sum", "prod"))
    last = max(first, ceil(empty / (high[0] - low[0])))
    return Claim(found, value, n, first, last) if last < first + MAX_FIRST else None
