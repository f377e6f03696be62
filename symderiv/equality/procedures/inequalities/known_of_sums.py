"""Conditions on sums over symbolic ranges, by what is known of all such sums: ``(Σ x)² ≤ n Σ x²``.

The inequalities of Cauchy and Schwarz, of Jensen and the triangle, and those between a sum and its summands
are told of the sums that stand in the problem. What follows from them is asked of linear arithmetic, in which
sums are unknowns.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import apart, range_facts
from symderiv.equality.conditions.signs import NONNEGATIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.claims import said_to_hold
from symderiv.equality.procedures.inequalities.told_of_sums import comparison
from symderiv.equality.procedures.inequalities.totals import Facts, has_sum
from symderiv.equality.proof import Proof
from symderiv.expression.build import add, compare, mul, negative
from symderiv.expression.parts import terms_of
from symderiv.expression.tree import HALF, Apply, Binder, Expr


def by_known_inequalities(problem: Problem) -> Proof | None:
    """A proof that a condition always holds, or never, by inequalities that hold for all such sums."""
    claims = said_to_hold(problem)
    holds = all(_always(claim, problem.facts, problem.deadline) for claim in claims)
    return Proof("inequalities of sums") if claims and holds else None


def _always(claim: Expr, facts: Facts, deadline: float | None) -> bool:
    match claim:
        case Apply(head="lt" | "le" as head, args=(Binder(kind="max") as found, c)):
            most = apart(found, c, *facts)
            return _always(compare(head, most.body, c), (*facts, *range_facts(most)), deadline)
        case Binder(kind="forall"):
            each = apart(claim, *facts)
            return _always(each.body, (*facts, *range_facts(each)), deadline)
        case Apply(head="lt" | "le" as head, args=(Apply(head="abs", args=(u,)), c)):
            either = (compare(head, u, c), compare(head, negative(u), c))
            return all(_always(part, facts, deadline) for part in either)
        case Apply(head="lt" | "le") if any(map(has_sum, (claim, *facts))):
            squared = _squared(claim, facts)
            forms = (claim,) if squared is None else (claim, squared)
            return any(comparison(form, facts, deadline).follows() for form in forms)
    return knowledge(facts).implies(claim)


def _squared(claim: Apply, facts: Facts) -> Expr | None:
    """``√u - s ≤ t`` as ``u ≤ (s + t)²``, where s + t is never negative."""
    low, high = claim.args
    roots = [term for term in terms_of(low) if isinstance(term, Apply) and term.head == "pow"]
    others = [term for term in terms_of(low) if term not in roots]
    if len(roots) != 1 or roots[0].args[1] != HALF:
        return None
    rest = add(high, *map(negative, others))
    if not knowledge(facts).signs(rest) <= NONNEGATIVE:
        return None
    return compare(claim.head, roots[0].args[0], mul(rest, rest))
