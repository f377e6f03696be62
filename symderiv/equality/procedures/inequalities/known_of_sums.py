"""Conditions on sums over symbolic ranges, by what is known of all such sums: ``(Σ x)² ≤ n Σ x²``.

The inequalities of Cauchy and Schwarz, of Jensen and the triangle, and those between a sum and its summands
are told of the sums that stand in the problem. What follows from them is asked of linear arithmetic, in which
sums are unknowns.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import apart, range_facts
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.claims import said_to_hold
from symderiv.equality.procedures.inequalities.letters_for_parts import holds_in_letters
from symderiv.equality.procedures.inequalities.poles import norms_below
from symderiv.equality.procedures.inequalities.told_of_sums import comparison
from symderiv.equality.procedures.inequalities.totals import Facts, has_sum
from symderiv.equality.proof import Proof
from symderiv.expression.build import add, compare, function, mul, negative, subtract
from symderiv.expression.parts import terms_of
from symderiv.expression.tree import HALF, ZERO, Apply, Binder, Expr


def by_known_inequalities(problem: Problem) -> Proof | None:
    """A proof that a condition always holds, or never, by inequalities that hold for all such sums."""
    norms = norms_below(problem)
    if norms is None:
        return None
    facts = (*problem.facts, *(compare("lt", ZERO, norm) for norm in norms))
    claims = said_to_hold(replace(problem, facts=facts))
    if not claims or not all(_always(claim, facts, problem.deadline) for claim in claims):
        return None
    return Proof("inequalities of sums", tuple(compare("eq", norm, ZERO) for norm in norms))


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
        case Apply(head="lt" | "le" as head, args=(Apply(head="exp", args=(u,)), c)) if _is_positive(
            c, facts
        ):
            return _always(compare(head, u, function("log", c)), facts, deadline)
        case Apply(head="lt" | "le" as head, args=(c, Apply(head="exp", args=(u,)))) if _is_positive(
            c, facts
        ):
            return _always(compare(head, function("log", c), u), facts, deadline)
        case Apply(head="lt" | "le") if any(map(has_sum, (claim, *facts))):
            forms = (claim, _squared(claim, facts), _without_logarithm(claim, facts))
            asked = [comparison(form, facts, deadline) for form in forms if form is not None]
            if any(each.follows() for each in asked):
                return True
            return any(holds_in_letters(form, facts) for form in (claim, asked[0].asked))
    return knowledge(facts).implies(claim)


def _is_positive(c: Expr, facts: Facts) -> bool:
    return knowledge(facts).signs(c) == POSITIVE


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


def _without_logarithm(claim: Apply, facts: Facts) -> Expr | None:
    """``s ≤ t + log u`` as ``e^(s - t) ≤ u``, ``s + log u ≤ t`` as ``u ≤ e^(t - s)``."""
    terms = terms_of(subtract(claim.args[1], claim.args[0]))
    for place, term in enumerate(terms):
        rest = add(*terms[:place], *terms[place + 1 :])
        for is_greater, each in ((True, term), (False, negative(term))):
            match each:
                case Apply(head="log", args=(u,)) if has_sum(u) and knowledge(facts).signs(u) == POSITIVE:
                    sides = function("exp", negative(rest) if is_greater else rest), u
                    return compare(claim.head, *(sides if is_greater else sides[::-1]))
    return None
