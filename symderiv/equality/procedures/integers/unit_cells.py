"""Integer parts of a real variable: x = Dm + t, and between two jumps in t each ``⌊px + q⌋`` is ``pDm + k``.

With D the common denominator of the p, m an integer and 0 ≤ t < D. The jumps lie on the countable set of the
x at which some px + q is whole: what isn't proved there is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

from symderiv.equality.cells.lines import Line, affine
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.equality.scope import is_whole
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.expression.build import add, compare, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import INTEGER, Domain, Kind
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Number, Variable

MAX_CELLS = 24


def by_unit_cells(problem: Problem, policy: Policy, prove: Prove) -> Proof | None:
    """A proof between the jumps of the integer parts of one real variable."""
    for x, lines in _stepping(problem):
        proof = _Units(problem, x, lines, policy, prove).proof()
        if proof is not None:
            return proof
    return None


def without_integers(condition: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, tuple[Expr, ...]]:
    """The condition without "… or u isn't whole", which holds for almost all x where u is affine in x."""
    parts = conjuncts(condition)
    kept, exceptions = [], []
    for part in parts:
        whole = _not_whole(part) if all(map(leaves_room, facts)) else None
        if whole is None or knowledge(facts).implies(part):
            kept.append(part)
        else:
            exceptions.append(whole)
    if not exceptions:
        return condition, ()
    left = Apply("and", tuple(kept)) if len(kept) > 1 else kept[0] if kept else TRUE
    return left, tuple(exceptions)


def _not_whole(condition: Expr) -> Expr | None:
    """The equation ``⌊u⌋ = u`` off which the condition holds."""
    cases = disjuncts(condition)
    for case in cases:
        match case:
            case Apply(head="ne", args=(Apply(head="floor", args=(u,)), v)) if u == v:
                moving = [x for x in free_variables(u) if _is_real(x) and _line(u, x) is not None]
                if moving:
                    return is_whole(u)
    return None


def _is_real(x: Variable) -> bool:
    domain = x.kind.domain
    still = domain.lower is not None and domain.lower == domain.upper
    return not (x.kind.shape or x.kind.function or domain.integer or x.kind.index or still)


def _stepping(problem: Problem) -> Iterator[tuple[Variable, dict[Apply, Line]]]:
    """Each real variable that stands under innermost integer parts in the form px + q only."""
    found = dict.fromkeys(node for side in problem.sides for node in _floors(side))
    floors = [node for node in found if not any(_floors(node.args[0]))]
    names = {v for node in floors for v in free_variables(node)}
    for x in sorted(names, key=lambda v: v.name):
        lines = {node: _line(node.args[0], x) for node in floors if x in free_variables(node)}
        known = {node: line for node, line in lines.items() if line is not None}
        if _is_real(x) and len(known) == len(lines):
            yield x, known


def _floors(expr: Expr) -> Iterator[Apply]:
    if isinstance(expr, Apply) and expr.head == "floor":
        yield expr
    if not isinstance(expr, Binder):
        for child in expr.children:
            yield from _floors(child)


def _line(u: Expr, x: Variable) -> Line | None:
    """p ≠ 0 and q of ``u = p x + q``."""
    found = affine(u, x)
    return found if found is not None and found[0] else None


class _Units:
    """One variable, cell by cell and jump by jump."""

    def __init__(
        self, problem: Problem, x: Variable, lines: dict[Apply, Line], policy: Policy, prove: Prove
    ) -> None:
        self.problem, self.x, self.lines, self.policy, self.prove = problem, x, lines, policy, prove
        self.period = Fraction(lcm(*(p.denominator for p, _ in lines.values())))
        self.taken = {v.name for side in problem.expressions for v in free_variables(side)}
        self.m = Variable(fresh(f"{x.name}_0", self.taken), Kind(domain=INTEGER))
        self.exceptions: dict[Expr, None] = {}
        self.proofs: list[Proof] = []

    def proof(self) -> Proof | None:
        jumps = self._jumps()
        if len(jumps) > MAX_CELLS:
            return None
        ends = [*jumps, jumps[0] + self.period]
        if not all(self._at(jump) for jump in jumps):
            return None
        if not all(self._between(low, high) for low, high in pairwise(ends)):
            return None
        return joined(self.proofs).through("integer parts", self.exceptions)

    def _jumps(self) -> list[Fraction]:
        """Where a ``px + q`` is whole, within one period from 0."""
        found = {Fraction(0)}
        for p, q in self.lines.values():
            low, high = sorted((q, p * self.period + q))
            found.update((k - q) / p for k in range(ceil(low), floor(high) + 1))
        return sorted(t for t in found if 0 <= t < self.period)

    def _between(self, low: Fraction, high: Fraction) -> bool:
        kind = Kind(domain=Domain(lower=low, lower_open=True, upper=high, upper_open=True))
        t = Variable(fresh(f"{self.x.name}_1", self.taken), kind)
        return self._proved((low + high) / 2, t)

    def _at(self, jump: Fraction) -> bool:
        """Both sides agree at the jump, or it is named as a place where they needn't."""
        if self._proved(jump, Number(jump)):
            return True
        if self.policy != ALMOST_EVERYWHERE or not all(map(leaves_room, self.problem.facts)):
            return False
        count = mul(Number(1 / self.period), add(self.x, Number(-jump)))
        self.exceptions[is_whole(count)] = None
        return True

    def _proved(self, sample: Fraction, t: Expr) -> bool:
        """The sides change places where need be: which signs are asked for first may matter."""
        there = self._problem(sample, t)
        turned = replace(there, a=there.b, b=there.a, defined_a=there.defined_b, defined_b=there.defined_a)
        return self._noted(self.prove(there), t) or self._noted(self.prove(turned), t)

    def _noted(self, proof: Proof | None, t: Expr) -> bool:
        """Take over what a proof says; its exceptions must be in the other names."""
        if proof is None:
            return False
        if any(v in (self.m, t) for equation in proof.exceptions for v in free_variables(equation)):
            return False
        self.proofs.append(proof)
        return True

    def _problem(self, sample: Fraction, t: Expr) -> Problem:
        """The problem for x = Dm + t, each integer part the one that it is at t = sample."""
        whole: dict[Expr, Expr] = {
            node: add(mul(Number(p * self.period), self.m), Number(floor(p * sample + q)))
            for node, (p, q) in self.lines.items()
        }
        value = add(mul(Number(self.period), self.m), t)

        def put_in(expr: Expr) -> Expr:
            return instantiate(substitute(expr, whole), {self.x: value})

        stated = self.problem.mapped(put_in)
        facts = (*stated.facts, *_within(value, self.x.kind.domain))
        return Problem(stated.a, stated.b, stated.defined_a, stated.defined_b, facts, self.problem.deadline)


def _within(value: Expr, domain: Domain) -> Iterator[Expr]:
    """The bounds that the variable's domain gives."""
    if domain.lower is not None:
        yield compare("lt" if domain.lower_open else "le", Number(domain.lower), value)
    if domain.upper is not None:
        yield compare("lt" if domain.upper_open else "le", value, Number(domain.upper))
