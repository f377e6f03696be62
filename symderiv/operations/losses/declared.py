"""The loss operations, each with its gradient in the shape of the prediction."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Expr, Number, Text
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
)
from symderiv.operations.declaring.operation import (
    Example,
    Operation,
    Parameter,
    array,
    option,
    optional_array,
)
from symderiv.operations.losses import forward as losses
from symderiv.operations.losses.class_declared import CLASS_LOSSES
from symderiv.tensor import Meaning

TWO = Number(2)
MEAN, SUM, NONE = Text("mean"), Text("sum"), Text("none")


def hadamard(a: Expr, b: Expr) -> Expr:
    return call("hadamard", a, b)


Gradient = Callable[..., Expr]
"""∂loss/∂x as an array, of the prediction, the labels, and the options of the loss."""


def _mean(gradient: Gradient) -> Callable[..., Expr]:
    """``gradient(x, t) / N``; of the losses that are kept, entry by entry, ``diag(gradient(x, t))``."""

    def jacobian(x: Expr, t: Expr, reduction: Expr | None = None, *options: Expr) -> Expr:
        whole = gradient(x, t, *options)
        if losses.reduction_of(reduction) == "none":
            return on_the_diagonal(whole, x, t)
        return over(whole, losses.divisor(shape_of(x), reduction))

    return jacobian


def on_the_diagonal(gradient: Expr, x: Expr, *others: Expr) -> Expr:
    """The Jacobian of a function of each entry: its slopes on the diagonal, zero elsewhere."""
    shape = shape_of(x)
    if len(shape) < 2:
        return call("diag", gradient) if shape else gradient
    rank = len(shape)

    def value(*at: Expr) -> Expr:
        return times(deltas(at[:rank], at[rank:]), entry(gradient, *at[:rank]))

    return array_of((*shape, *shape), value, x, gradient, *others)


def _weighed(gradient: Gradient) -> Callable[..., Expr | None]:
    """``G ⊙ gradient(x, t)``: each loss that is kept sends back to its own entry."""

    def vjp(G: Expr, x: Expr, t: Expr, reduction: Expr | None = None, *options: Expr) -> Expr | None:
        if losses.reduction_of(reduction) != "none":
            return None
        return hadamard(G, gradient(x, t, *options))

    return vjp


def _negative(a: Expr) -> Expr:
    return Apply("neg", (a,))


def _residual(y: Expr, t: Expr) -> Expr:
    return minus(y, t)


def _hinge_slope(s: Expr, t: Expr, margin: Expr) -> Expr:
    return _negative(hadamard(t, call("heaviside", minus(margin, hadamard(t, s)))))


def _huber_slope(y: Expr, t: Expr, delta: Expr) -> Expr:
    """r between -δ and δ, which lie where |r| is larger."""
    return call("max", call("min", _residual(y, t), delta), minus(ZERO, delta))


def _smooth_slope(y: Expr, t: Expr, beta: Expr) -> Expr:
    """r/β between -1 and 1, which lie where |r| is larger."""
    return call("max", call("min", over(_residual(y, t), beta), ONE), MINUS_ONE)


def _logits_slope(z: Expr, t: Expr, pos_weight: Expr | None = None) -> Expr:
    """σ(z) - t; with the weight w of what is there, (1 + (w - 1) t) σ(z) - w t."""
    p = call("sigmoid", z)
    if pos_weight is None:
        return minus(p, t)
    more = plus(ONE, beside(minus(pos_weight, ONE), t, pos_weight))
    return minus(hadamard(more, p), beside(pos_weight, t, pos_weight))


def _logits_by_labels(z: Expr, t: Expr, pos_weight: Expr | None = None) -> Expr:
    """-z; with the weight w, (w - 1) log (1 + e^z) - w z."""
    if pos_weight is None:
        return _negative(z)
    more = beside(minus(pos_weight, ONE), call("softplus", z), pos_weight)
    return minus(more, beside(pos_weight, z, pos_weight))


def beside(factor: Expr, x: Expr, w: Expr) -> Expr:
    """factor ⊙ x, where the factor is a number or has the shape of w: that of x, or of its rows."""
    if not shape_of(w):
        return times(factor, x)
    rows = shape_of(x.children[0] if isinstance(x, Apply) else x)
    if len(rows) == 2 and len(shape_of(w)) == 1:
        factor = times(call("ones", rows[0]), call("transpose", factor))
    return hadamard(factor, x)


def loss(
    name: str,
    names: tuple[str, str],
    forward: Callable[..., Meaning],
    slopes: dict[str, Gradient],
    formula: str,
    *,
    kinks: str = "",
    more: tuple[Parameter, ...] = (),
    settings: tuple[Example, ...] = (),
    by_default: Text = MEAN,
) -> Operation:
    a, b = names
    shapes = ((2,), (3,), (2, 2))
    words = (((3,), SUM), ((3,), NONE), ((2, 2), NONE), ((), NONE))
    reduced: list[Example] = [{a: shape, b: shape, "reduction": word} for shape, word in words]
    return Operation(
        name,
        (array(a), array(b), option("reduction", by_default), *more),
        forward,
        jacobians={a: _mean(slopes[a]), b: _mean(slopes[b])},
        vjps={a: _weighed(slopes[a]), b: _weighed(slopes[b])},
        formula=formula,
        kinks=kinks,
        numeric_with=("t",),
        examples=(
            *({a: shape, b: shape} for shape in shapes),
            *reduced,
            *({a: (3,), b: (3,), **given} for given in settings),
        ),
    )


LOSSES = (
    *CLASS_LOSSES,
    loss(
        "binary_cross_entropy",
        ("p", "t"),
        losses.binary_cross_entropy,
        {
            "p": lambda p, t: over(minus(p, t), hadamard(p, minus(ONE, p))),
            "t": lambda p, t: minus(call("log", minus(ONE, p)), call("log", p)),
        },
        "-mean (t log p + (1-t) log(1-p))",
    ),
    loss(
        "binary_cross_entropy_with_logits",
        ("z", "t"),
        losses.binary_cross_entropy_with_logits,
        {"z": _logits_slope, "t": _logits_by_labels},
        "mean (log(1 + e^z) - t z)",
        more=(optional_array("pos_weight"),),
        settings=({"pos_weight": ()}, {"pos_weight": (3,)}, {"z": (2, 3), "t": (2, 3), "pos_weight": (3,)}),
    ),
    loss(
        "mse",
        ("y", "t"),
        losses.mse,
        {"y": lambda y, t: times(TWO, minus(y, t)), "t": lambda y, t: times(TWO, minus(t, y))},
        "mean (y - t)²",
    ),
    loss(
        "mae",
        ("y", "t"),
        losses.mae,
        {"y": lambda y, t: call("sign", minus(y, t)), "t": lambda y, t: call("sign", minus(t, y))},
        "mean |y - t|",
        kinks="no derivative where y = t: from the left -1/N, from the right 1/N; "
        "the subdifferential is [-1/N, 1/N]",
    ),
    loss(
        "huber",
        ("y", "t"),
        losses.huber,
        {"y": _huber_slope, "t": lambda y, t, delta: _huber_slope(t, y, delta)},
        "mean (r²/2 where |r| ≤ delta, else delta (|r| - delta/2)), r = y - t",
        more=(option("delta", ONE),),
        settings=({"delta": TWO}, {"delta": TWO, "reduction": NONE}),
    ),
    loss(
        "smooth_l1",
        ("y", "t"),
        losses.smooth_l1,
        {"y": _smooth_slope, "t": lambda y, t, beta: _smooth_slope(t, y, beta)},
        "mean (r²/(2 beta) where |r| < beta, else |r| - beta/2), r = y - t",
        more=(option("beta", ONE),),
        settings=({"beta": TWO}, {"beta": TWO, "reduction": NONE}),
    ),
    loss(
        "hinge",
        ("s", "t"),
        losses.hinge,
        {"s": _hinge_slope, "t": lambda s, t, margin: _hinge_slope(t, s, margin)},
        "mean max(0, margin - t s)",
        kinks="no derivative where t s = 1 (or another margin): on the side of t s < 1 it is -t/N, on the "
        "other 0",
        more=(option("margin", ONE),),
        settings=({"margin": TWO}, {"margin": TWO, "reduction": NONE}),
    ),
    loss(
        "kl_divergence",
        ("p", "q"),
        losses.kl_divergence,
        {"p": lambda p, q: plus(call("log", over(p, q)), ONE), "q": lambda p, q: _negative(over(p, q))},
        "Σ p log(p/q)",
        by_default=SUM,
    ),
)
