"""Images whose pixels are repeated, or taken out of channels.

    upsample_nearest(X, s)[…, p, q] = X[…, ⌊p/s⌋, ⌊q/s⌋]                of 2-D images; of sequences one axis
    pixel_shuffle(X, r)[c, p, q]    = X[c r² + (p mod r) r + q mod r, ⌊p/r⌋, ⌊q/r⌋]

Sources: torch.nn.functional.interpolate (nearest, a whole scale); Shi et al. (2016).
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import add, divide, function, mul, negative
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Number
from symderiv.operations.declaring.forms import array_of, call, deltas, entry, plus, shape_of, times, total
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import count_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Meaning, Tensor

TWO, THREE = Number(2), Number(3)
At = tuple[Expr, ...]


def _whole(p: Expr, s: Expr) -> Expr:
    return function("floor", divide(p, s))


def _rest(p: Expr, s: Expr) -> Expr:
    return add(p, negative(mul(s, _whole(p, s))))


def _moved(x: Tensor, shape: At, read: Callable[[At], At]) -> Tensor:
    result = Tensor.of(shape, lambda *at: x.formula(*read(at)))
    return result.where(x.condition(*read(result.indices)))


def _upsampled(axes: int) -> Callable[[Meaning, Expr], Tensor]:
    def forward(X: Meaning, scale_factor: Expr) -> Tensor:
        x, s = as_tensor(X, "X"), _scale(scale_factor, "scale_factor")
        if x.rank < axes:
            raise ShapeError(f"upsampling {x.described} over {axes} axes")
        return _moved(
            x, _larger(x.shape, axes, s), lambda at: (*at[:-axes], *(_whole(p, s) for p in at[-axes:]))
        )

    return forward


def _scale(scale: Expr, name: str) -> Expr:
    return Number(count_option(scale, name))


def _larger(shape: At, axes: int, s: Expr) -> At:
    return (*shape[:-axes], *(mul(s, n) for n in shape[-axes:]))


def _quotient(p: Expr, s: Expr) -> Expr:
    return Apply("floordiv", (p, s))


def _upsampled_by(axes: int) -> Callable[[Expr, Expr], Expr]:
    def jacobian(X: Expr, s: Expr) -> Expr:
        shape = shape_of(X)
        rank = len(shape)

        def value(*at: Expr) -> Expr:
            out, read = at[:rank], at[rank:]
            own = (*out[:-axes], *(_quotient(p, s) for p in out[-axes:]))
            return deltas(own, read)

        return array_of((*_larger(shape, axes, s), *shape), value, X)

    return jacobian


def _upsampled_back(axes: int) -> Callable[[Expr, Expr, Expr], Expr]:
    """Each pixel is sent the sum over its copies."""

    def vjp(G: Expr, X: Expr, s: Expr) -> Expr:
        def value(*at: Expr) -> Expr:
            def copies(left: At, done: At) -> Expr:
                if not left:
                    return entry(G, *at[:-axes], *done)
                return total(s, lambda a: copies(left[1:], (*done, plus(times(s, left[0]), a))), G, X, *at)

            return copies(at[-axes:], ())

        return array_of(shape_of(X), value, G, X)

    return vjp


def pixel_shuffle(X: Meaning, upscale_factor: Expr) -> Tensor:
    """Of (…, C r², H, W) the image (…, C, r H, r W)."""
    x, r = as_tensor(X, "X"), _scale(upscale_factor, "upscale_factor")
    if x.rank < 3:
        raise ShapeError(f"pixel_shuffle of {x.described}", expected="an image (C r², H, W)")
    return _moved(x, _shuffled(x.shape, r), lambda at: _source(at, r, _whole, _rest, add, mul))


def _shuffled(shape: At, r: Expr) -> At:
    *lead, c, h, w = shape
    channels = tidy_size(divide(c, mul(r, r)))
    if not is_whole(channels):
        raise MeaningError(
            f"{to_text(c)} channels for pixel_shuffle by {to_text(r)}",
            expected=f"a multiple of {to_text(mul(r, r))} channels",
        )
    return (*lead, channels, mul(r, h), mul(r, w))


def _source(
    at: At, r: Expr, quotient: Callable[..., Expr], rest: Callable[..., Expr], sum_: Callable[..., Expr],
    product: Callable[..., Expr],
) -> At:  # fmt: skip
    """From which channel and pixel the pixel of the larger image comes."""
    *lead, c, p, q = at
    channel = sum_(product(mul(r, r), c), product(r, rest(p, r)), rest(q, r))
    return (*lead, channel, quotient(p, r), quotient(q, r))


def _remainder(p: Expr, s: Expr) -> Expr:
    return call("mod", p, s)


def _shuffled_by(X: Expr, r: Expr) -> Expr:
    shape = shape_of(X)
    rank = len(shape)
    return array_of(
        (*_shuffled(shape, r), *shape),
        lambda *at: deltas(_source(at[:rank], r, _quotient, _remainder, plus, times), at[rank:]),
        X,
    )


def _shuffled_back(G: Expr, X: Expr, r: Expr) -> Expr:
    """Every pixel goes back to where it came from."""

    def value(*at: Expr) -> Expr:
        *lead, k, h, w = at
        square = mul(r, r)
        row, column = _quotient(_remainder(k, square), r), _remainder(k, r)
        return entry(G, *lead, _quotient(k, square), plus(times(r, h), row), plus(times(r, w), column))

    return array_of(shape_of(X), value, G, X)


def _upsampling(axes: int, *sizes: tuple[int, ...]) -> Operation:
    return Operation(
        f"upsample_nearest{axes}d",
        (array("X"), option("scale_factor", TWO)),
        _upsampled(axes),
        jacobians={"X": _upsampled_by(axes)},
        vjps={"X": _upsampled_back(axes)},
        formula="X[…, ⌊p/s⌋, ⌊q/s⌋]" if axes > 1 else "X[…, ⌊p/s⌋]",
        source="torch.nn.functional.interpolate, mode='nearest'",
        examples=tuple(
            {"X": shape, "scale_factor": s} for shape, s in zip(sizes, (TWO, THREE, TWO), strict=True)
        ),
    )


RESAMPLING = (
    _upsampling(1, (3,), (2,), (2, 2)),
    _upsampling(2, (2, 2), (1, 2), (2, 2, 1)),
    Operation(
        "pixel_shuffle",
        (array("X"), option("upscale_factor", TWO)),
        pixel_shuffle,
        jacobians={"X": _shuffled_by},
        vjps={"X": _shuffled_back},
        formula="X[c r² + (p mod r) r + q mod r, ⌊p/r⌋, ⌊q/r⌋]",
        source="Shi et al. (2016)",
        numeric_with=("upscale_factor",),
        examples=(
            {"X": (4, 2, 1), "upscale_factor": TWO},
            {"X": (8, 1, 2), "upscale_factor": TWO},
            {"X": (9, 1, 1), "upscale_factor": THREE},
        ),
    ),
)
