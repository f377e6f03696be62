"""The loss operations, each with its gradient in the shape of the prediction."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError
from symderiv.expression.tree import ONE, Apply, Expr, Number, Sequence, Text
from symderiv.operations import losses
from symderiv.operations.forms import (
    array_of,
    call,
    delta,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
)
from symderiv.operations.operation import Example, Operation, array, option

TWO = Number(2)
SUM = Text("sum")


def hadamard(a: Expr, b: Expr) -> Expr:
    return call("hadamard", a, b)


def _mean(gradient: Callable[[Expr, Expr], Expr]) -> Callable[..., Expr]:
    """``gradient(x, t) / N``."""

    def jacobian(x: Expr, t: Expr, reduction: Expr | None = None) -> Expr:
        return over(gradient(x, t), losses.divisor(shape_of(x), reduction))

    return jacobian


def _negative(a: Expr) -> Expr:
    return Apply("neg", (a,))


def _cross_entropy_form(z: Expr, t: Expr, reduction: Expr | None = None) -> Expr:
    """p - t for labels that sum to 1: (Σ t) p - t in general."""
    p = call("softmax", z)
    shape, rows = shape_of(z), shape_of(z)[:-1]
    n = losses.divisor(rows, reduction)
    if shape_of(t) == rows and shape != rows:

        def hot(*at: Expr) -> Expr:
            return over(minus(entry(p, *at), delta(at[-1], entry(t, *at[:-1]))), n)

        return array_of(shape, hot, z, t)
    if len(shape) == 1:
        return minus(times(call("sum", t), p), t)

    weights = times(call("sum", t, axis=ONE), call("transpose", call("ones", shape[1])))
    return over(minus(hadamard(weights, p), t), n)


def _cross_entropy_by_labels(z: Expr, t: Expr, reduction: Expr | None = None) -> Expr:
    """-log softmax(z), for labels that are no index."""
    if shape_of(t) != shape_of(z):
        raise MeaningError("the index of a class is a whole number: no derivative by it")
    return over(_negative(call("log_softmax", z)), losses.divisor(shape_of(z)[:-1], reduction))


def _categorical_by_labels(p: Expr, t: Expr, reduction: Expr | None = None) -> Expr:
    return over(_negative(call("log", p)), losses.divisor(shape_of(p)[:-1], reduction))


def _categorical_form(p: Expr, t: Expr, reduction: Expr | None = None) -> Expr:
    return over(_negative(over(t, p)), losses.divisor(shape_of(p)[:-1], reduction))


def _by_second(gradient: Callable[[Expr, Expr], Expr]) -> Callable[..., Expr]:
    """The derivative by t of a loss whose roles are exchanged: ``gradient(t, y) / N``."""
    return lambda y, t, reduction=None: _mean(gradient)(t, y, reduction)


def _hinge_slope(s: Expr, t: Expr) -> Expr:
    margin = minus(ONE, hadamard(t, s))
    return _negative(hadamard(t, call("heaviside", margin)))


def _loss(
    name: str,
    names: tuple[str, str],
    forward: Callable[..., object],
    forms: dict[str, Callable[..., Expr]],
    formula: str,
    *,
    kinks: str = "",
    shapes: tuple[tuple[int, ...], ...] = ((2,), (3,), (2, 2)),
    reduces: bool = True,
    more: tuple[Example, ...] = (),
) -> Operation:
    options = (option("reduction", Text("mean")),) if reduces else ()
    a, b = names
    sums: tuple[Example, ...] = ({a: shapes[1], b: shapes[1], "reduction": SUM},) if reduces else ()
    return Operation(
        name,
        (array(a), array(b), *options),
        forward,  # type: ignore[arg-type]
        jacobians=forms,
        formula=formula,
        kinks=kinks,
        numeric_with=("t",),
        examples=(*({a: shape, b: shape} for shape in shapes), *sums, *more),
    )


LOSSES = (
    _loss(
        "cross_entropy",
        ("z", "t"),
        losses.cross_entropy,
        {"z": _cross_entropy_form, "t": _cross_entropy_by_labels},
        "-Σ_i t_i log softmax(z)_i",
        more=(
            {"z": (3,), "t": ONE},
            {"z": (2, 3), "t": Sequence((TWO, Number(0)))},
            {"z": (2, 3), "t": (2, 3), "reduction": SUM},
        ),
    ),
    _loss(
        "categorical_cross_entropy",
        ("p", "t"),
        losses.categorical_cross_entropy,
        {"p": _categorical_form, "t": _categorical_by_labels},
        "-Σ_i t_i log p_i",
    ),
    _loss(
        "binary_cross_entropy",
        ("p", "t"),
        losses.binary_cross_entropy,
        {
            "p": _mean(lambda p, t: over(minus(p, t), hadamard(p, minus(ONE, p)))),
            "t": _mean(lambda p, t: minus(call("log", minus(ONE, p)), call("log", p))),
        },
        "-mean (t log p + (1-t) log(1-p))",
    ),
    _loss(
        "binary_cross_entropy_with_logits",
        ("z", "t"),
        losses.binary_cross_entropy_with_logits,
        {"z": _mean(lambda z, t: minus(call("sigmoid", z), t)), "t": _mean(lambda z, t: _negative(z))},
        "mean (log(1 + e^z) - t z)",
    ),
    _loss(
        "mse",
        ("y", "t"),
        losses.mse,
        {
            "y": _mean(lambda y, t: times(TWO, minus(y, t))),
            "t": _by_second(lambda t, y: times(TWO, minus(t, y))),
        },
        "mean (y - t)²",
    ),
    _loss(
        "mae",
        ("y", "t"),
        losses.mae,
        {
            "y": _mean(lambda y, t: call("sign", minus(y, t))),
            "t": _by_second(lambda t, y: call("sign", minus(t, y))),
        },
        "mean |y - t|",
        kinks="no derivative where y = t: from the left -1/N, from the right 1/N; "
        "the subdifferential is [-1/N, 1/N]",
    ),
    _loss(
        "hinge",
        ("s", "t"),
        losses.hinge,
        {"s": _mean(_hinge_slope), "t": _by_second(_hinge_slope)},
        "mean max(0, 1 - t s)",
        kinks="no derivative where t s = 1: on the side of t s < 1 it is -t/N, on the other 0",
    ),
    _loss(
        "kl_divergence",
        ("p", "q"),
        losses.kl_divergence,
        {
            "p": lambda p, q: plus(call("log", over(p, q)), ONE),
            "q": lambda p, q: _negative(over(p, q)),
        },
        "Σ p log(p/q)",
        reduces=False,
    ),
)
