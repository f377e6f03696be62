"""Gated linear units: one half, or one linear map, says how much of the other passes.

    glu(x) = a ⊙ σ(b),  x = (a, b) along an axis               ∂y/∂a = σ(b),  ∂y/∂b = a σ(b) (1 - σ(b))
    swiglu(X, W, V, b, c) = silu(X W + b) ⊙ (X V + c)          geglu with gelu in the place of silu

x has 2 n places along the axis (the last one, if none is said); X is (…, d), W and V are (d, f).
Sources: Dauphin et al. (2017), as PyTorch's glu; Shazeer, GLU variants improve transformer (2020), eq. 6.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, mul
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import HALF, ONE, TRUE, Expr, Number
from symderiv.operations.activations.entrywise import logistic, normal_cdf
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.forms import array_of, call, deltas, entry, minus, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option, optional_array
from symderiv.operations.declaring.options import one_axis
from symderiv.operations.declaring.shapes import as_tensor, same_shape, same_size
from symderiv.tensor import Meaning, Tensor

At = tuple[Expr, ...]


def _axis(axis: Expr | None, rank: int) -> int:
    if not rank:
        raise ShapeError("glu of a number", expected="an array of two halves")
    return rank - 1 if axis is None else one_axis(axis, rank)


def _half(shape: At, along: int) -> Expr:
    half = mul(HALF, shape[along])
    if not is_whole(half):
        raise ShapeError(
            f"{to_text(shape[along])} places in two halves",
            expected="an even number of places",
            cure="write the size as 2 times a letter, x: vector(2*n)",
        )
    return half


def _moved(at: At, along: int, by: Expr) -> At:
    return (*at[:along], add(at[along], by), *at[along + 1 :])


def glu(x: Meaning, axis: Expr | None = None) -> Tensor:
    """a ⊙ σ(b) of the two halves a and b along an axis."""
    t = as_tensor(x, "x")
    along = _axis(axis, t.rank)
    half = _half(t.shape, along)

    def value(*at: Expr) -> Expr:
        return mul(t.formula(*at), logistic(t.formula(*_moved(at, along, half))))

    result = Tensor.of((*t.shape[:along], half, *t.shape[along + 1 :]), value)
    at = result.indices
    return result.where(conjunction(t.condition(*at), t.condition(*_moved(at, along, half))))


class Halves:
    """The two halves of x, at names."""

    def __init__(self, x: Expr, axis: Expr | None) -> None:
        self.x, shape = x, shape_of(x)
        self.along = _axis(axis, len(shape))
        self.half = readable(_half(shape, self.along))
        self.shape = (*shape[: self.along], self.half, *shape[self.along + 1 :])

    def behind(self, at: At) -> At:
        return (*at[: self.along], plus(self.half, at[self.along]), *at[self.along + 1 :])

    def by_entry(self, *at: Expr) -> Expr:
        """δ_ij σ(b_i) + δ_(i+n)j a_i σ(b_i) (1 - σ(b_i))"""
        i, j = at[: len(self.shape)], at[len(self.shape) :]
        gate = call("sigmoid", entry(self.x, *self.behind(i)))
        near = times(deltas(i, j), gate)
        far = times(deltas(self.behind(i), j), entry(self.x, *i), gate, minus(ONE, gate))
        return plus(near, far)

    def sent(self, G: Expr) -> Expr:
        """G ⊙ σ(b) to a, and G ⊙ a ⊙ σ(b) ⊙ (1 - σ(b)) to b."""
        a = array_of(self.shape, lambda *at: entry(self.x, *at), self.x)
        gate = call("sigmoid", array_of(self.shape, lambda *at: entry(self.x, *self.behind(at)), self.x))
        slope = call("hadamard", call("hadamard", a, gate), minus(ONE, gate))
        parts = call("hadamard", G, gate), call("hadamard", G, slope)
        return call("concat", *parts, **({"axis": Number(self.along)} if self.along else {}))


def _by_x(x: Expr, axis: Expr | None) -> Expr:
    halves = Halves(x, axis)
    return array_of((*halves.shape, *shape_of(x)), halves.by_entry, x)


def gated(gate: Callable[[Expr], Expr], name: str) -> Callable[..., Tensor]:
    """``gate(X W + b) ⊙ (X V + c)``."""

    def forward(
        X: Meaning, W: Meaning, V: Meaning, b: Meaning | None = None, c: Meaning | None = None
    ) -> Tensor:
        x, w, v = as_tensor(X, "X"), as_tensor(W, "W"), as_tensor(V, "V")
        if not (
            x.rank and w.rank == 2 and same_shape(w.shape, v.shape) and same_size(x.shape[-1], w.shape[0])
        ):
            raise ShapeError(
                f"{name} of {x.described}, {w.described} and {v.described}",
                expected="X (…, d), W and V (d, f)",
            )
        shifts = [None if s is None else as_tensor(s) for s in (b, c)]
        if not all(s is None or same_shape(s.shape, w.shape[1:]) for s in shifts):
            raise ShapeError(f"{name} adds one number an output", expected="b and c (f)")

        def part(k: int, at: At) -> Expr:
            factor, shift = (w, v)[k], shifts[k]
            product = over_axis(
                "sum",
                w.shape[0],
                lambda l: mul(x.formula(*at[:-1], l), factor.formula(l, at[-1])),  # noqa: E741
            )
            return product if shift is None else add(product, shift.formula(at[-1]))

        result = Tensor.of((*x.shape[:-1], w.shape[1]), lambda *at: mul(gate(part(0, at)), part(1, at)))
        *row, j = result.indices
        each = forall(
            w.shape[0],
            lambda l: conjunction(x.condition(*row, l), w.condition(l, j), v.condition(l, j)),  # noqa: E741
        )
        return result.where(conjunction(each, *(TRUE if s is None else s.condition(j) for s in shifts)))

    return forward


def _made_of(gate: str) -> Callable[..., Expr]:
    def written(X: Expr, W: Expr, V: Expr, b: Expr | None, c: Expr | None) -> Expr:
        rank = len(shape_of(X))

        def affine(weights: Expr, shift: Expr | None) -> Expr:
            turned, given = call("transpose", weights), () if shift is None else (shift,)
            if rank == 1 and shape_of(X) != (ONE,):
                return plus(times(turned, X), *given)
            if rank != 2:
                return call("linear", X, turned, *given)
            rows = (times(call("ones", shape_of(X)[0]), call("transpose", b)) for b in given)
            return plus(times(X, weights), *rows)

        return call("hadamard", call(gate, affine(W, b)), affine(V, c))

    return written


def _unit(name: str, gate: str, value: Callable[[Expr], Expr]) -> Operation:
    return Operation(
        name,
        (array("X"), array("W"), array("V"), optional_array("b"), optional_array("c")),
        gated(value, name),
        made_of=_made_of(gate),
        formula=f"{gate}(X W + b) ⊙ (X V + c)",
        weights=("W", "V", "b", "c"),
        source="Shazeer (2020)",
        examples=(
            {"X": (2,), "W": (2, 3), "V": (2, 3)},
            {"X": (2, 2), "W": (2, 3), "V": (2, 3), "b": (3,), "c": (3,)},
            {"X": (1, 2, 2), "W": (2, 2), "V": (2, 2)},
        ),
    )


GATED_UNITS = (
    Operation(
        "glu",
        (array("x"), option("axis")),
        glu,
        jacobians={"x": _by_x},
        vjps={"x": lambda G, x, axis: Halves(x, axis).sent(G)},
        formula="a ⊙ σ(b) of the halves a and b of x",
        source="Dauphin et al. (2017)",
        gates=2,
        examples=({"x": (4,)}, {"x": (2, 4)}, {"x": (4, 3), "axis": Number(0)}),
    ),
    _unit("swiglu", "silu", lambda x: mul(x, logistic(x))),
    _unit("geglu", "gelu", lambda x: mul(x, normal_cdf(x))),
)
