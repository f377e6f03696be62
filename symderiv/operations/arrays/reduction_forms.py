"""Jacobians of reductions: every entry that an output is made of, weighed; 0 for all others.

    sum 1     prod Π of the others     mean 1/N     var 2 (x - μ)/(N - ddof)     std (x - μ)/((N - ddof) σ)
    ‖x‖_p  sign(x) (|x|/‖x‖_p)^(p-1)

Outputs stand where the axes are left, N is how many entries the others hold.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, mul
from symderiv.expression.tree import FALSE, INFINITY, MINUS_ONE, ONE, TRUE, ZERO, Apply, Binder, Expr, Number
from symderiv.operations.declaring.axes import axes_of
from symderiv.operations.declaring.forms import (
    array_of,
    both,
    call,
    entry,
    letters,
    minus,
    over,
    shape_of,
    times,
    where,
)
from symderiv.operations.declaring.operation import Example

TWO = Number(2)
Weight = Callable[["Line", tuple[Expr, ...]], Expr]
"""What an output takes of the entry at some place."""


class Line:
    """An array, the axes along which it is reduced, and what it has there."""

    def __init__(self, x: Expr, axis: Expr | None, ddof: Expr | None = None) -> None:
        self.x, self.shape, self.ddof = x, shape_of(x), ddof
        self.axes = axes_of(axis, len(self.shape))
        self.kept = [k for k in range(len(self.shape)) if k not in self.axes]
        self.axis = () if axis is None else (("axis", axis),)

    @property
    def count(self) -> Expr:
        return mul(*(self.shape[k] for k in self.axes))

    @property
    def freedom(self) -> Expr:
        return self.count if self.ddof is None else minus(self.count, self.ddof)

    def reduced(self, head: str, at: tuple[Expr, ...]) -> Expr:
        """The mean, or the deviation, of the line through an entry."""
        ddof = () if self.ddof is None or head == "mean" else (("ddof", self.ddof),)
        whole = Apply(head, (self.x,), (*self.axis, *ddof))
        return entry(whole, *(at[k] for k in self.kept))

    def centred(self, at: tuple[Expr, ...]) -> Expr:
        return minus(entry(self.x, *at), self.reduced("mean", at))


def _deviation(line: Line, at: tuple[Expr, ...]) -> Expr:
    return over(line.centred(at), times(line.freedom, line.reduced("std", at)))


def _product_of_others(line: Line, at: tuple[Expr, ...]) -> Expr:
    """Π x over the places of the axes but this one: along the first axis, others whole, then along them."""
    rank = len(line.shape)
    names = letters(3 * rank, line.x)[2 * rank :]  # behind those of outputs and inputs
    factors: list[Expr] = []
    for first, axis in enumerate(line.axes):
        inner = line.axes[first:]
        body = entry(line.x, *(names[k] if k in inner else index for k, index in enumerate(at)))
        for k in reversed(inner):
            others = Apply("ne", (names[k], at[k])) if k == axis else TRUE
            body = Binder("prod", body, names[k], ZERO, add(line.shape[k], MINUS_ONE), others)
        factors.append(body)
    return times(*factors)


WEIGHTS: dict[str, Weight] = {
    "sum": lambda line, at: ONE,
    "mean": lambda line, at: over(ONE, line.count),
    "var": lambda line, at: over(times(TWO, line.centred(at)), line.freedom),
    "std": _deviation,
    "prod": _product_of_others,
}


def along(weight: Weight) -> Callable[..., Expr]:
    """The Jacobian of a reduction, its shape the output's followed by the array's."""

    def jacobian(x: Expr, axis: Expr | None, *rest: Expr | None) -> Expr:
        *more, keepdims = rest
        line = Line(x, axis, *more)
        outputs = line.shape if keepdims == TRUE else tuple(line.shape[k] for k in line.kept)
        if keepdims == TRUE:
            outputs = tuple(ONE if k in line.axes else n for k, n in enumerate(line.shape))

        def value(*at: Expr) -> Expr:
            own, read = at[: len(outputs)], at[len(outputs) :]
            own = tuple(own[k] for k in line.kept) if keepdims == TRUE else own
            same = (Apply("eq", (i, read[k])) for i, k in zip(own, line.kept, strict=True))
            return where(both(*same), weight(line, read))

        return array_of((*outputs, *line.shape), value, x)

    return jacobian


def norm_jacobian(x: Expr, p: Expr | None) -> Expr:
    """x/‖x‖; sign x for p = 1; sign(x_i) (|x_i|/‖x‖_p)^(p-1); of the largest alone where p is infinite."""
    shape = shape_of(x)
    if not shape:
        return call("sign", x)
    if p is None or p == TWO:
        return over(x, call("norm", x))
    if p == ONE:
        return call("sign", x)
    root = Apply("norm", (x, p))

    def value(*at: Expr) -> Expr:
        if isinstance(p, Number) and p.value % 2 == 0:
            return Apply("pow", (over(entry(x, *at), root), minus(p, ONE)))
        size = call("abs", entry(x, *at))
        if p == INFINITY:
            return where(Apply("eq", (size, root)), call("sign", entry(x, *at)))
        return times(call("sign", entry(x, *at)), Apply("pow", (over(size, root), minus(p, ONE))))

    return array_of(shape, value, x, p)


EXAMPLES: tuple[Example, ...] = (
    {"x": (3,)},
    {"x": (2, 3), "axis": ZERO},
    {"x": (2, 3), "axis": Number(-1)},
    {"x": (2, 3), "axis": ONE, "keepdims": TRUE},
    {"x": (2, 2, 2), "axis": ONE, "keepdims": FALSE},
)

SPREADS: tuple[Example, ...] = (*EXAMPLES, {"x": (3,), "ddof": ONE}, {"x": (2, 3), "axis": ONE, "ddof": ONE})

NORMS: tuple[Example, ...] = (
    {"x": (3,)},
    {"x": (2, 2)},
    {"x": (3,), "p": ONE},
    {"x": (3,), "p": Number(3)},
    {"x": (2,), "p": Number(4)},
    {"x": (3,), "p": INFINITY},
)
