"""The windows of an image as columns of a matrix (im2col), and columns put back into an image (col2im).

    unfold(X, k)[c |K| + |a|, l]  = X[c, s p + d a - P]      window l = p L' + p', entry a k' + a'
    fold(Y, n, k)[c, h]           = Σ_{a, p: s p + d a - P = h} Y[c |K| + |a|, l]   what overlaps is added

Each is the transpose of the other, and so what it sends back.
Source: torch.nn.functional.unfold, fold; Chellapilla, Puri, Simard (2006).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    divide,
    function,
    mul,
    negation,
    negative,
)
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Expr, Number, Sequence, Text
from symderiv.operations.convolution.window import Window, over_kernel, read_padded, windows
from symderiv.operations.declaring.counting import Work
from symderiv.operations.declaring.forms import array_of, call, deltas, minus, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import per_axis
from symderiv.operations.declaring.positions import positions
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Meaning, Tensor

AXES = 2
At = tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Patches:
    """The windows of an image (…, C, H, W): its columns have the shape (…, C |K|, L)."""

    lead: At
    channels: Expr
    sliding: tuple[Window, Window]

    @property
    def image(self) -> At:
        return (*self.lead, self.channels, *(w.n for w in self.sliding))

    @property
    def entries(self) -> Expr:
        return mul(*(w.k for w in self.sliding))

    @property
    def columns(self) -> At:
        return (*self.lead, mul(self.channels, self.entries), mul(*(w.outputs for w in self.sliding)))


def _of_image(name: str, shape: At, kernel_size: Expr | None, *options: Expr) -> Patches:
    dilation, padding, stride = options
    if kernel_size is None:
        raise ShapeError(f"{name} needs its kernel_size", cure=f"write {name}(…, kernel_size=2)")
    if isinstance(padding, Text):
        raise MeaningError(f"{name} takes its padding as a number", expected="padding=1")
    if len(shape) < AXES + 1:
        raise ShapeError(f"{name} over an array of rank {len(shape)}", expected="an image (…, C, H, W)")
    first, second = windows(
        shape[-AXES:], per_axis(kernel_size, AXES, "kernel_size"), stride, padding, dilation
    )
    _must_be_numbers(name, first, second)
    return Patches(shape[: -AXES - 1], shape[-AXES - 1], (first, second))


def _must_be_numbers(name: str, *sliding: Window) -> None:
    """A row and a column of windows are counted as one: that is laid out for numbers."""
    sizes = (size for w in sliding for size in (w.n, w.k, w.stride, w.dilation, w.low, w.high))
    letter = next((size for size in sizes if not isinstance(size, Number)), None)
    if letter is not None:
        raise MeaningError(
            f"{name} with the letter {to_text(letter)} for a size of its image or windows",
            expected="numbers for height and width, letters for the batch and the channels only",
            cure="write the sum over the window, or conv2d, which takes letters",
        )


def _of_columns(shape: At, output_size: Expr | None, kernel_size: Expr | None, *options: Expr) -> Patches:
    if output_size is None:
        raise ShapeError("fold needs its output_size", cure="write fold(Y, (4, 4), 2)")
    if len(shape) < AXES:
        raise ShapeError(f"fold of an array of rank {len(shape)}", expected="columns (…, C |K|, L)")
    *lead, rows, count = shape
    sizes = per_axis(output_size, AXES, "output_size")
    found = _of_image("fold", (*lead, ONE, *sizes), kernel_size, *options)
    channels = tidy_size(divide(rows, found.entries))
    if not is_whole(channels):
        raise ShapeError(f"{to_text(rows)} rows for windows of {to_text(found.entries)} entries")
    found = Patches(tuple(lead), channels, found.sliding)
    if isinstance(count, Number) and isinstance(found.columns[-1], Number) and count != found.columns[-1]:
        raise ShapeError(
            f"{to_text(count)} columns for {to_text(found.columns[-1])} windows",
            expected="a column for each window of the image",
        )
    return found


def _entry_form(p: Expr, s: Expr) -> tuple[Expr, Expr]:
    whole = function("floor", divide(p, s))
    return whole, add(p, negative(mul(s, whole)))


def _written_form(p: Expr, s: Expr) -> tuple[Expr, Expr]:
    return call("floordiv", p, s), call("mod", p, s)


Divided = Callable[[Expr, Expr], tuple[Expr, Expr]]


def _read_by(patches: Patches, row: Expr, column: Expr, divided: Divided) -> tuple[Expr, At, At]:
    """Channel, window and entry of the window for an entry of the columns."""
    second = patches.sliding[1]
    channel, inside = divided(row, patches.entries)
    return channel, divided(column, second.outputs), divided(inside, second.k)


def unfold(X: Meaning, kernel_size: Expr | None, *options: Expr) -> Tensor:
    """The windows of an image as columns."""
    t = as_tensor(X, "X")
    patches = _of_image("unfold", t.shape, kernel_size, *options)

    def source(at: At) -> tuple[At, At]:
        channel, windows_at, inside = _read_by(patches, at[-2], at[-1], _entry_form)
        each = zip(patches.sliding, windows_at, inside, strict=True)
        return (*at[:-2], channel), tuple(w.at(p, a) for w, p, a in each)

    def value(*at: Expr) -> Expr:
        lead, place = source(at)
        return read_padded(lambda *p: t.formula(*lead, *p), patches.sliding, place)

    result = Tensor.of(patches.columns, value)
    lead, place = source(result.indices)
    inside = conjunction(*(w.inside(p) for w, p in zip(patches.sliding, place, strict=True)))
    return result.where(disjunction(negation(inside), t.condition(*lead, *place)))


def fold(Y: Meaning, output_size: Expr | None, kernel_size: Expr | None, *options: Expr) -> Tensor:
    """Columns added where their windows lie in the image."""
    t = as_tensor(Y, "Y")
    patches = _of_columns(t.shape, output_size, kernel_size, *options)
    kernel = tuple(w.k for w in patches.sliding)

    def value(*at: Expr) -> Expr:
        def put_back(*a: Expr) -> Expr:
            meets, place = _lying_at(patches, at, a)
            return cases(((meets, t.formula(*place)),), ZERO)

        return over_kernel("sum", kernel, put_back)

    result = Tensor.of(patches.image, value)
    if t.defined == TRUE:
        return result

    def exists(*a: Expr) -> Expr:
        meets, place = _lying_at(patches, result.indices, a)
        return disjunction(negation(meets), t.condition(*place))

    return result.where(over_kernel("forall", kernel, exists))


def _lying_at(patches: Patches, at: At, a: At) -> tuple[Expr, At]:
    """Whether the entry a of some window lies here, and where in the columns it stands."""
    *lead, channel = at[:-AXES]
    row = channel
    column: Expr = ZERO
    met: list[Expr] = []
    for w, here, b in zip(patches.sliding, at[-AXES:], a, strict=True):
        lag = add(here, w.low, negative(mul(w.dilation, b)))
        p = lag if w.stride == ONE else function("floor", divide(lag, w.stride))
        if w.stride != ONE:
            met.append(compare("eq", mul(w.stride, p), lag))
        met += [compare("le", ZERO, p), compare("le", p, add(w.outputs, Number(-1)))]
        row = add(mul(row, w.k), b)
        column = add(mul(column, w.outputs), p)
    return conjunction(*met), (*lead, row, column)


def _fold_work(Y: Meaning, *options: Expr) -> Work:
    """One addition fewer than entries for each place at which some lie, zeros of the padding counted."""
    patches = _of_columns(as_tensor(Y, "Y").shape, *options)
    each = (positions(w.outputs, w.k, w.stride, w.dilation) for w in patches.sliding)
    reached = mul(*patches.lead, patches.channels, *each)
    return Work(additions=add(mul(*patches.columns), negative(reached)))


def _by_places(patches: Patches, columns: At, image: At) -> Expr:
    """1 where this entry of the columns is that of the image."""
    channel, at, inside = _read_by(patches, columns[-2], columns[-1], _written_form)
    each = zip(patches.sliding, at, inside, strict=True)
    place = (minus(plus(times(w.stride, p), times(w.dilation, a)), w.low) for w, p, a in each)
    return deltas((*columns[:-2], channel, *place), image)


def _unfold_form(X: Expr, kernel_size: Expr | None, *options: Expr) -> Expr:
    patches = _of_image("unfold", shape_of(X), kernel_size, *options)
    rank = len(patches.columns)
    shape = (*patches.columns, *patches.image)
    return array_of(shape, lambda *at: _by_places(patches, at[:rank], at[rank:]), X)


def _fold_form(Y: Expr, output_size: Expr | None, kernel_size: Expr | None, *options: Expr) -> Expr:
    patches = _of_columns(shape_of(Y), output_size, kernel_size, *options)
    rank = len(patches.image)
    shape = (*patches.image, *patches.columns)
    return array_of(shape, lambda *at: _by_places(patches, at[rank:], at[:rank]), Y)


def _said(dilation: Expr, padding: Expr, stride: Expr) -> tuple[tuple[str, Expr], ...]:
    options = (("dilation", dilation, ONE), ("padding", padding, ZERO), ("stride", stride, ONE))
    return tuple((name, value) for name, value, plain in options if value != plain)


def _unfold_back(G: Expr, X: Expr, kernel_size: Expr, *options: Expr) -> Expr:
    size = Sequence(shape_of(X)[-AXES:], "tuple")
    return Apply("fold", (G, size, kernel_size), _said(*options))


def _fold_back(G: Expr, Y: Expr, output_size: Expr, kernel_size: Expr, *options: Expr) -> Expr:
    return Apply("unfold", (G, kernel_size), _said(*options))


TWO = Number(2)
_OPTIONS = (option("kernel_size"), option("dilation", ONE), option("padding", ZERO), option("stride", ONE))
_WIDE = Sequence((Number(3), TWO), "tuple")

PATCHES = (
    Operation(
        "unfold",
        (array("X"), *_OPTIONS),
        unfold,
        jacobians={"X": _unfold_form},
        vjps={"X": _unfold_back},
        formula="im2col: X[c, s p + d a - P] in column p",
        source="torch.nn.functional.unfold",
        numeric_with=("kernel_size",),
        examples=(
            {"X": (2, 2, 3), "kernel_size": TWO},
            {"X": (1, 3, 2), "kernel_size": TWO, "padding": ONE, "stride": TWO},
            {"X": (2, 1, 3, 2), "kernel_size": Sequence((TWO, ONE), "tuple"), "dilation": TWO},
        ),
    ),
    Operation(
        "fold",
        (array("Y"), option("output_size"), *_OPTIONS),
        fold,
        jacobians={"Y": _fold_form},
        vjps={"Y": _fold_back},
        work=_fold_work,
        formula="col2im: Σ of the columns' entries that lie at each place",
        source="torch.nn.functional.fold",
        numeric_with=("kernel_size",),
        examples=(
            {"Y": (4, 4), "output_size": Number(3), "kernel_size": TWO},
            {"Y": (6, 4), "output_size": _WIDE, "kernel_size": _WIDE, "padding": ONE, "stride": TWO},
            {"Y": (2, 4, 2), "output_size": _WIDE, "kernel_size": TWO},
        ),
    ),
)
