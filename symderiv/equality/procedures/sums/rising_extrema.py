"""Extrema of functions that increase or decrease: ``max e^x = e^(max x)``, ``max x/s = (max x)/s`` for s > 0.

Inside of an extremum stays what neither rises nor falls with what is known; ``max |x|`` is the greater of
``max x`` and ``-min x``.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.signs import NONNEGATIVE, NONPOSITIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.one_to_one import INCREASING
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, function, mul, negative, power
from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Extremum, Number, Variable

Facts = tuple[Expr, ...]
_OPPOSITE: dict[Extremum, Extremum] = {"max": "min", "min": "max"}


def by_rising_extrema(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the extrema over ranges taken of as little as can be."""
    return with_sides_rewritten(
        problem, lambda side: _taken(side, problem.facts), prove, "extrema of what rises or falls"
    )


def _taken(expr: Expr, facts: Facts) -> Expr:
    if Binder not in contents(expr).classes:
        return expr
    if not isinstance(expr, Binder):
        return expr.rebuild(tuple([_taken(child, facts) for child in expr.children]))
    if expr.kind not in ("max", "min") or expr.condition != TRUE or expr.lower is None or expr.upper is None:
        return expr
    if not knowledge(facts).implies(compare("le", expr.lower, expr.upper)):
        return expr
    inside = knowledge(facts_inside(expr, facts))
    return _Extrema(expr, knowledge(facts), inside).of(expr.kind, expr.body)


@dataclass(frozen=True)
class _Extrema:
    """Extrema over one range that isn't empty; ``inside`` is known at each of its places."""

    binder: Binder
    known: Knowledge
    inside: Knowledge

    @property
    def index(self) -> Variable:
        return self.binder.variable

    def of(self, kind: Extremum, body: Expr) -> Expr:
        """The extremum of the body, each step with the same value wherever all of the body exists."""
        if self.index not in free_variables(body):
            return body
        found = self._stepped(kind, body)
        ends = self.binder.lower, self.binder.upper
        return Binder(kind, body, self.index, *ends) if found is None else found

    def _stepped(self, kind: Extremum, body: Expr) -> Expr | None:
        match body:
            case Apply(head="add"):
                return self._sum(kind, body)
            case Apply(head="mul"):
                return self._product(kind, body)
            case Apply(head="abs", args=(u,)):
                return self._size(kind, u)
            case Apply(head="pow", args=(u, Number(value=exponent))):
                return self._power(kind, u, Number(exponent))
            case Apply(head=head, args=(u,)) if head in INCREASING:
                return function(head, self.of(kind, u))
        return None

    def _sum(self, kind: Extremum, body: Expr) -> Expr | None:
        fixed = [term for term in terms_of(body) if self.index not in free_variables(term)]
        moving = [term for term in terms_of(body) if term not in fixed]
        return add(*fixed, self.of(kind, add(*moving))) if fixed else None

    def _product(self, kind: Extremum, body: Expr) -> Expr | None:
        fixed = [factor for factor in factors_of(body) if self.index not in free_variables(factor)]
        if not fixed:
            return None
        scale, rest = mul(*fixed), mul(*(factor for factor in factors_of(body) if factor not in fixed))
        signs = self.known.signs(scale)
        if signs <= NONNEGATIVE:
            return mul(scale, self.of(kind, rest))
        return mul(scale, self.of(_OPPOSITE[kind], rest)) if signs <= NONPOSITIVE else None

    def _size(self, kind: Extremum, u: Expr) -> Expr | None:
        signs = self.inside.signs(u)
        if signs <= NONNEGATIVE:
            return self.of(kind, u)
        if signs <= NONPOSITIVE:
            return negative(self.of(_OPPOSITE[kind], u))
        return function("max", self.of("max", u), negative(self.of("min", u))) if kind == "max" else None

    def _power(self, kind: Extremum, u: Expr, exponent: Number) -> Expr | None:
        signs, n = self.inside.signs(u), exponent.value
        if n > 0 and (signs <= NONNEGATIVE or (isinstance(n, int) and n % 2)):
            return power(self.of(kind, u), exponent)
        if n < 0 and signs == POSITIVE:
            return power(self.of(_OPPOSITE[kind], u), exponent)
        size = self._size(kind, u) if n > 0 and isinstance(n, int) and n % 2 == 0 else None
        return None if size is None else power(size, exponent)
