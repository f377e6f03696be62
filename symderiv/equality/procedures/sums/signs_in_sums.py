"""Switches inside of sums, where it is known which way they are: ``Σ |x_i| = Σ x_i`` of nonnegative x_i.

Outside of sums the sign cells see to them. A bound name is known to lie in its range, and what is given for
all values of an index holds of one that runs over the same.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import range_facts, silent_on
from symderiv.equality.given.throughout import said_along
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import compare, negative
from symderiv.expression.contents import contents
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Binder, Expr, Index, Variable, walk

SWITCHES = frozenset(("abs", "max", "min", "sign"))

Facts = tuple[Expr, ...]


def by_signs_in_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with those switches written as what they are throughout their sums."""
    return with_sides_rewritten(
        problem, lambda side: _outside(side, problem.facts), prove, "signs inside of sums"
    )


def _outside(expr: Expr, facts: Facts) -> Expr:
    """The expression with its sums rewritten."""
    if Binder not in contents(expr).classes:
        return expr
    if isinstance(expr, Binder):
        return _inside(expr, facts)
    return expr.rebuild(tuple([_outside(child, facts) for child in expr.children]))


def _inside(expr: Expr, facts: Facts) -> Expr:
    """What stands under the indices of sums, of whose ranges the last facts tell."""
    if isinstance(expr, Binder):
        others = silent_on(facts, expr.variable)
        here = (*others, *range_facts(expr), *said_along(expr, others))
        return expr.rebuild((_inside(expr.body, here), *expr.children[1:]))
    found = expr.rebuild(tuple([_inside(child, facts) for child in expr.children]))
    if isinstance(found, Apply) and found.head in SWITCHES:
        return _taken(found, knowledge(facts)) or found
    return found


def _taken(switch: Apply, known: Knowledge) -> Expr | None:
    """What the switch is wherever the facts hold."""
    first = switch.args[0]
    match switch.head:
        case "abs":
            if known.implies(compare("le", ZERO, first)):
                return first
            return negative(first) if known.implies(compare("le", first, ZERO)) else None
        case "sign":
            if not _exist(_reads(first), known):
                return None
            if known.implies(compare("lt", ZERO, first)):
                return ONE
            return MINUS_ONE if known.implies(compare("lt", first, ZERO)) else None
    return next((best for best in switch.args if _takes_all(best, switch, known)), None)


def _takes_all(best: Expr, switch: Apply, known: Knowledge) -> bool:
    """Is it the greatest argument of a maximum, the least of a minimum, whose others surely exist?"""
    others = [other for other in switch.args if other is not best]
    pairs = [(other, best) if switch.head == "max" else (best, other) for other in others]
    left_out = _reads(*others) - _reads(best)
    return all(known.implies(compare("le", *pair)) for pair in pairs) and _exist(left_out, known)


def _exist(reads: set[Index], known: Knowledge) -> bool:
    """Is each surely an entry of its array?"""
    return all(
        size is not None
        and known.implies(compare("le", ZERO, index))
        and known.implies(compare("lt", index, size))
        for read in reads
        for index, size in zip(read.indices, _shape(read), strict=True)
    )


def _shape(read: Index) -> tuple[Expr | None, ...]:
    return read.base.kind.shape if isinstance(read.base, Variable) else (None,) * len(read.indices)


def _reads(*parts: Expr) -> set[Index]:
    return {node for part in parts for node in walk(part) if isinstance(node, Index)}
