"""Conditions that state equations between reals: ``x = 1`` and ``x = 2`` fail almost everywhere, and differ.

A null set is what an equation is about, so that it counts; only where a side has no value may null sets be
left out (``x/y = 1`` and ``x = y``, off y = 0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symderiv.equality.conditions.condition import holds
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.said_once import said_once
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.facts import only_integers
from symderiv.equality.given.solved import is_solved
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.refute.crossings import holds_somewhere
from symderiv.equality.scope import scope_of
from symderiv.equality.verdict import (
    ALMOST_EVERYWHERE,
    EVERYWHERE,
    Different,
    Equal,
    Policy,
    Undecided,
    Verdict,
)
from symderiv.expression.build import compare, conjunction, subtract
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Expr

Decided = Callable[[Problem, Policy], Verdict]


def judged(given: Problem, policy: Policy, decided: Decided) -> Verdict:
    """The verdict on a problem, null sets counting where the truth of an equation is asked for."""
    if not (is_condition(given.a) and is_condition(given.b)):
        return decided(given, policy)
    if not (_states_equation(given.a) or _states_equation(given.b)):
        usual = decided(given, policy)
        if not isinstance(usual, Equal) or usual.scope == EVERYWHERE or not _is_rare(given, decided):
            return usual
    strict = decided(given, EVERYWHERE)
    if isinstance(strict, Undecided):
        return _equal_but_for_poles(given, decided) or strict
    if not isinstance(strict, Different) or strict.witness.has_values:
        return strict
    usual = decided(given, policy)
    if not isinstance(usual, Equal):
        return usual if isinstance(usual, Different) else _equal_but_for_poles(given, decided) or usual
    defined, inside = _where_both_exist(given)
    inner = decided(inside, EVERYWHERE)
    if not isinstance(inner, Equal):
        return inner
    if _says_poles(inside, decided):
        return decided(_with_poles(given), EVERYWHERE)
    if not _is_solved_off_poles(given, defined, decided):
        nowhere = decided(replace(inside, b=FALSE), EVERYWHERE)
        if isinstance(nowhere, Equal):  # but for poles they never hold
            return decided(_with_poles(given), EVERYWHERE)
        if not _hold_somewhere(nowhere, given, defined):
            return nowhere
    poles = _poles(defined)
    found = usual if poles is None else Equal(inner.by, scope_of(poles))
    return min(usual, found, key=lambda verdict: verdict.scope.count(" or "))


def neither_holds(given: Problem, verdict: Verdict) -> bool:
    """Is the difference between two conditions that one is false where the other has no value?"""
    if not isinstance(verdict, Different) or not (is_condition(given.a) and is_condition(given.b)):
        return False
    return {verdict.witness.left, verdict.witness.right} == {"false", "undefined"}


def _where_both_exist(given: Problem) -> tuple[tuple[Expr, ...], Problem]:
    """What is said of that, and the problem there."""
    defined = tuple(each for each in (given.defined_a, given.defined_b) if each != TRUE)
    return defined, replace(given, defined_a=TRUE, defined_b=TRUE, facts=(*given.facts, *defined))


def _equal_but_for_poles(given: Problem, decided: Decided) -> Equal | None:
    """Equal off the zeros of denominators: ``tan x = 0`` and ``sin x = 0``; not if they hold nowhere else."""
    defined, inside = _where_both_exist(given)
    poles = _poles(defined)
    if not poles or not _are_null(defined, given, decided):
        return None
    inner = decided(inside, EVERYWHERE)
    if not isinstance(inner, Equal) or _says_poles(inside, decided):
        return None
    if not _is_solved_off_poles(given, defined, decided):
        nowhere = decided(replace(inside, b=FALSE), EVERYWHERE)
        if not _hold_somewhere(nowhere, given, defined):
            return None
    return Equal(inner.by, scope_of(poles))


def _says_poles(inside: Problem, decided: Decided) -> bool:
    """Does an alternative of one side hold nowhere off the poles?

    ``x = 1 or x = 2`` isn't ``(x - 1)(x - 2)/(x - 1) = 0``, though both agree off x = 1.
    """
    ours, others = disjuncts(inside.a), disjuncts(inside.b)
    said = [part for mine, theirs in ((ours, others), (others, ours)) for part in mine if part not in theirs]
    alone = (replace(inside, a=part, b=FALSE) for part in said if len(ours) > 1 or len(others) > 1)
    return any(isinstance(decided(problem, EVERYWHERE), Equal) for problem in alone)


def _is_solved_off_poles(given: Problem, defined: tuple[Expr, ...], decided: Decided) -> bool:
    """Is a side solved for something free, and do both exist but for zeros of denominators?"""
    others = (*defined, *given.facts)
    solved = any(is_solved(side, others) for side in (given.a, given.b))
    return solved and bool(_poles(defined)) and _are_null(defined, given, decided)


def _hold_somewhere(nowhere: Verdict, given: Problem, defined: tuple[Expr, ...]) -> bool:
    """Do the conditions hold at a point where both exist? ``nowhere`` is what was found of the contrary."""
    if isinstance(nowhere, Different):
        return True
    return not given.facts and any(holds_somewhere(side, defined) for side in (given.a, given.b))


def _are_null(defined: tuple[Expr, ...], given: Problem, decided: Decided) -> bool:
    return all(_is_null(part, given, decided) for each in defined for part in conjuncts(each))


def _is_null(part: Expr, given: Problem, decided: Decided) -> bool:
    """Does a denominator vanish on a null set only, that of each entry, where it is said of all?"""
    facts = given.facts
    while isinstance(part, Binder):
        facts, part = facts_inside(part, facts), part.body
    assert isinstance(part, Apply)
    zero = Problem(compare("eq", *part.args), FALSE, TRUE, TRUE, facts, given.deadline)
    return isinstance(decided(zero, ALMOST_EVERYWHERE), Equal)


def _poles(defined: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    """Where a denominator vanishes, should nothing else keep the conditions from having a value."""
    parts = [part for each in defined for part in conjuncts(each)]
    found = tuple(zero for part in parts if (zero := _zero_of(part)) is not None)
    return found if len(found) == len(parts) else None


def _zero_of(part: Expr) -> Expr | None:
    """Where a denominator vanishes, one of many where that is said of all: ``Π y[i] = 0``."""
    match part:
        case Apply(head="ne", args=(u, v)):
            return compare("eq", u, v)
        case Binder(kind="forall", body=body, condition=where):
            match _zero_of(body):
                case Apply(head="eq", args=(u, v)):
                    factors = Binder("prod", subtract(u, v), part.variable, part.lower, part.upper, where)
                    return compare("eq", factors, ZERO)
    return None


def _with_poles(given: Problem) -> Problem:
    """The conditions as failing where a denominator vanishes: ``(x² - 1)/(x - 1) = 2`` has no solution."""
    a, b = conjunction(given.defined_a, given.a), conjunction(given.defined_b, given.b)
    return replace(given, a=a, b=b, defined_a=TRUE, defined_b=TRUE)


def holding(
    a: Expr, b: Expr, defined_a: Expr, defined_b: Expr, facts: tuple[Expr, ...]
) -> tuple[Expr, Expr, Expr, Expr]:
    """Two conditions that fail where they have no value: ``log x > 0`` holds at the same points as ``x > 1``.

    Poles stay apart: on their null sets ``x/y = 1`` and ``x = y`` aren't asked to agree. Where y = 0 is given
    they aren't null.
    """
    defined_a, defined_b = said_once(defined_a), said_once(defined_b)
    region_a, poles_a = _parted(unless_known(defined_a, facts), facts)
    region_b, poles_b = _parted(unless_known(defined_b, facts), facts)
    if region_a == region_b:
        return a, b, defined_a, defined_b
    return conjunction(region_a, a), conjunction(region_b, b), poles_a, poles_b


def _parted(defined: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Expr]:
    """What may fail on more than a null set, and the denominators in real names."""
    parts = conjuncts(defined)
    poles = [part for part in parts if _is_pole(part) and holds(part, facts) is not False]
    return conjunction(*(part for part in parts if part not in poles)), conjunction(*poles)


def _is_pole(part: Expr) -> bool:
    while isinstance(part, Binder) and part.kind == "forall":
        part = part.body
    return isinstance(part, Apply) and part.head == "ne" and not only_integers(part)


def _is_rare(given: Problem, decided: Decided) -> bool:
    """Do both conditions hold, or both fail, on a null set only? ``x <= 0 and x >= 0`` isn't false."""
    always = () if TRUE in (given.a, given.b) else (TRUE,)
    there = (replace(given, b=value, defined_b=given.defined_a) for value in (FALSE, *always))
    return any(isinstance(decided(problem, ALMOST_EVERYWHERE), Equal) for problem in there)


def _states_equation(condition: Expr) -> bool:
    """Whether its truth hangs on an equation between reals.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> [_states_equation(Apply(head, (x, ONE))) for head in ("eq", "le")]
    [True, False]
    """
    match condition:
        case Apply(head="eq" | "ne"):
            return not only_integers(condition)
        case Apply(head="and" | "or" | "not", args=parts):
            return any(map(_states_equation, parts))
        case Binder(kind="forall", body=body):
            return _states_equation(body)
    return False
