"""Inequalities in several letters: ``g ≥ 0`` where g is smallest, in one of them, at a place with g ≥ 0.

``p log(p/q) + (1 - p) log((1 - p)/(1 - q)) ≥ 0``: in q it falls up to p, rises from there, and is 0 at p. The
place may be another letter, a number, or what makes a factor of the slope zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import NEGATIVE, POSITIVE
from symderiv.equality.facts import narrowed
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.inequalities import smooth_slope
from symderiv.equality.procedures.conditions.switches import first_switch, switch_cells
from symderiv.equality.procedures.inequalities.claims import said_to_hold
from symderiv.equality.procedures.inequalities.signs_of_slopes import factored, is_nonnegative
from symderiv.equality.proof import Proof
from symderiv.expression.build import compare, divide, function, mul, negative, number, subtract
from symderiv.expression.contents import contents
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Index,
    Number,
    Variable,
)

Facts = tuple[Expr, ...]
MAX_LETTERS = 4
MAX_SWITCHES = 4
MAX_PLACES = 6
_INNER = Variable("§inner")


def by_several_letters(problem: Problem) -> Proof | None:
    """A proof that a condition on several real names always holds, or never."""
    claims = said_to_hold(problem)
    holds = all(holds_in_several(claim, problem.facts) for claim in claims)
    return Proof("signs of derivatives") if claims and holds else None


def holds_in_several(claim: Expr, facts: Facts) -> bool:
    """A proof of ``u ≤ v``, on several real names."""
    kinds = _kinds_said(claim, facts)
    if kinds:
        claim, *facts_said = (substitute(part, kinds) for part in (claim, *facts))
        facts = tuple(facts_said)
    return _holds(claim, facts, MAX_SWITCHES)


def _kinds_said(claim: Expr, facts: Facts) -> dict[Expr, Expr]:
    """Each name as a real one that lies where the facts say: a logarithm of it is smooth there."""
    letters = [name for name in free_variables(claim) if _is_number(name)]
    said: dict[Expr, Variable] = {
        name: Variable(name.name, Kind(domain=_reals(narrowed(name, facts)))) for name in letters
    }
    gap = substitute(subtract(*claim.children), dict(said)) if len(claim.children) == 2 else claim
    return {name: _with_ends(letter, gap) for name, letter in said.items()}


def _reals(domain: Domain) -> Domain:
    """All numbers between the ends: what holds of them holds of the integers there."""
    return Domain(
        lower=domain.lower,
        upper=domain.upper,
        lower_open=domain.lower_open and not domain.integer,
        upper_open=domain.upper_open and not domain.integer,
    )


def _with_ends(letter: Variable, gap: Expr) -> Variable:
    """The name with those ends of its range at which the claim is still smooth: it may be least there."""
    for at_lower in (True, False):
        domain = letter.kind.domain
        ends = replace(domain, lower_open=False) if at_lower else replace(domain, upper_open=False)
        closed = Variable(letter.name, Kind(domain=ends))
        if closed != letter and smooth_slope(substitute(gap, {letter: closed}), closed) is not None:
            gap, letter = substitute(gap, {letter: closed}), closed
    return letter


def _holds(claim: Expr, facts: Facts, switches: int) -> bool:
    """``u ≤ v``, cell by cell where absolute values, maxima and minima stand in it."""
    if not (isinstance(claim, Apply) and claim.head == "le"):
        return False
    switch = first_switch(claim)
    if switch is None:
        forms = (claim.args, _logarithms(claim.args, facts))
        return any(form is not None and is_surely_nonnegative(subtract(*form[::-1]), facts) for form in forms)
    return switches > 0 and all(
        _holds(substitute(claim, {switch: value}), (*facts, *cell), switches - 1)
        for cell, value in switch_cells(switch)
    )


def _logarithms(sides: tuple[Expr, ...], facts: Facts) -> tuple[Expr, ...] | None:
    """The logarithms of two powers of what is positive, ``(1 - e)^m ≤ e^(-e m)``."""
    known = knowledge(facts)
    found = [said for side in sides if (said := _logarithm(side, known)) is not None]
    return tuple(found) if len(found) == len(sides) else None


def _logarithm(side: Expr, known: Knowledge) -> Expr | None:
    match side:
        case Apply(head="exp", args=(u,)):
            return u
        case Apply(head="pow", args=(base, exponent)) if not isinstance(exponent, Number):
            return mul(exponent, function("log", base)) if known.signs(base) == POSITIVE else None
    return None


def is_surely_nonnegative(g: Expr, facts: Facts) -> bool:
    if is_nonnegative(g, knowledge(facts)):
        return True
    if not contents(g).classes.isdisjoint((Binder, Call, Cases, Index)):
        return False
    letters = sorted(free_variables(g), key=lambda each: each.name)
    if not 0 < len(letters) <= MAX_LETTERS or not all(map(_is_real, letters)):
        return False
    return any(_is_least_somewhere(g, t, facts) for t in letters)


def _is_number(letter: Variable) -> bool:
    return not (letter.kind.shape or letter.kind.function or letter.kind.index)


def _is_real(letter: Variable) -> bool:
    kind = letter.kind
    return not (kind.shape or kind.function or kind.index or kind.domain.integer)


def _is_least_somewhere(g: Expr, t: Variable, facts: Facts) -> bool:
    """Does g fall up to a place at which it isn't negative, and rise from there?"""
    rise = smooth_slope(g, t)
    if rise is None:
        return False
    others = tuple(fact for fact in facts if t not in free_variables(fact))
    lines = tuple(fact for fact in facts if t in free_variables(fact) and _is_line(fact, t))
    for place in list(dict.fromkeys(_places(g, rise, t, (*others, *lines))))[:MAX_PLACES]:
        if not _is_reached(place, t, others, lines):
            continue
        given = (*others, *lines)
        above, below = _beside(place, t, rise, given)
        if _rises(rise, place, t, given, above) and _rises(negative(rise), t, place, given, below):
            lowest = substitute(g, {t: place})
            return is_zero(lowest) or is_surely_nonnegative(lowest, others)
    return False


