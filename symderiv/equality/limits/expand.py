"""The expansion of an expression near the point of a limit."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from symderiv.equality.limits.coefficients import coefficient, expression
from symderiv.equality.limits.functions import FUNCTIONS, exp, greatest, log, split
from symderiv.equality.limits.scale import Decline
from symderiv.equality.limits.series import Arithmetic, Series, number, of_coefficient
from symderiv.expression.build import compare
from symderiv.expression.instantiation import expand
from symderiv.expression.kinds import FUNCTION
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    EULER,
    FALSE,
    INFINITY,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Number,
    Variable,
    walk,
)
from symderiv.expression.unguarded import unguarded


class Expansion:
    """Expands expressions in which ``variable`` is ``near``, an expansion in h itself."""

    def __init__(self, arithmetic: Arithmetic, variable: Variable, near: Series) -> None:
        self.a = arithmetic
        self.variable = variable
        self.near = near
        self._known: dict[Expr, Series] = {}
        self._smooth: set[Call] = set()

    def of(self, expr: Expr) -> Series:
        if expr == self.variable:
            return self.near
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._expand(expr)
        return found

    def _expand(self, expr: Expr) -> Series:
        if self.variable not in free_variables(expr):
            if any(node == INFINITY for node in walk(expr)):
                raise Decline("infinity inside")
            return of_coefficient(coefficient(expr))
        if isinstance(expr, Apply):
            return self._apply(expr)
        if isinstance(expr, Cases):
            return self.of(self._branch(expr))
        if isinstance(expr, Call):
            return self._call(expr)
        if isinstance(expr, Binder) and expr.kind in ("sum", "prod", "max", "min"):
            written_out = expand(expr)
            if not isinstance(written_out, Binder):
                return self.of(written_out)
        raise Decline("not an elementary function")

    def _apply(self, expr: Apply) -> Series:
        head, args = expr.head, expr.args
        if head == "add":
            return self.a.add(*map(self.of, args))
        if head == "mul":
            result = number(1)
            for arg in args:
                result = self.a.multiply(result, self.of(arg))
            return result
        if head == "pow":
            return self._power(*args)
        if head in ("max", "min"):
            return greatest(self.a, [self.of(arg) for arg in args], 1 if head == "max" else -1)
        if head == "delta":
            return number(int(self._difference(*args) == 0))
        if head in FUNCTIONS:
            return FUNCTIONS[head](self.a, self.of(args[0]))
        raise Decline(f"no rule for {head}")

    def is_smooth_in(self, value: Expr) -> bool:
        """Does a value exist only where the named functions that were expanded have derivatives?"""
        slopes = [node for node in walk(value) if isinstance(node, Call)]
        return all(any(_is_slope(slope, call) for slope in slopes) for call in self._smooth)

    def _call(self, expr: Call) -> Series:
        """Taylor's expansion of a named function in the one argument that moves, if it has slopes there."""
        moving = [k for k, arg in enumerate(expr.args) if self.variable in free_variables(arg)]
        if len(moving) != 1 or expr.function.kind != FUNCTION:
            raise Decline("not a smooth function of one argument")
        (k,) = moving
        large, middle, small = split(self.a, self.of(expr.args[k]))
        if large:
            raise Decline("a named function far away")
        args = (*expr.args[:k], expression(middle), *expr.args[k + 1 :])
        self._smooth.add(Call(expr.function, args, expr.orders))
        terms = []
        for n in range(self.a.order):
            orders = tuple(order + n * (at == k) for at, order in enumerate(expr.orders))
            slope = of_coefficient(coefficient(Call(expr.function, args, orders)))
            taken = [Fraction(at == n, factorial(n)) for at in range(self.a.order)]
            terms.append(self.a.multiply(slope, self.a.compose(taken, small)))
        return self.a.add(*terms)

    def _power(self, base: Expr, exponent: Expr) -> Series:
        if isinstance(exponent, Number):
            return self.a.to_power(self.of(base), Fraction(exponent.value))
        if base == EULER:
            return exp(self.a, self.of(exponent))
        return exp(self.a, self.a.multiply(self.of(exponent), log(self.a, self.of(base))))

    def _branch(self, expr: Cases) -> Expr:
        for condition, value in expr.branches:
            if self.holds(condition):
                return value
        if expr.otherwise is None:
            raise Decline("undefined near the point")
        return expr.otherwise

    def _difference(self, a: Expr, b: Expr) -> int:
        return self.a.sign(self.a.add(self.of(a), self.a.scale(self.of(b), -1)))

    def holds(self, condition: Expr) -> bool:
        """Whether a condition holds for all small h > 0."""
        if condition in (TRUE, FALSE):
            return condition == TRUE
        if isinstance(condition, Apply):
            match condition.head:
                case "lt":
                    return self._difference(*condition.args) < 0
                case "le":
                    return self._difference(*condition.args) <= 0
                case "eq":
                    return self._difference(*condition.args) == 0
                case "ne":
                    return self._difference(*condition.args) != 0
                case "and":
                    return all(map(self.holds, condition.args))
                case "or":
                    return any(map(self.holds, condition.args))
                case "not":
                    return not self.holds(condition.args[0])
        raise Decline("not a comparison")


def _is_slope(slope: Call, of: Call) -> bool:
    """Is it a derivative of the other, which is continuous where that exists?"""
    return slope.function == of.function and slope.args == of.args and sum(slope.orders) > sum(of.orders)


def taken_for_granted(expr: Expr, variable: Variable) -> tuple[Expr, ...]:
    """Where the parts without the limit's variable are defined: elsewhere there is nothing to be said."""
    found: dict[Expr, None] = {}
    for node in unguarded(expr):
        if isinstance(node, Apply) and node.head in ("pow", "log") and not _depends(node, variable):
            base, exponent = node.args[0], node.args[-1]
            if node.head == "log":
                found[compare("lt", ZERO, base)] = None
            elif isinstance(exponent, Number) and exponent.value < 0:
                found[compare("ne", base, ZERO)] = None
    return tuple(found)


def _depends(expr: Expr, variable: Variable) -> bool:
    bound = any(isinstance(node, Binder) for node in walk(expr))
    return bound or variable in free_variables(expr)
