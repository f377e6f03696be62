"""Are two conditions equal: do they hold at the same points?

Each must follow from the other under the facts. Over the reals ``x < 0`` and ``x ≤ 0`` are equal almost
everywhere: an equation between reals that is no identity holds on a null set only.
"""

from __future__ import annotations

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.conditions.about import about
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.polynomial import TooLarge, atoms_of, minus, polynomial
from symderiv.equality.conditions.unfolded import unfolded
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE, Policy
from symderiv.expression.build import conjunction, disjunction, negation
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, Index, Variable, transform

BY = "conditions"


def by_conditions(problem: Problem, policy: Policy) -> Proof | None:
    """A proof that two conditions, both defined at the same points, are equal."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    defined, defined_b = (
        unless_known(each, problem.facts) for each in (problem.defined_a, problem.defined_b)
    )
    if defined != defined_b:
        return None
    facts = problem.facts if defined == TRUE else (*problem.facts, defined)
    exceptions = equivalent(problem.a, problem.b, facts, policy=policy)
    return None if exceptions is None else Proof(BY, exceptions)


def equivalent(
    a: Expr, b: Expr, facts: tuple[Expr, ...], *, policy: Policy = ALMOST_EVERYWHERE
) -> tuple[Expr, ...] | None:
    """The equations off which two conditions are proved equal (none: everywhere), or ``None``."""
    a, b = transform(a, unfolded), transform(b, unfolded)
    if _equivalent(a, b, facts):
        return ()
    if policy == EVERYWHERE or not all(map(leaves_room, facts)):
        return None
    borders: dict[Expr, None] = {}
    inside = [_inside(condition, facts, borders) for condition in (a, b)]
    return tuple(borders) if _equivalent(inside[0], inside[1], facts) else None


def unless_known(condition: Expr, facts: tuple[Expr, ...]) -> Expr:
    """The condition without the parts that the facts and the domains of its names imply."""
    if condition == TRUE:
        return TRUE
    parts = conjuncts(condition)
    return conjunction(*(part for part in parts if not _is_known(part, facts)))


def _is_known(part: Expr, facts: tuple[Expr, ...]) -> bool:
    if knowledge(facts).implies(part):
        return True
    near, plain = about(part, facts), transform(part, unfolded)
    return (len(near) < len(facts) or plain != part) and knowledge(near).implies(plain)


def _equivalent(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> bool:
    return _implies(a, b, facts) and _implies(b, a, facts)


def _implies(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> bool:
    """Each alternative of ``a`` implies ``b``."""
    cases = disjuncts(a)
    return all(case == FALSE or knowledge((*facts, case)).implies(b) for case in cases)


def _inside(condition: Expr, facts: tuple[Expr, ...], borders: dict[Expr, None]) -> Expr:
    """The condition up to a null set: real equations fail, ``≤`` becomes ``<``; their borders are noted."""
    if not isinstance(condition, Apply):
        return condition
    match condition.head:
        case "and":
            return conjunction(*(_inside(part, facts, borders) for part in condition.args))
        case "or":
            return disjunction(*(_inside(part, facts, borders) for part in condition.args))
        case "not":
            return negation(_inside(condition.args[0], facts, borders))
        case "le" | "eq" | "ne" if _vanishes_on_null_set(condition, facts):
            borders[Apply("eq", condition.args)] = None
            return {"le": Apply("lt", condition.args), "eq": FALSE, "ne": TRUE}[condition.head]
    return condition


def _vanishes_on_null_set(condition: Apply, facts: tuple[Expr, ...]) -> bool:
    """Whether the two sides differ by a polynomial, not constant, in real names that are free to move."""
    left, right = condition.args
    try:
        atoms = atoms_of((minus(polynomial(left), polynomial(right)),))
    except TooLarge:
        return False
    return all(map(_is_name, atoms)) and is_zero_set_null(left, right, facts)


def _is_name(base: Expr) -> bool:
    name = base.base if isinstance(base, Index) else base
    return isinstance(name, Variable) and (
        name.kind.domain.lower is None or name.kind.domain.lower != name.kind.domain.upper
    )
