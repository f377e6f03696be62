"""Sums of hypergeometric terms by a recurrence that both sides fulfil: ``Σ k C(n, k)² = n C(2n, n)/2``.

    Σⱼ aⱼ(n) F(n + j, k) = G(n, k + 1) − G(n, k)

summed from L to U(n) - 1, where nothing in it is at a pole, leaves the values at the ends, and those
F(n + j, k) that come after. What is claimed of the sum is equal to it if it fulfils the same recurrence,
whose last coefficient is never 0, and the first values agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from math import ceil

from symderiv.equality.cells.lines import affine
from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.claims import (
    exist_alike,
    integer_from,
    least_of,
    reads_at,
    solved_ranges,
)
from symderiv.equality.procedures.sums.hypergeometric.ratios import Poly, Ring
from symderiv.equality.procedures.sums.hypergeometric.recurrence import Recurrence, recurrence
from symderiv.equality.procedures.sums.hypergeometric.terms import Term, is_regular, quotient, read_term
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.expression.build import add, compare, mul, number
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Binder, Expr, Number, Variable

ORDERS = (1, 2)
LATER = (0, 1)  # ``n a(n + 1) = …`` says nothing of n = 0
MAX_FIRST, MAX_SLOPE = 4, 2


@dataclass(frozen=True, slots=True)
class Claim:
    """``Σ_{k=L}^{U(n)} F(n, k) = value(n)`` for n from ``first`` on; from ``last`` on L ≤ U(n)."""

    sum: Binder
    value: Expr
    n: Variable
    first: int
    last: int
    slope: int

    def end(self, n: Expr) -> Expr:
        assert self.sum.upper is not None
        return instantiate(self.sum.upper, {self.n: n})


def by_creative_telescoping(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that one side, solved for a sum, fulfils the recurrence of that sum, and begins as it does."""
    for claim in _claims(problem):
        for order, later in product(ORDERS, LATER):
            proof = _proved(problem, replace(claim, last=claim.last + later), order, prove)
            if proof is not None:
                return proof
    return None


def _claims(problem: Problem) -> Iterator[Claim]:
    for found, value in solved_ranges(problem):
        if found.kind == "sum":
            for n in sorted(free_variables(found.body) & free_variables(found), key=lambda name: name.name):
                claim = _claim(found, value, n, problem.facts)
                if claim is not None:
                    yield claim


def _claim(found: Binder, value: Expr, n: Variable, facts: tuple[Expr, ...]) -> Claim | None:
    if found.lower is None or found.upper is None or not n.kind.domain.integer or n.kind.shape:
        return None
    low, high, first = affine(found.lower, n), affine(found.upper, n), least_of(n, facts)
    if low is None or high is None or first is None or reads_at(value, n):
        return None
    if low[0] or high[0] not in range(MAX_SLOPE + 1):
        return None
    gap = low[1] - high[1]
    if not high[0] and gap > 0:
        return None
    last = max(first, ceil(gap / high[0])) if high[0] else first
    return Claim(found, value, n, first, last, int(high[0])) if last < first + MAX_FIRST else None


def _proved(problem: Problem, claim: Claim, order: int, prove: Prove) -> Proof | None:
    m = integer_from(claim.last, claim.n, problem)
    always = tuple(fact for fact in problem.facts if claim.n not in free_variables(fact))
    step = _step(claim, m, order, always) if exist_alike(problem, claim.n, m, always) else None
    if step is None:
        return None
    proofs = []
    stated = Problem(*step, TRUE, TRUE, always, problem.deadline)
    for each in (stated, *_beginnings(problem, claim, order)):
        proof = prove(each)
        if proof is None or not proof.live or any(m in free_variables(e) for e in proof.exceptions):
            return None
        proofs.append(proof)
    return joined(proofs).through("creative telescoping")


def _beginnings(problem: Problem, claim: Claim, order: int) -> Iterator[Problem]:
    """The claim at each n up to those with which the recurrence begins, the sum written out."""
    for first in range(claim.first, claim.last + order):
        there = {claim.n: Number(first)}
        written = expand(instantiate(claim.sum, there))
        value = expand(instantiate(claim.value, there))
        facts = problem.mapped(partial(instantiate, values=there)).facts
        yield Problem(written, value, TRUE, TRUE, facts, problem.deadline)


def _step(claim: Claim, m: Variable, order: int, always: tuple[Expr, ...]) -> tuple[Expr, Expr] | None:
    """What is claimed, put into the recurrence, and what the recurrence says that it is."""
    k, lower, upper = claim.sum.variable, claim.sum.lower, claim.end(m)
    assert lower is not None
    known = knowledge((*always, compare("le", lower, k), compare("le", k, upper)))
    term = read_term(instantiate(claim.sum.body, {claim.n: m}), m, k, known)
    if term is None or not is_regular(term, m, k, order, known):
        return None
    arguments = [each for part in term.parts for each in (part.argument, part.base) if each is not None]
    found = recurrence(Ring(m, k, (term.rational, *arguments)), term, order)
    if found is None or not all(_is_never_zero(found.ring, pole, known) for pole in found.poles):
        return None
    if not _is_never_zero(found.ring, found.coefficients[-1], known):
        return None
    coefficients = [found.ring.written(a) for a in found.coefficients]
    claimed = [
        mul(a, instantiate(claim.value, {claim.n: add(m, number(j))})) for j, a in enumerate(coefficients)
    ]
    beyond = (
        mul(a, term.at(m, add(m, number(j)), k, add(upper, number(i))))
        for j, a in enumerate(coefficients)
        for i in range(claim.slope * j + 1)
    )
    last, first = (_telescoped(found, term, m, k, at) for at in (upper, lower))
    return add(*claimed), add(last, mul(Number(-1), first), *beyond)


def _telescoped(found: Recurrence, term: Term, m: Variable, k: Variable, at: Expr) -> Expr:
    """G(m, k)."""
    return mul(quotient(found.ring, found.certificate, m, m, k, at), term.others_at(m, m, k, at))


def _is_never_zero(ring: Ring, poly: Poly, known: Knowledge) -> bool:
    """Has each factor a sign under the facts?"""
    return all(0 not in known.signs(ring.written(factor)) for factor, _ in poly.factor()[1])
