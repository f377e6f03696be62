"""Problems whose sides are given by cases, each by itself: what an integral or a limit is may be known there.

``limit((x^a - 1)/a, a, 0) if x > 0 else 0`` asks for the limit where x is positive, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.equality.verdict import EVERYWHERE, Different, Equal, Verdict
from symderiv.expression.affine import is_affine
from symderiv.expression.build import negation
from symderiv.expression.contents import contents
from symderiv.expression.tree import Apply, Cases, Expr, Index, walk

MAX_BRANCHES = 2
COMPARISONS = frozenset(("lt", "le"))
Decided = Callable[[Problem], Verdict]


def in_branches(given: Problem, decided: Decided) -> Verdict | None:
    """Equal if both where a condition holds and where it doesn't; different if on an open set."""
    condition = next(_conditions(given), None)
    if condition is None:
        return None
    found = []
    for case in (condition, negation(condition)):
        verdict = decided(replace(given, facts=(*given.facts, case)))
        if isinstance(verdict, Different) and isinstance(case, Apply) and case.head == "lt":
            return verdict
        if not isinstance(verdict, Equal):
            return None
        found.append(verdict)
    scopes = {verdict.scope for verdict in found} - {EVERYWHERE}
    return None if len(scopes) > 1 else Equal(found[0].by, *scopes)


def _conditions(given: Problem) -> Iterator[Expr]:
    """Comparisons of numbers that cases of the sides ask about and nothing given answers."""
    answered = {*given.facts, *map(negation, given.facts)}
    asked = dict.fromkeys(
        case
        for side in (given.a, given.b)
        for node in walk(side)
        if isinstance(node, Cases)
        for case, _ in node.branches
        if _is_split(case, side)
    )
    if sum(case in answered for case in asked) < MAX_BRANCHES:
        yield from (case for case in asked if case not in answered)


def _is_split(case: Expr, side: Expr) -> bool:
    """Has it a value everywhere, true or false, whatever a sum runs over?"""
    if not isinstance(case, Apply) or case.head not in COMPARISONS or not all(map(is_affine, case.args)):
        return False
    return Index not in contents(case).classes and contents(case).free <= contents(side).free
