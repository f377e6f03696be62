"""Parts of conditions that what is given settles: of a positive p ``p = -2 or u = v`` says just ``u = v``."""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import conjunction, disjunction, negation
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr


def by_settled_parts(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions without what surely holds, or fails, where the facts do."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    known = knowledge(problem.facts)
    return with_sides_rewritten(problem, lambda side: _settled(side, known), prove, "what is given")


def _settled(condition: Expr, known: Knowledge) -> Expr:
    match condition:
        case Apply(head="and", args=parts):
            return conjunction(*(_settled(part, known) for part in parts))
        case Apply(head="or", args=parts):
            return disjunction(*(_settled(part, known) for part in parts))
        case Apply(head="not", args=(part,)):
            return negation(_settled(part, known))
    if known.implies(condition):
        return TRUE
    return FALSE if known.implies(negation(condition)) else condition
