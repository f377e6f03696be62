"""Switches inside of sums, where it is known which way they are: ``Σ |x_i| = Σ x_i`` of nonnegative x_i.

A bound name is known to lie in its range. What isn't taken reads no entry that the rest doesn't: that each
entry exists is asked of what stands there.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import range_facts
from symderiv.equality.problem import Problem
from symderiv.equality.prove import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import compare, negative
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, walk

SWITCHES = frozenset(("abs", "max", "min"))

Facts = tuple[Expr, ...]


def by_signs_in_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with those switches written as what they are throughout their sums."""
    return with_sides_rewritten(
        problem, lambda side: _settled(side, problem.facts, inside=False), prove, "signs inside of sums"
    )


def _settled(expr: Expr, facts: Facts, *, inside: bool) -> Expr:
    if Binder not in contents(expr).classes and not inside:
        return expr
    if isinstance(expr, Binder):
        others = (fact for fact in facts if expr.variable not in free_variables(fact))
        facts, inside = (*others, *range_facts(expr)), True
    found = expr.rebuild(tuple(_settled(child, facts, inside=inside) for child in expr.children))
    if inside and isinstance(found, Apply) and found.head in SWITCHES:
        return _taken(found, facts) or found
    return found


def _taken(switch: Apply, facts: Facts) -> Expr | None:
    """What the switch is wherever the facts hold."""
    known = knowledge(facts)
    if switch.head == "abs":
        u = switch.args[0]
        if known.implies(compare("le", ZERO, u)):
            return u
        return negative(u) if known.implies(compare("le", u, ZERO)) else None
    for best in switch.args:
        others = [other for other in switch.args if other is not best]
        pairs = [(other, best) if switch.head == "max" else (best, other) for other in others]
        if _reads(*others) <= _reads(best) and all(known.implies(compare("le", *pair)) for pair in pairs):
            return best
    return None


def _reads(*parts: Expr) -> set[Index]:
    return {node for part in parts for node in walk(part) if isinstance(node, Index)}
