"""Odd numbers of half turns: there t = tan(θ/2), in which sines and cosines are written, is infinite.

What is continuous there agrees because it does all around. A step, a case, a comparison, a pole may not:
``cos θ > -1`` holds for every t. So these angles are looked at by themselves, or named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.equality.normal_forms.generators import Field
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.normal_forms.reading import generator_expr
from symderiv.equality.problem import Problem
from symderiv.expression.build import add, compare, function, mul, subtract
from symderiv.expression.kinds import INTEGER, Kind
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    Apply,
    Cases,
    Expr,
    Number,
    Variable,
    walk,
)

TWO = Number(2)
JUMPING = frozenset(("sign", "heaviside", "floor", "delta", "lt", "le", "eq", "ne"))


@dataclass(frozen=True, slots=True)
class HalfTurn:
    """``cos θ = -1``; where θ is ``c x`` for a name x, the value of x there."""

    angle: Expr
    name: Variable | None
    value: Expr

    @property
    def equation(self) -> Expr:
        return Apply("eq", (function("cos", self.angle), MINUS_ONE))

    def restricted(self, problem: Problem) -> Problem | None:
        """The problem at these angles."""
        there = problem.mapped(self._put)
        if self.name is None:
            return None if any(map(_is_turning, there.sides)) else there
        facts = (*there.facts, *_in_domain(self.name, self.value))
        return replace(there, facts=facts)

    def solves(self, equation: Expr) -> bool:
        """Does an equation that is named anyway hold there?"""
        left, right = equation.children
        if right == ZERO and left in (function("sin", self.angle), add(function("cos", self.angle), ONE)):
            return True
        return self.name is not None and is_zero(self._put(subtract(left, right)))

    def _put(self, expr: Expr) -> Expr:
        if self.name is not None:
            return substitute(expr, {self.name: self.value})
        values = (("cos", MINUS_ONE), ("sin", ZERO), ("tan", ZERO))
        return substitute(expr, {function(head, self.angle): value for head, value in values})


def half_turns(problem: Problem, field: Field) -> Iterator[HalfTurn]:
    """The angles that were passed over, of which something in the problem may jump there."""
    angles = [g for g in field.generators if g.kind == "tan" and g.ball is None]
    if not angles or not _may_jump(problem):
        return
    for generator in angles:
        yield _half_turn(problem, mul(TWO, generator_expr(field, generator).children[0]))


def _may_jump(problem: Problem) -> bool:
    return any(map(_jumps, problem.sides))


def _jumps(expr: Expr) -> bool:
    """Is anything in it but a continuous function of a sine, cosine or tangent?"""
    return any(
        _is_turning(node)
        for node in walk(expr)
        if isinstance(node, Cases) or (isinstance(node, Apply) and node.head in JUMPING)
    )


def _is_turning(expr: Expr) -> bool:
    return any(isinstance(node, Apply) and node.head in ("sin", "cos", "tan") for node in walk(expr))


def _half_turn(problem: Problem, angle: Expr) -> HalfTurn:
    factors = factors_of(angle)
    names = [factor for factor in factors if not isinstance(factor, Number)]
    if len(names) != 1 or not isinstance(names[0], Variable) or names[0].kind.domain.integer:
        return HalfTurn(angle, None, angle)
    slope = next((factor for factor in factors if isinstance(factor, Number)), ONE)
    taken = {v.name for each in problem.expressions for v in free_variables(each)}
    k = Variable(fresh("k", taken), Kind(domain=INTEGER))
    value = mul(Number(1 / _fraction(slope)), PI, add(mul(TWO, k), ONE))
    return HalfTurn(angle, names[0], value)


def _fraction(number: Expr) -> Fraction:
    assert isinstance(number, Number)
    return Fraction(number.value)


def _in_domain(x: Variable, value: Expr) -> Iterator[Expr]:
    domain = x.kind.domain
    if domain.lower is not None:
        yield compare("le", Number(domain.lower), value)
    if domain.upper is not None:
        yield compare("le", value, Number(domain.upper))
