"""Ranges that end at a name by induction: ``Σ_{i≤n} u(i) = t(n)`` if so at the first n, and
``t(k + 1) = t(k) + u(k + 1)`` for every k from there on; products, maxima and minima likewise.

One side is solved for the range; the value may have others, as ``1 - Π_{s≤n}`` has, and a range may grow at
both its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import ceil, floor

from symderiv.equality.cells.lines import affine
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.expression.build import add, divide, mul, subtract
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, Index, Number, Variable, walk

MAX_RANGES = 3
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
    k = _next_of(claim, problem)
    always = tuple(fact for fact in problem.facts if claim.n not in free_variables(fact))
    if not _exist_alike(problem, claim, k, always):
        return None
    step = Problem(claim.at(add(k, ONE)), claim.grown(k), TRUE, TRUE, always, problem.deadline)
    proofs = []
    for stated in (step, *_beginnings(problem, claim)):
        proof = prove(stated)
        if proof is None or not proof.live or any(k in free_variables(e) for e in proof.exceptions):
            return None
        proofs.append(proof)
    return joined(proofs).through("induction")


def _next_of(claim: Claim, problem: Problem) -> Variable:
    """Any integer from the last of the first ones on."""
    taken = {name.name for side in (problem.a, problem.b, *problem.facts) for name in free_variables(side)}
    domain = Domain(integer=True, lower=Fraction(claim.last))
    return Variable(fresh(f"{claim.n.name}_0", taken), Kind(domain=domain))


def _beginnings(problem: Problem, claim: Claim) -> Iterator[Problem]:
    """The claim at each n up to the one from which the steps begin, the range written out."""
    for first in range(claim.first, claim.last + 1):
        there = {claim.n: Number(first)}
        written = expand(instantiate(claim.range, there))
        facts = problem.mapped(partial(instantiate, values=there)).facts
        yield Problem(written, expand(claim.at(Number(first))), TRUE, TRUE, facts, problem.deadline)


def _exist_alike(problem: Problem, claim: Claim, k: Variable, always: tuple[Expr, ...]) -> bool:
    """Do both sides exist at the same points, and the value at each k wherever it does at n?

    What asks for more than a fact about every k says must not speak of n.
    """
    a, b = (unless_known(side, problem.facts) for side in (problem.defined_a, problem.defined_b))
    if a != b:
        return False
    asked = (part for side in (problem.defined_a, problem.defined_b) for part in parts((side,)))
    speaking = [part for part in asked if claim.n in free_variables(part)]
    known = knowledge(always)
    return all(known.implies(instantiate(part, {claim.n: k})) for part in speaking)


def _claims(problem: Problem) -> Iterator[Claim]:
    for side, other in ((problem.a, problem.b), (problem.b, problem.a)):
        for found in list(dict.fromkeys(_outermost(side)))[:MAX_RANGES]:
            value = _solved(side, other, found, problem.facts)
            if value is None or found in set(walk(value)) or found.condition != TRUE:
                continue
            for n in sorted(free_variables(found) - free_variables(found.body), key=lambda name: name.name):
                claim = _claim(found, value, n, problem.facts)
                if claim is not None:
                    yield claim


def _outermost(side: Expr) -> Iterator[Binder]:
    """The ranges that stand in no other one."""
    if isinstance(side, Binder):
        if side.kind in _JOINED:
            yield side
        return
    for child in side.children:
        yield from _outermost(child)


def _solved(side: Expr, other: Expr, found: Binder, facts: tuple[Expr, ...]) -> Expr | None:
    """The value of the range where ``side = other``; None where it isn't one term, or one factor."""
    if side == found:
        return other
    if not isinstance(side, Apply) or side.head not in ("add", "mul"):
        return None
    inside = [arg for arg in side.args if found in set(walk(arg))]
    rest = [arg for arg in side.args if arg not in inside]
    if len(inside) != 1 or len(rest) != len(side.args) - 1:
        return None
    if side.head == "add":
        return _solved(inside[0], subtract(other, add(*rest)), found, facts)
    if not knowledge(facts).implies(Apply("ne", (mul(*rest), Number(0)))):
        return None
    return _solved(inside[0], divide(other, mul(*rest)), found, facts)


def _claim(found: Binder, value: Expr, n: Variable, facts: tuple[Expr, ...]) -> Claim | None:
    if found.lower is None or found.upper is None or not n.kind.domain.integer or n.kind.shape:
        return None
    low, high, first = affine(found.lower, n), affine(found.upper, n), _least(n, facts)
    if low is None or high is None or first is None or _reads_at(value, n):
        return None
    if low[0] not in (0, -1) or high[0] not in (0, 1) or low[0] == high[0]:
        return None
    empty = low[1] - high[1] - (found.kind in ("sum", "prod"))
    last = max(first, ceil(empty / (high[0] - low[0])))
    return Claim(found, value, n, first, last) if last < first + MAX_FIRST else None


def _reads_at(value: Expr, n: Variable) -> bool:
    """Does it hold what may have no value at a smaller n, though it has one at n: an entry, a limit?"""
    return any(_may_fail(node) and n in free_variables(node) for node in walk(value))


def _may_fail(node: Expr) -> bool:
    return isinstance(node, Index) or (isinstance(node, Apply) and node.head == "limit")


def _least(n: Variable, facts: tuple[Expr, ...]) -> int | None:
    """The least integer that the domain of n and the facts about it alone allow."""
    domain = n.kind.domain
    ends = [] if domain.lower is None else [_from(domain.lower, domain.lower_open)]
    for fact in parts(facts):
        if fact.head in ("le", "lt") and fact.args[1] == n and isinstance(fact.args[0], Number):
            ends.append(_from(Fraction(fact.args[0].value), fact.head == "lt"))
    return max(ends, default=None)


def _from(end: Fraction, is_open: bool) -> int:
    return floor(end) + 1 if is_open else ceil(end)
