"""Inequalities over an integer by induction: ``Σ_{t≤n} 1/t ≤ 1 + log n``, ``2ⁿ ≥ n + 1``.

``g(n) ≥ 0`` for all n from the first on, if so at the first, and ``g(k + 1) ≥ g(k)`` for every real k from
there on: real, for there slopes tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality.cells.lines import affine
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.claims import said_to_hold
from symderiv.equality.procedures.inequalities.totals import has_sum
from symderiv.equality.procedures.sums.claims import least_of
from symderiv.equality.proof import Proof, Prove, joined
from symderiv.expression.build import add, compare, mul, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Number, Variable

MAX_FIRST = 8


def by_growth(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that inequalities hold for all integers, ``prove`` asked of the first and of the steps."""
    claims = said_to_hold(problem)
    proofs = [_proved(claim, problem, prove) for claim in claims]
    found = [proof for proof in proofs if proof is not None]
    return joined(found).through("induction") if found and len(found) == len(proofs) else None


def _proved(claim: Expr, problem: Problem, prove: Prove) -> Proof | None:
    if not (isinstance(claim, Apply) and claim.head in ("lt", "le")):
        return None
    gap = subtract(claim.args[1], claim.args[0])
    if Index in contents(gap).classes:  # there is no entry at a real k
        return None
    for n in sorted(free_variables(gap), key=lambda name: name.name):
        first = least_of(n, problem.facts)
        if first is None or not n.kind.domain.integer or n.kind.shape or abs(first) > MAX_FIRST:
            continue
        always = tuple(fact for fact in problem.facts if n not in free_variables(fact))
        k = Variable("§k", Kind(domain=Domain(lower=Fraction(first))))
        growth = _growth(gap, n, k, first)
        if growth is None:
            continue
        begun = expand(instantiate(claim, {n: Number(first)}))
        asked = (begun, compare("le", ZERO, growth))
        proofs = _all_proved(
            (Problem(each, TRUE, TRUE, TRUE, always, problem.deadline) for each in asked), prove
        )
        if proofs is not None:
            return joined(proofs)
    return None


def _all_proved(asked: Iterator[Problem], prove: Prove) -> list[Proof] | None:
    """The proofs of all, none with exceptions."""
    found: list[Proof] = []
    for each in asked:
        proof = Proof("conditions") if each.a == TRUE else prove(each)
        if proof is None or proof.exceptions or not proof.live:
            return None
        found.append(proof)
    return found


def _growth(gap: Expr, n: Variable, k: Variable, first: int) -> Expr | None:
    """``g(k + 1) - g(k)``; None where a sum that ends at n doesn't stand as a term by itself."""
    found: list[Expr] = []
    for term in terms_of(gap):
        if not has_sum(term):
            found.append(subtract(*(instantiate(term, {n: at}) for at in (add(k, ONE), k))))
            continue
        factors = factors_of(term)
        sums = [factor for factor in factors if has_sum(factor)]
        others = mul(*(factor for factor in factors if not has_sum(factor)))
        added = _added(sums[0], n, k, first) if len(sums) == 1 else None
        if added is None or n in free_variables(others):
            return None
        found.append(mul(others, added))
    return add(*found)


def _added(total: Expr, n: Variable, k: Variable, first: int) -> Expr | None:
    """The summand that a sum up to n + c gains from k to k + 1, where it has one from the first n on."""
    if not (isinstance(total, Binder) and total.kind == "sum" and total.condition == TRUE):
        return None
    if total.lower is None or total.upper is None or has_sum(total.body) or n in free_variables(total.body):
        return None
    low, high = affine(total.lower, n), affine(total.upper, n)
    if low is None or high is None or low[0] != 0 or high[0] != 1 or high[1].denominator != 1:
        return None
    if first + 1 + high[1] < low[1]:
        return None
    return instantiate(total.body, {total.variable: instantiate(total.upper, {n: add(k, ONE)})})
