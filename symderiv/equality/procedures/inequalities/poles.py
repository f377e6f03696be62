"""Where a quotient with a norm below has no value: ``aᵀ b / (‖a‖ ‖b‖)`` at a = 0, null at every size."""

from __future__ import annotations

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.procedures.inequalities.totals import Facts, total_of
from symderiv.expression.build import compare
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ZERO, Apply, Expr, Number


def norms_below(problem: Problem) -> tuple[Expr, ...] | None:
    """The sums of squares that both sides need not to be zero, each zero on a null set only.

    ``None`` where they need something else, or what is given may leave nothing but such a set.
    """
    asked = [unless_known(side, problem.facts) for side in (problem.defined_a, problem.defined_b)]
    found = [_norm(part, problem.facts) for side in asked for part in conjuncts(side)]
    norms = tuple(dict.fromkeys(norm for norm in found if norm is not None))
    if None in found or (norms and not all(map(leaves_room, problem.facts))):
        return None
    return norms


def _norm(part: Expr, facts: Facts) -> Expr | None:
    match part:
        case Apply(head="ne", args=(Apply(head="pow", args=(base, Number(value=exponent))), zero)):
            if zero == ZERO and exponent > 0 and _is_rarely_zero(base, facts):
                return base
    return None


def _is_rarely_zero(base: Expr, facts: Facts) -> bool:
    """Is it a sum of at least one square, the first of which is rarely zero?"""
    total = total_of(base)
    if total is None or len(total.indices) != 1:
        return False
    [(lower, upper)] = total.ends
    match total.body:
        case Apply(head="pow", args=(u, Number(value=2))):
            first = substitute(u, {total.indices[0]: lower})
            nonempty = knowledge(facts).implies(compare("le", lower, upper))
            return nonempty and is_zero_set_null(first, ZERO, facts)
    return False
