"""What is surely positive or not negative, from its form and from what was declared."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import EULER, PI, Apply, Binder, Cases, Constant, Expr, Index, Number, Variable

_NONNEGATIVE = frozenset({"exp", "abs", "cosh", "delta", "heaviside"})


def is_nonnegative(expr: Expr) -> bool:
    """Is the value ≥ 0 wherever there is one?

    >>> x = Variable("x")
    >>> is_nonnegative(Apply("pow", (x, Number(2)))), is_nonnegative(x)
    (True, False)
    """
    match expr:
        case Number():
            return expr.value >= 0
        case Constant():
            return expr in (EULER, PI)
        case Variable():
            return expr.kind.domain.is_nonnegative
        case Index(base=Variable() as base):
            return base.kind.domain.is_nonnegative
        case Binder(kind="sum" | "prod" | "max" | "min"):
            return is_nonnegative(expr.body)
        case Cases():
            values = [value for _, value in expr.branches]
            return all(map(is_nonnegative, values if expr.otherwise is None else [*values, expr.otherwise]))
        case Apply(head="mul"):
            return all(is_nonnegative(arg) or expr.args.count(arg) % 2 == 0 for arg in expr.args)
        case Apply(head="add"):
            return all(map(is_nonnegative, expr.args))
        case Apply(head="pow", args=(base, exponent)):
            return is_nonnegative(base) or _is_even(exponent) or _is_broken(exponent)
        case Apply():
            return expr.head in _NONNEGATIVE
    return False


def is_positive(expr: Expr, runs: Callable[[Binder], bool]) -> bool:
    """Is the value > 0 wherever there is one? ``runs`` says of a sum whether it surely has a term.

    >>> is_positive(Apply("add", (Apply("exp", (Variable("x"),)), Number(1))), lambda binder: False)
    True
    """
    match expr:
        case Number():
            return expr.value > 0
        case Constant():
            return expr in (EULER, PI)
        case Variable():
            return expr.kind.domain.is_positive
        case Index(base=Variable() as base):
            return base.kind.domain.is_positive and not base.kind.zero_outside
        case Binder(kind="sum"):
            return runs(expr) and is_positive(expr.body, runs)
        case Binder(kind="prod" | "max" | "min"):
            return is_positive(expr.body, runs)
        case Apply(head="add"):
            return all(map(is_nonnegative, expr.args)) and any(is_positive(arg, runs) for arg in expr.args)
        case Apply(head="mul"):
            return all(is_positive(arg, runs) for arg in expr.args)
        case Apply(head="pow", args=(base, _)):
            return is_positive(base, runs)
        case Apply():
            return expr.head in ("exp", "cosh")
    return False


def _is_even(exponent: Expr) -> bool:
    return isinstance(exponent, Number) and isinstance(exponent.value, int) and exponent.value % 2 == 0


def _is_broken(exponent: Expr) -> bool:
    return isinstance(exponent, Number) and not isinstance(exponent.value, int)
