"""A window that slides along an axis: which input meets which kernel entry, and how many outputs there are.

Output i and kernel entry a meet at input position ``stride·i + dilation·a - low``; there are
``⌊(n + low + high - dilation·(k - 1) - 1) / stride⌋ + 1`` outputs.
Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), §2 and §5.
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
    divide,
    function,
    mul,
    negative,
    subtract,
)
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, BinderKind, Expr, Number, Sequence
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.options import per_axis, scalar_option, text_option
from symderiv.operations.declaring.sizes import split_off_number, tidy_size

HALF_DOWN = Number(2)


@dataclass(frozen=True, slots=True)
class Window:
    """One axis: input size n, kernel size k, stride, dilation, and the padding before and after."""

    n: Expr
    k: Expr
    stride: Expr = ONE
    dilation: Expr = ONE
    low: Expr = ZERO
    high: Expr = ZERO

    @property
    def reach(self) -> Expr:
        """How far the last kernel entry lies from the first: d (k - 1)."""
        return mul(self.dilation, subtract(self.k, ONE))

    @property
    def outputs(self) -> Expr:
        """⌊(n + low + high - d(k-1) - 1)/s⌋ + 1, without a floor where the stride divides."""
        room = tidy_size(add(self.n, self.low, self.high, negative(self.reach), MINUS_ONE))
        return add(quotient(room, self.stride), ONE)

    def at(self, i: Expr, a: Expr) -> Expr:
        """The input position that output i reads with kernel entry a."""
        return add(mul(self.stride, i), mul(self.dilation, a), negative(self.low))

    def inside(self, position: Expr) -> Expr:
        """Whether a position lies in the input rather than in the padding."""
        before = TRUE if self.low == ZERO else compare("le", ZERO, position)
        after = TRUE if self.high == ZERO else compare("le", position, subtract(self.n, ONE))
        return conjunction(before, after)


def quotient(a: Expr, b: Expr) -> Expr:
    """⌊a/b⌋, without a floor where all but a number is whole: n - 1 for ⌊(2n - 2)/2⌋ and ⌊(2n - 1)/2⌋."""
    if b == ONE:
        return a
    exact = divide(a, b)
    if isinstance(exact, Number):
        return function("floor", exact)
    letters, number = split_off_number(exact)
    if letters != ZERO and is_whole(letters):
        return tidy_size(add(letters, function("floor", number)))
    return function("floor", exact)


def windows(
    n: tuple[Expr, ...],
    k: tuple[Expr, ...],
    stride: Expr,
    padding: Expr,
    dilation: Expr,
) -> tuple[Window, ...]:
    """The windows of all axes from the options as written.

    Raises ShapeError where a kernel is larger than its padded input.
    """
    axes = len(n)
    strides, dilations = per_axis(stride, axes, "stride"), per_axis(dilation, axes, "dilation")
    at_least_one("stride", strides)
    at_least_one("dilation", dilations)
    bare = tuple(Window(*each) for each in zip(n, k, strides, dilations, strict=True))
    sides = _sides(padding, bare)
    return checked(
        tuple(
            Window(w.n, w.k, w.stride, w.dilation, low, high)
            for w, (low, high) in zip(bare, sides, strict=True)
        )
    )


def checked(all_windows: tuple[Window, ...]) -> tuple[Window, ...]:
    for w in all_windows:
        if isinstance(w.outputs, Number) and w.outputs.value < 1:
            spread = "" if w.dilation == ONE else f", {_size(add(w.reach, ONE))} wide by its dilation,"
            raise ShapeError(
                f"a kernel of {_size(w.k)}{spread} is larger than its input of "
                f"{_size(add(w.n, w.low, w.high))} (padding counted)",
                expected="a kernel that fits into the padded input",
                cure="pad the input, or take a smaller kernel",
            )
    return all_windows


def _size(size: Expr) -> str:
    from symderiv.expression.printing.text import to_text

    return to_text(size)


def at_least_one(name: str, sizes: tuple[Expr, ...]) -> None:
    if any(isinstance(s, Number) and (s.value < 1 or not isinstance(s.value, int)) for s in sizes):
        raise MeaningError(f"{name} must be a positive whole number")


def not_negative(name: str, sizes: tuple[Expr, ...]) -> tuple[Expr, ...]:
    if any(isinstance(p, Number) and (p.value < 0 or not isinstance(p.value, int)) for p in sizes):
        raise MeaningError(f"{name} must be a whole number, 0 or more")
    return sizes


def _sides(padding: Expr, bare: tuple[Window, ...]) -> tuple[tuple[Expr, Expr], ...]:
    word = text_option(padding, "padding", ("same", "valid", "full"))
    if word == "valid":
        return ((ZERO, ZERO),) * len(bare)
    if word == "full":
        return tuple((w.reach, w.reach) for w in bare)
    if word == "same":
        return tuple(_same(w) for w in bare)
    if isinstance(padding, Sequence) and any(isinstance(item, Sequence) for item in padding.items):
        return _each_side(padding, len(bare))
    return tuple((p, p) for p in not_negative("padding", per_axis(padding, len(bare), "padding")))


def _same(w: Window) -> tuple[Expr, Expr]:
    """As many outputs as inputs: d(k-1) zeros in all, the odd one behind (PyTorch)."""
    if w.stride != ONE:
        raise MeaningError("padding='same' goes with stride 1", cure="give the padding as a number")
    before = quotient(w.reach, HALF_DOWN)
    return before, subtract(w.reach, before)


def _each_side(padding: Sequence, axes: int) -> tuple[tuple[Expr, Expr], ...]:
    if len(padding.items) != axes or not all(
        isinstance(item, Sequence) and len(item.items) == 2 for item in padding.items
    ):
        raise MeaningError("padding can't be read", expected=f"{axes} pairs (before, after), one an axis")
    pairs = tuple(
        tuple(scalar_option(side, "padding") for side in item.items)
        for item in padding.items
        if isinstance(item, Sequence)
    )
    return tuple((low, high) for low, high in (not_negative("padding", pair) for pair in pairs))


def over_kernel(kind: BinderKind, sizes: tuple[Expr, ...], body: Callable[..., Expr]) -> Expr:
    """``kind`` over every index of an array of these sizes, the first axis outermost."""
    if not sizes:
        return body()
    return over_axis(kind, sizes[0], lambda a: over_kernel(kind, sizes[1:], lambda *rest: body(a, *rest)))


def read_padded(
    read: Callable[..., Expr],
    all_windows: tuple[Window, ...],
    positions: tuple[Expr, ...],
    outside: Expr = ZERO,
) -> Expr:
    """The input at these positions, ``outside`` in the padding."""
    inside = conjunction(*(w.inside(p) for w, p in zip(all_windows, positions, strict=True)))
    return cases(((inside, read(*positions)),), outside)
