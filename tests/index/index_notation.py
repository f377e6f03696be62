"""Formulas for the tests, written with Python's operators; and an exact evaluator to check them by."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from symderiv.expression import build
from symderiv.expression.kinds import INDEX, SIZE, Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    ONE,
    ZERO,
    Apply,
    Binder,
    BinderKind,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Variable,
)


class F:
    """A formula: ``F`` around an expression of the entry language, with operators."""

    def __init__(self, expr: Expr) -> None:
        self.expr = expr

    def __add__(self, other: Any) -> F:
        return F(build.add(self.expr, raw(other)))

    __radd__ = __add__

    def __sub__(self, other: Any) -> F:
        return F(build.subtract(self.expr, raw(other)))

    def __rsub__(self, other: Any) -> F:
        return F(build.subtract(raw(other), self.expr))

    def __neg__(self) -> F:
        return F(build.negative(self.expr))

    def __mul__(self, other: Any) -> F:
        return F(build.mul(self.expr, raw(other)))

    def __rmul__(self, other: Any) -> F:
        return F(build.mul(raw(other), self.expr))

    def __truediv__(self, other: Any) -> F:
        return F(build.divide(self.expr, raw(other)))

    def __rtruediv__(self, other: Any) -> F:
        return F(build.divide(raw(other), self.expr))

    def __pow__(self, other: Any) -> F:
        return F(build.power(self.expr, raw(other)))

    def __floordiv__(self, other: int) -> F:
        return F(build.function("floor", build.mul(Number(Fraction(1, other)), self.expr)))

    def __getitem__(self, at: Any) -> F:
        at = at if isinstance(at, tuple) else (at,)
        return F(Index(self.expr, tuple(raw(k) for k in at)))

    def __call__(self, *args: Any, orders: tuple[int, ...] | None = None) -> F:
        assert isinstance(self.expr, Variable)
        return F(Call(self.expr, tuple(raw(a) for a in args), orders))

    def __le__(self, other: Any) -> F:
        return F(build.compare("le", self.expr, raw(other)))

    def __lt__(self, other: Any) -> F:
        return F(build.compare("lt", self.expr, raw(other)))

    def __ge__(self, other: Any) -> F:
        return F(build.compare("ge", self.expr, raw(other)))

    def __gt__(self, other: Any) -> F:
        return F(build.compare("gt", self.expr, raw(other)))

    def equals(self, other: Any) -> F:
        return F(build.compare("eq", self.expr, raw(other)))

    def differs(self, other: Any) -> F:
        return F(build.compare("ne", self.expr, raw(other)))

    def __and__(self, other: Any) -> F:
        return F(build.conjunction(self.expr, raw(other)))


def raw(value: Any) -> Expr:
    if isinstance(value, F):
        return value.expr
    return value if isinstance(value, Expr) else Number(value)


def size(name: str) -> F:
    return F(Variable(name, SIZE))


def sizes(names: str) -> list[F]:
    return [size(name) for name in names.split()]


def indices(names: str) -> list[F]:
    return [F(Variable(name, INDEX)) for name in names.split()]


def scalars(names: str) -> list[F]:
    return [F(Variable(name)) for name in names.split()]


def array(name: str, *shape: Any, **more: Any) -> F:
    return F(Variable(name, Kind(shape=tuple(raw(n) for n in shape), **more)))


def function(name: str) -> F:
    return F(Variable(name, Kind(function="any")))


def total(body: Any, *ranges: Any, where: Any = None, kind: BinderKind = "sum") -> F:
    """``Σ`` over ``(i, lower, upper)``, the first range outermost, bounds inclusive."""
    result = raw(body)
    for number, (index, lower, upper) in enumerate(reversed(ranges)):
        condition = raw(where) if where is not None and number == 0 else None
        result = Binder(kind, result, index.expr, raw(lower), raw(upper), condition)
    return F(result)


def delta(a: Any, b: Any) -> F:
    return F(build.delta(raw(a), raw(b)))


def cases(condition: F, value: Any, otherwise: Any = 0) -> F:
    return F(build.cases(((condition.expr, raw(value)),), raw(otherwise)))


def exp(a: Any) -> F:
    return F(Apply("exp", (raw(a),)))


def apply(head: str, *args: Any) -> F:
    return F(build.function(head, *(raw(a) for a in args)))


class Undefined(Exception):
    """There is no value: a division by 0, an entry beyond the bounds."""


def evaluate(expr: Expr, point: dict[str, Any]) -> Any:
    """The exact value at a point: numbers for scalars and sizes, ``{index tuple: value}`` for arrays.

    ``exp(a)`` is 2^a at integers, opaque functions are ``t² + 1`` (its derivative ``2t + 3``): any
    choice that respects ``exp(a + b) = exp(a) exp(b)`` does.
    """
    match expr:
        case Number():
            return Fraction(expr.value)
        case Variable():
            return point[expr.name]
        case Constant(name="true" | "false"):
            return expr.name == "true"
        case Index():
            return _entry(expr, point)
        case Binder():
            return _binder(expr, point)
        case Cases():
            for condition, value in expr.branches:
                if evaluate(condition, point):
                    return evaluate(value, point)
            if expr.otherwise is None:
                raise Undefined
            return evaluate(expr.otherwise, point)
        case Call():
            t = evaluate(expr.args[0], point)
            return 2 * t + 3 if expr.orders[0] else t * t + 1
        case Apply():
            return _apply(expr, point)
    raise TypeError(expr)


def _entry(expr: Index, point: dict[str, Any]) -> Any:
    at = tuple(int(evaluate(k, point)) for k in expr.indices)
    if isinstance(expr.base, Variable):
        values = point[expr.base.name]
        if at in values:
            return values[at]
        if expr.base.kind.zero_outside:
            return Fraction(0)
        raise Undefined
    item: Any = expr.base
    for k in at:
        if not 0 <= k < len(item.items):
            raise Undefined
        item = item.items[k]
    return evaluate(item, point)


def _binder(expr: Binder, point: dict[str, Any]) -> Any:
    assert expr.lower is not None and expr.upper is not None
    lower, upper = evaluate(expr.lower, point), evaluate(expr.upper, point)
    values = []
    for k in range(-(-lower.numerator // lower.denominator), upper.numerator // upper.denominator + 1):
        inner = {**point, expr.variable.name: Fraction(k)}
        if evaluate(expr.condition, inner):
            values.append(evaluate(expr.body, inner))
    if expr.kind in ("max", "min"):
        if not values:
            raise Undefined
        return max(values) if expr.kind == "max" else min(values)
    result = Fraction(expr.kind == "prod")
    for value in values:
        result = result * value if expr.kind == "prod" else result + value
    return result


def _apply(expr: Apply, point: dict[str, Any]) -> Any:
    if expr.head == "and":
        return all(evaluate(a, point) for a in expr.args)
    if expr.head == "or":
        return any(evaluate(a, point) for a in expr.args)
    if expr.head == "not":
        return not evaluate(expr.args[0], point)
    args = [evaluate(a, point) for a in expr.args]
    match expr.head:
        case "add":
            return sum(args)
        case "mul":
            result = Fraction(1)
            for a in args:
                result *= a
            return result
        case "pow":
            if (args[0] == 0 and args[1] < 0) or args[1].denominator != 1:
                raise Undefined
            return args[0] ** int(args[1])
        case "exp":
            if args[0].denominator != 1:
                raise Undefined
            return Fraction(2) ** int(args[0])
        case "delta" | "eq":
            return Fraction(args[0] == args[1]) if expr.head == "delta" else args[0] == args[1]
        case "ne":
            return args[0] != args[1]
        case "le":
            return args[0] <= args[1]
        case "lt":
            return args[0] < args[1]
        case "floor":
            return Fraction(args[0].numerator // args[0].denominator)
        case "max":
            return max(args)
        case "min":
            return min(args)
        case "sign":
            return Fraction((args[0] > 0) - (args[0] < 0))
        case "abs":
            return abs(args[0])
        case "heaviside":
            return Fraction(1, 2) if args[0] == 0 else Fraction(args[0] > 0)
    raise TypeError(expr.head)


__all__ = [name for name in dir() if not name.startswith("_")] + ["ONE", "ZERO", "product", "substitute"]
