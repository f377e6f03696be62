"""One step of an optimiser, for the gradient g at the weights w. Each is made of others.

    sgd_step(w, g, lr)            w - lr g
    momentum_step(w, g, m, lr)    w - lr m',  m' = momentum m + g
    adam_step(w, g, m, v, t, lr)  w - lr (m'/(1 - beta1^t))/(√(v'/(1 - beta2^t)) + eps)
                                  m' = beta1 m + (1 - beta1) g,  v' = beta2 v + (1 - beta2) g²

Sources: torch.optim.SGD, Adam (without weight decay, dampening, Nesterov); Kingma and Ba (2015).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, mul, power, sqrt, subtract
from symderiv.expression.tree import ONE, Expr, Number
from symderiv.operations.declaring.existence import nonnegative, nonzero
from symderiv.operations.declaring.forms import call, minus, over, plus, shape_of, squared, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
BETA1, BETA2 = Number(Fraction(9, 10)), Number(Fraction(999, 1000))
EPS = Number(Fraction(1, 10**8))


def _alike(name: str, *parts: Meaning) -> tuple[Tensor, ...]:
    """Arrays of one shape, or numbers."""
    arrays = tuple(as_tensor(part, name) for part in parts)
    if not all(same_shape(t.shape, arrays[0].shape) for t in arrays):
        shapes = ", ".join(t.described for t in arrays)
        raise ShapeError(f"{name} of {shapes}", expected="a gradient and a state of the shape of the weights")
    return arrays


def _each(value: Callable[..., Expr], *parts: Tensor) -> Tensor:
    """An array of what is computed from the entries at one place."""
    result = Tensor.of(parts[0].shape, lambda *at: value(*(t.formula(*at) for t in parts)))
    return result.where(conjunction(*(t.condition(*result.indices) for t in parts)))


def sgd_step(w: Meaning, g: Meaning, lr: Expr) -> Tensor:
    """``w - lr g``."""
    rate = scalar_option(lr, "lr")
    return _each(lambda w, g: subtract(w, mul(rate, g)), *_alike("sgd_step", w, g))


def _sgd_made_of(w: Expr, g: Expr, lr: Expr) -> Expr:
    return minus(w, times(lr, g))


def momentum_step(w: Meaning, g: Meaning, m: Meaning, lr: Expr, momentum: Expr = BETA1) -> Tensor:
    """``w - lr (momentum m + g)``."""
    rate, kept = scalar_option(lr, "lr"), scalar_option(momentum, "momentum")
    weights, slope, before = _alike("momentum_step", w, g, m)
    now = _each(lambda g, m: add(mul(kept, m), g), slope, before)
    return _each(lambda w, m: subtract(w, mul(rate, m)), weights, now)


def _momentum_made_of(w: Expr, g: Expr, m: Expr, lr: Expr, momentum: Expr) -> Expr:
    now = plus(times(momentum, m), g)
    return minus(w, times(lr, now))


def adam_step(
    w: Meaning,
    g: Meaning,
    m: Meaning,
    v: Meaning,
    t: Expr,
    lr: Expr,
    beta1: Expr = BETA1,
    beta2: Expr = BETA2,
    eps: Expr = EPS,
) -> Tensor:
    """The new weights in step t = 1, 2, … for the means m of g and v of g² before it."""
    step, rate = scalar_option(t, "t"), scalar_option(lr, "lr")
    b1, b2, least = (scalar_option(b, n) for b, n in ((beta1, "beta1"), (beta2, "beta2"), (eps, "eps")))
    weights, slope, first, second = _alike("adam_step", w, g, m, v)
    mean = _each(lambda g, m: add(mul(b1, m), mul(subtract(ONE, b1), g)), slope, first)
    square = _each(lambda g, v: add(mul(b2, v), mul(subtract(ONE, b2), power(g, TWO))), slope, second)
    share1, share2 = (subtract(ONE, power(b, step)) for b in (b1, b2))

    def moved(w: Expr, m: Expr, v: Expr) -> Expr:
        below = add(sqrt(divide(v, share2)), least)
        return subtract(w, divide(mul(rate, divide(m, share1)), below))

    new = _each(moved, weights, mean, square)
    spread = divide(square.formula(*new.indices), share2)
    exists = nonzero(share1), nonzero(share2), nonnegative(spread), nonzero(add(sqrt(spread), least))
    return new.where(conjunction(*exists))


def _adam_made_of(
    w: Expr, g: Expr, m: Expr, v: Expr, t: Expr, lr: Expr, beta1: Expr, beta2: Expr, eps: Expr
) -> Expr:
    square = call("hadamard", g, g) if shape_of(g) else squared(g)
    mean = plus(times(beta1, m), times(minus(ONE, beta1), g))
    spread = plus(times(beta2, v), times(minus(ONE, beta2), square))
    share1, share2 = (minus(ONE, call("pow", b, t)) for b in (beta1, beta2))
    below = plus(call("sqrt", over(spread, share2)), eps)
    return minus(w, times(lr, over(over(mean, share1), below)))


_HALF, _QUARTER = Number(Fraction(1, 2)), Number(Fraction(1, 4))
_RATE = option("lr")

OPTIMISERS = (
    Operation(
        "sgd_step",
        (array("w"), array("g"), _RATE),
        sgd_step,
        made_of=_sgd_made_of,
        formula="w - lr g",
        examples=tuple({"w": shape, "g": shape, "lr": _HALF} for shape in ((), (3,), (2, 2))),
    ),
    Operation(
        "momentum_step",
        (array("w"), array("g"), array("m"), _RATE, option("momentum", BETA1)),
        momentum_step,
        made_of=_momentum_made_of,
        formula="w - lr m', m' = momentum m + g",
        examples=(
            {"w": (), "g": (), "m": (), "lr": _HALF},
            {"w": (2,), "g": (2,), "m": (2,), "lr": _HALF},
            {"w": (2, 2), "g": (2, 2), "m": (2, 2), "lr": _HALF, "momentum": _QUARTER},
        ),
    ),
    Operation(
        "adam_step",
        (
            *(array(name) for name in ("w", "g", "m", "v")),
            option("t"),
            _RATE,
            option("beta1", BETA1),
            option("beta2", BETA2),
            option("eps", EPS),
        ),
        adam_step,
        made_of=_adam_made_of,
        formula="w - lr m̂/(√v̂ + eps), m̂ = m'/(1 - beta1^t), v̂ = v'/(1 - beta2^t)",
        kinks="no derivative where v' = 0",
        source="Kingma and Ba (2015)",
        examples=(
            {**dict.fromkeys("wgmv", (2,)), "t": ONE, "lr": _HALF},
            {**dict.fromkeys("wgmv", (2, 2)), "t": TWO, "lr": _HALF, "eps": _HALF},
            {**dict.fromkeys("wgmv", ()), "t": TWO, "lr": _HALF, "beta1": _HALF, "beta2": _QUARTER},
        ),
    ),
)
