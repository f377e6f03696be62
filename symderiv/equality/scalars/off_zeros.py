"""Integrals and limits whose value, or existence, turns where a letter is 0: that is one null set, named.

``∫ exp(-a² t²) dt = √π/|a|`` except where a = 0, ``lim (x + b)/(a x + d) = 1/a`` likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.existence.existence import unsettled
from symderiv.equality.problem import Problem
from symderiv.equality.scope import EXCEPT, scope_of
from symderiv.equality.verdict import EVERYWHERE, Different, Equal, Undecided, Verdict
from symderiv.expression.build import compare
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Variable

MAX_LETTERS = 3


def off_zeros(given: Problem, before: Undecided, decided: Callable[[Problem], Verdict]) -> Verdict:
    """The verdict where a real letter of such a value isn't 0, that being named; else the one before."""
    for letter in list(_letters(given))[:MAX_LETTERS]:
        if given.is_late:
            break
        verdict = decided(replace(given, facts=(*given.facts, compare("ne", letter, ZERO))))
        if isinstance(verdict, Different):
            return verdict
        if isinstance(verdict, Equal):
            scopes = (scope_of((compare("eq", letter, ZERO),)), verdict.scope)
            named = dict.fromkeys(each.removeprefix(EXCEPT) for each in scopes if each != EVERYWHERE)
            return replace(verdict, scope=EXCEPT + " or ".join(named))
    return before


def _letters(given: Problem) -> Iterator[Variable]:
    """The real names of what isn't known to exist that nothing keeps from 0, and nothing binds."""
    asked = (*unsettled(given.defined_a), *unsettled(given.defined_b))
    if not asked or is_condition(given.a) or not all(map(leaves_room, given.facts)):
        return
    known = knowledge(given.facts)
    names = {name for condition in asked for name in free_variables(condition)}
    for name in sorted(names, key=lambda each: each.name):
        kind = name.kind
        if kind.shape or kind.function or kind.domain.integer or name.definition is not None:
            continue
        is_one_number = kind.domain.lower is not None and kind.domain.lower == kind.domain.upper
        if not is_one_number and not known.implies(compare("ne", name, ZERO)):
            yield name