def _rises(rise: Expr, low: Expr, high: Expr, given: Facts, beside: Facts) -> bool:
    """Is a slope at least 0 where low is less than high, or is there no such place?"""
    if knowledge(given).implies(compare("le", high, low)):
        return True
    return is_nonnegative(rise, knowledge((*given, compare("lt", low, high), *beside)))


def _beside(place: Expr, t: Variable, rise: Expr, given: Facts) -> tuple[Facts, Facts]:
    """What holds above a place ``-c/k``, and below it: that ``k t + c`` is positive there, or negative."""
    for factor, line, root in _rooted_factors(rise, t, given):
        if root == place:
            signs = knowledge(given).signs(line)
            if signs in (POSITIVE, NEGATIVE):
                sides = (compare("lt", ZERO, factor),), (compare("lt", factor, ZERO),)
                return sides if signs == POSITIVE else sides[::-1]
    return (), ()


def _is_line(fact: Expr, t: Variable) -> bool:
    """Is it an inequality that is affine in t, so that with two places those between them fulfil it?"""
    if not (isinstance(fact, Apply) and fact.head in ("lt", "le")):
        return False
    rise = smooth_slope(subtract(*fact.args), t)
    return rise is not None and t not in free_variables(rise)


def _is_reached(place: Expr, t: Variable, others: Facts, lines: Facts) -> bool:
    """Is it surely a place at which t may be, or a border of what is given?"""
    known = knowledge(others)
    given = (compare("le", *substitute(line, {t: place}).children) for line in lines)
    return all(map(known.implies, (*_within(place, t.kind.domain), *given)))


def _within(place: Expr, domain: Domain) -> Iterator[Expr]:
    if domain.lower is not None:
        yield compare("lt" if domain.lower_open else "le", number(domain.lower), place)
    if domain.upper is not None:
        yield compare("lt" if domain.upper_open else "le", place, number(domain.upper))


def _places(g: Expr, rise: Expr, t: Variable, given: Facts) -> Iterator[Expr]:
    """Where g may be smallest: where a factor of the slope is zero, at another letter, at 0, at an end."""
    yield from (root for _, _, root in _rooted_factors(rise, t, given))
    yield from sorted(free_variables(g) - {t}, key=lambda each: each.name)
    yield ZERO
    yield from (number(end) for end in (t.kind.domain.lower, t.kind.domain.upper) if end is not None)


def _rooted_factors(rise: Expr, t: Variable, given: Facts) -> Iterator[tuple[Expr, Expr, Expr]]:
    """The factors ``k t + c``, ``k e^t + c``, ``k log t + c`` of a slope, their k, and where they are 0."""
    found = factored(rise)
    for factor, _ in found[1] if found is not None else ():
        if t in free_variables(factor):
            yield from _as_line(factor, t)
            for factor_in, line, root in _as_line(substitute(factor, {function("exp", t): _INNER}), _INNER):
                if t not in free_variables(factor_in) and knowledge(given).signs(root) == POSITIVE:
                    yield factor, line, function("log", root)
            for factor_in, line, root in _as_line(substitute(factor, {function("log", t): _INNER}), _INNER):
                if t not in free_variables(factor_in):
                    yield factor, line, function("exp", root)


def _as_line(factor: Expr, t: Variable) -> Iterator[tuple[Expr, Expr, Expr]]:
    line = smooth_slope(factor, t) if t in free_variables(factor) else None
    if line is not None and line != ZERO and t not in free_variables(line):
        yield factor, line, _root(factor, line, t)


def _root(factor: Expr, line: Expr, t: Variable) -> Expr:
    """Where ``line t + c`` is zero."""
    return negative(divide(substitute(factor, {t: ZERO}), line))
