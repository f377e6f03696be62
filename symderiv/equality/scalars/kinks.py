"""Sides that are derivatives, at their kinks: what isn't known to exist there is no difference.

Almost everywhere kinks don't count, so that the plain condition is asked, unless a name is fixed on one.
Where every point counts, two sides are equal only where nothing unknown is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.equality.verdict import EVERYWHERE, Different, Equal, Policy, Undecided, Verdict, Witness
from symderiv.expression.kink_conditions import answered, is_unknown, off_kinks, speaks_of_kinks, with_kinks
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Expr

Decided = Callable[[Problem, Policy], Verdict]
Searched = Callable[[Problem, Policy], Witness | None]

OPEN = Undecided(("kinks",), "whether a derivative exists at some kinks is open")


def at_kinks(given: Problem, policy: Policy, decided: Decided, searched: Searched) -> Verdict:
    """The verdict on a problem whose conditions may speak of kinks."""
    if not (speaks_of_kinks(given.defined_a) or speaks_of_kinks(given.defined_b)):
        return decided(given, policy)
    policy = EVERYWHERE if _is_one_point(given) else policy
    whole = _asked(given, with_kinks)
    if policy == EVERYWHERE and not (is_unknown(whole.defined_a) or is_unknown(whole.defined_b)):
        return decided(whole, policy)
    surely = _surely if policy == EVERYWHERE else off_kinks
    verdict = decided(_asked(given, surely), policy)
    if isinstance(verdict, Undecided) or (isinstance(verdict, Different) and verdict.witness.has_values):
        return verdict
    if isinstance(verdict, Equal) and (policy != EVERYWHERE or _leaves_nothing_open(given, decided)):
        return verdict
    witness = searched(whole, policy)
    return OPEN if witness is None else Different("an exact point", witness)


def _is_one_point(given: Problem) -> bool:
    """Whether only integers are free: numbers are given for all the rest, and a kink is no null set there."""
    sides = (given.a, given.b, given.defined_a, given.defined_b)
    return all(name.kind.domain.integer for side in sides for name in free_variables(side))


def _leaves_nothing_open(given: Problem, decided: Decided) -> bool:
    """Whether each side exists at the same points, whatever the truth of what is unknown."""
    for defined in (given.defined_a, given.defined_b):
        off, on = _surely(defined), answered(defined, True)
        alike = replace(given, a=ZERO, b=ZERO, defined_a=off, defined_b=on)
        if off != on and not isinstance(decided(alike, EVERYWHERE), Equal):
            return False
    return True


def _surely(condition: Expr) -> Expr:
    return answered(condition, False)


def _asked(given: Problem, form: Callable[[Expr], Expr]) -> Problem:
    return replace(given, defined_a=form(given.defined_a), defined_b=form(given.defined_b))
