"""Inequalities in one real variable by the sign of a derivative: eˣ ≥ 1 + x, log x ≤ x − 1.

``g ≥ 0`` on an interval if g(c) ≥ 0 at a point c before which g falls and after which it rises, or if g falls
all the way to a limit that is at least 0. Signs of derivatives are found in the same way, a few levels deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import flint

from symderiv.equality.cells.lines import affine
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import NEGATIVE, POSITIVE
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.limits.derivative import NotElementary, slope
from symderiv.equality.limits.limit import limit
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.plain import is_zero, plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.intervals import has_inside, is_empty, narrowed, samples
from symderiv.equality.procedures.conditions.switches import first_switch, switch_cells
from symderiv.equality.procedures.functions.smoothness import is_smooth
from symderiv.equality.proof import Proof
from symderiv.expression.build import compare, function, mul, negation, negative, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, INFINITY, TRUE, ZERO, Apply, Expr, Number, Variable

Facts = tuple[Expr, ...]
MAX_LEVELS = 5
MAX_SWITCHES = 3
MAX_QUESTIONS = 120
TURNS = tuple(Fraction(*pair) for pair in ((0, 1), (1, 1), (1, 2), (-1, 1), (2, 1)))


def by_inequalities(problem: Problem) -> Proof | None:
    """A proof that a condition always holds, or never, where the other side says so."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    known = knowledge(problem.facts)
    if not (known.implies(problem.defined_a) and known.implies(problem.defined_b)):
        return None
    for claim, constant in ((problem.a, problem.b), (problem.b, problem.a)):
        if constant in (TRUE, FALSE):
            always = claim if constant == TRUE else negation(claim)
            return Proof("signs of derivatives") if always_holds(always, problem.facts) else None
    return None


def always_holds(claim: Expr, facts: Facts) -> bool:
    """A proof of a comparison, or of several, in one real name."""
    return _always(claim, facts, MAX_SWITCHES)


def _always(claim: Expr, facts: Facts, switches: int) -> bool:
    if knowledge(facts).implies(claim):
        return True
    match claim:
        case Apply(head="and", args=parts):
            return all(_always(part, facts, switches) for part in parts)
        case Apply(head="or", args=parts):
            return any(_always(part, facts, switches) for part in parts)
        case Apply(head="lt" | "le" as head, args=(Apply(head="max", args=parts), v)):
            return all(_always(compare(head, part, v), facts, switches) for part in parts)
        case Apply(head="lt" | "le" as head, args=(Apply(head="abs", args=(u,)), v)):
            return all(_always(compare(head, part, v), facts, switches) for part in (u, negative(u)))
        case Apply(head="lt" | "le" as head, args=(u, Apply(head="min", args=parts))):
            return all(_always(compare(head, u, part), facts, switches) for part in parts)
        case Apply(head="lt" | "le"):
            switch = first_switch(claim) if len(free_variables(claim)) == 1 else None
            if switch is not None and switches:
                return all(
                    _always(substitute(claim, {switch: value}), (*facts, *cell), switches - 1)
                    for cell, value in switch_cells(switch)
                )
            return any(_is_gap_positive(form, facts) for form in _forms(claim))
    return False


def _forms(claim: Apply) -> Iterator[Apply]:
    """``u ≤ log w`` as it is said, and as ``e^u ≤ w``: the slope of one may be simpler than the other's.

    A logarithm is told only of what is positive wherever it is asked for: of anything else none is smooth.
    """
    yield claim
    match claim.args:
        case (u, Apply(head="log", args=(w,))):
            yield Apply(claim.head, (function("exp", u), w))
        case (Apply(head="log", args=(w,)), v):
            yield Apply(claim.head, (w, function("exp", v)))
        case (u, Apply(head="exp", args=(v,))):
            yield Apply(claim.head, (function("log", u), v))


def _is_gap_positive(claim: Apply, facts: Facts) -> bool:
    low, high = claim.args
    return _is_positive(subtract(high, low), facts, strict=claim.head == "lt")


def smooth_slope(g: Expr, t: Variable) -> Expr | None:
    """The derivative of a function that is smooth wherever t may be; None of any other."""
    if not is_smooth(g, t, ()):
        return None
    try:
        return slope(g, t)
    except NotElementary:
        return None


def has_sign(g: Expr, t: Variable, *, strict: bool = False) -> bool:
    """A proof that g ≥ 0, or g > 0, wherever its only name t may be."""
    return _Search(t).positive(g, t.kind.domain, strict, MAX_LEVELS)


def _is_positive(gap: Expr, facts: Facts, *, strict: bool) -> bool:
    names = free_variables(gap)
    if len(names) != 1:
        return False
    (t,) = names
    if t.kind.shape or t.kind.function or t.kind.index or t.kind.domain.integer:
        return False
    domain = t.kind.domain
    for fact in facts:
        if t in free_variables(fact):
            within = narrowed(domain, fact, t)
            if within is None:
                return False
            domain = within
    return _Search(t).positive(gap, domain, strict, MAX_LEVELS)


