"""What a function does on one side of a point: |u|, max, signs, floors and cases as what they are there.

For h > 0 small enough |x| is h at 0 + h and h at 0 - h, ``1 if x > 0 else 0`` is 1 and 0. Roots and smooth
functions of it are series in h (`symderiv.calculus.series`), so that the two derivatives from the sides are
read off. Other letters may stand in it: G |x| has a derivative at 0 where G = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.calculus.functions import SLOPES
from symderiv.calculus.occurrence import piecewise
from symderiv.calculus.series import Series, Unclear, applied, constant, plus, step, times, to_the
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.build import compare, conjunction, function
from symderiv.expression.kink_conditions import UNKNOWN
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, MINUS_ONE, TRUE, ZERO, Apply, Cases, Expr, Number, Variable

_JUMPS = frozenset(("sign", "heaviside", "floor", "abs"))
_SIGNS = {"lt": (-1,), "le": (-1, 0), "eq": (0,), "ne": (-1, 1)}


def slope_at(value: Expr, h: Variable) -> tuple[Expr, Expr]:
    """The derivative by h at h = 0 of an expression in h, numbers and letters, and where there is one.

    Raises `Unclear` where that can't be told.

    >>> from symderiv.expression.build import mul
    >>> h = Variable("h")
    >>> slope_at(mul(h, function("abs", h)), h) == (ZERO, TRUE), slope_at(function("abs", h), h)[1] == FALSE
    (True, True)
    """
    there = Germs(h, 0).of(value).coefficient(Fraction(0))
    sides = [plus(Germs(h, side).of(value), times(constant(MINUS_ONE), constant(there))) for side in (1, -1)]
    steep = [c for side in sides for exponent, c in side.terms.items() if exponent < 1]
    if steep:
        return ZERO, conjunction(*map(_is_zero, steep), UNKNOWN)
    above, below = (side.coefficient(Fraction(1)) for side in sides)  # below along -h
    apart = plus(constant(above), constant(below))
    return above, conjunction(*map(_is_zero, apart.terms.values()))


def _is_zero(value: Expr) -> Expr:
    """The letters at which what isn't 0 for all of them is 0."""
    return compare("eq", value, ZERO) if free_variables(value) else FALSE


class Germs:
    """One side of h = 0: above (1), below (-1), or the point itself (0)."""

    def __init__(self, h: Variable, side: int) -> None:
        self.h = h
        self.side = side
        self._known: dict[Expr, Series] = {}

    def of(self, expr: Expr) -> Series:
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._of(expr)
        return found

    def _of(self, expr: Expr) -> Series:
        if expr == self.h:
            return step(self.side)
        if self.h not in free_variables(expr) and not (piecewise(expr) and free_variables(expr)):
            return constant(expr)
        if isinstance(expr, Cases):
            return self._cases(expr)
        if not isinstance(expr, Apply):
            raise Unclear
        if expr.head == "pow":
            return self._power(*expr.args)
        rule = _RULES.get(expr.head)
        if rule is not None:
            return rule([self.of(arg) for arg in expr.args])
        if expr.head not in SLOPES or expr.head in _JUMPS:
            raise Unclear
        u = Variable("_u")
        return applied(Apply(expr.head, (u,)), u, self.of(expr.args[0]))

    def _power(self, base: Expr, exponent: Expr) -> Series:
        if isinstance(exponent, Number):
            return to_the(self.of(base), Fraction(exponent.value))
        u = Variable("_u")
        logarithm = applied(function("log", u), u, self.of(base))
        return applied(function("exp", u), u, times(self.of(exponent), logarithm))

    def _cases(self, expr: Cases) -> Series:
        for condition, value in expr.branches:
            if self.holds(condition):
                return self.of(value)
        if expr.otherwise is None:
            raise Unclear
        return self.of(expr.otherwise)

    def holds(self, condition: Expr) -> bool:
        """Whether a condition holds for all small h > 0."""
        if condition in (TRUE, FALSE):
            return condition == TRUE
        if not isinstance(condition, Apply):
            raise Unclear
        if condition.head in _SIGNS:
            a, b = map(self.of, condition.args)
            return _difference(a, b).sign in _SIGNS[condition.head]
        if condition.head == "not":
            return not self.holds(condition.args[0])
        if condition.head in ("and", "or"):
            return (all if condition.head == "and" else any)(list(map(self.holds, condition.args)))
        raise Unclear


def _difference(a: Series, b: Series) -> Series:
    return plus(a, times(constant(MINUS_ONE), b))


def _product(parts: list[Series]) -> Series:
    found, *others = parts
    for part in others:
        found = times(found, part)
    return found


def _absolute(parts: list[Series]) -> Series:
    (u,) = parts
    return times(constant(Number(u.sign)), u)


def _largest(parts: list[Series], way: int) -> Series:
    found, *others = parts
    for part in others:
        found = part if _difference(part, found).sign * way > 0 else found
    return found


def _floor(parts: list[Series]) -> Series:
    (u,) = parts
    start = u.coefficient(Fraction(0))
    below = evaluate(function("floor", start), {})
    if not isinstance(below, Fraction):
        raise Unclear
    whole = Number(below)
    if _difference(u, constant(whole)).sign < 0:
        return constant(Number(below - 1))
    return constant(whole)


_RULES: dict[str, Callable[[list[Series]], Series]] = {
    "add": lambda parts: plus(*parts),
    "mul": _product,
    "abs": _absolute,
    "max": lambda parts: _largest(parts, 1),
    "min": lambda parts: _largest(parts, -1),
    "sign": lambda parts: constant(Number(parts[0].sign)),
    "heaviside": lambda parts: constant(Number(Fraction(parts[0].sign + 1, 2))),
    "floor": _floor,
}