@dataclass
class _Search:
    """Questions about signs on intervals, their number bounded."""

    t: Variable
    left: int = MAX_QUESTIONS

    def positive(self, g: Expr, domain: Domain, strict: bool, levels: int) -> bool:
        """Whether g ≥ 0 (or > 0) on the interval, which isn't empty."""
        self.left -= 1
        if self.left < 0 or is_empty(domain):
            return False
        t = Variable(self.t.name, Kind(domain=domain))
        g = substitute(g, dict.fromkeys(free_variables(g), t))
        if knowledge(()).implies(compare("lt" if strict else "le", ZERO, g)):
            return True
        if levels == 0 or any(_sign(instantiate(g, {t: Number(c)})) == -1 for c in samples(domain)):
            return False
        cleared = _cleared(g)
        if cleared is None:
            return False
        if not free_variables(cleared):
            return _sign(cleared) > 0 or (not strict and is_zero(cleared))
        if cleared != g and knowledge(()).implies(compare("lt" if strict else "le", ZERO, cleared)):
            return True
        forms = dict.fromkeys((cleared, g))
        return any(self._by_slope(form, t, domain, strict, levels) for form in forms)

    def _by_slope(self, g: Expr, t: Variable, domain: Domain, strict: bool, levels: int) -> bool:
        rise = smooth_slope(g, t)
        if rise is None:
            return False
        for c in _turns(domain, rise, t):
            reached = domain.contains(c) or _is_smooth_up_to(g, t, c)
            if reached and self._turns_at(g, rise, t, c, domain, strict, levels):
                return True
        return self._falls_to_limit(g, rise, t, domain, levels)

    def _turns_at(
        self, g: Expr, rise: Expr, t: Variable, c: Fraction, domain: Domain, strict: bool, levels: int
    ) -> bool:
        """Falls until c and rises from there, g(c) being positive, or zero."""
        at_c = instantiate(g, {t: Number(c)})
        lowest = _sign(at_c)
        if lowest < 0 or (lowest == 0 and not is_zero(at_c)):
            return False
        strictly = strict and lowest == 0
        if strictly and domain.contains(c):
            return False
        inner = has_inside(domain, c)
        if inner and _sign(instantiate(rise, {t: Number(c)})):
            return False
        after = replace(domain, lower=c, lower_open=True)
        before = replace(domain, upper=c, upper_open=True)
        return (is_empty(after) or self.positive(rise, after, strictly, levels - 1)) and (
            is_empty(before) or self.positive(negative(rise), before, strictly, levels - 1)
        )

    def _falls_to_limit(self, g: Expr, rise: Expr, t: Variable, domain: Domain, levels: int) -> bool:
        """Falls strictly towards an infinite end (or rises from one) where its limit is at least 0."""
        for end, toward, falling in (
            (domain.upper, INFINITY, negative(rise)),
            (domain.lower, negative(INFINITY), rise),
        ):
            if end is None and self.positive(falling, domain, True, levels - 1):
                last = limit(g, t, toward)
                return isinstance(last, Number) and last.value >= 0
        return False


def _is_smooth_up_to(g: Expr, t: Variable, end: Fraction) -> bool:
    """Whether g is smooth on the interval with this end of it taken in."""
    domain = t.kind.domain
    with_end = replace(
        domain,
        lower_open=domain.lower_open and domain.lower != end,
        upper_open=domain.upper_open and domain.upper != end,
    )
    closed = Variable(t.name, Kind(domain=with_end))
    return is_smooth(substitute(g, {t: closed}), closed, ())


def _turns(domain: Domain, rise: Expr, t: Variable) -> Iterator[Fraction]:
    """Points of the closed interval at which g may be smallest."""
    ends = [end for end in (domain.lower, domain.upper) if end is not None]
    yield from ends
    sign_of_rise = _cleared(rise)
    line = None if sign_of_rise is None else affine(sign_of_rise, t)
    found = (-line[1] / line[0],) if line is not None and line[0] else ()
    for value in dict.fromkeys((*found, *TURNS)):
        if domain.contains(value) and value not in ends:
            yield value


def _sign(value: Expr) -> int:
    """The sign of a constant, 0 where it is zero or a ball can't tell; −2 where it has none."""
    found = evaluate(value, {})
    if isinstance(found, Fraction):
        return (found > 0) - (found < 0)
    if isinstance(found, flint.arb):
        return 1 if found > 0 else -1 if found < 0 else 0
    return -2


def _cleared(g: Expr) -> Expr | None:
    """g without the factors and denominators whose signs are known: of the sign of g.

    In ``cos θ = (1 - t²)/(1 + t²)`` the denominator may be infinite, so that nothing is cleared there.
    """
    forms = plain_forms(g)
    if forms is None:
        return None
    nf, (element,) = forms
    field = nf.field
    if any(generator.kind == "tan" for generator in field.generators):
        return g
    if element.num.is_zero():
        return ZERO
    try:
        constant, above = field.factor(element.num)
    except Decline:
        return g
    factors = [(number, times) for number, times in above] + list(element.den.items())
    sign, rest = (1 if constant > 0 else -1), []
    known = knowledge(())
    for number, times in factors:
        factor = to_expr(field, field.poly(number))
        signs = known.signs(factor)
        if signs in (POSITIVE, NEGATIVE):
            sign *= -1 if signs == NEGATIVE and times % 2 else 1
        elif number in element.den:
            return g
        else:
            rest.extend([factor] * (times % 2 or 2))
    return mul(Number(sign), *rest)
