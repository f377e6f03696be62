"""A mean, sum or deviation taken over the wrong axes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.expression.tree import Apply, Expr, Number, Sequence
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, option, with_arg, with_option

_REDUCTIONS = ("mean", "sum", "var", "std", "max", "min", "softmax")
_DEVIATIONS = ("var", "std")
_AXES = 4


def _other_axes(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in _REDUCTIONS:
        return
    named = option(node, "axis")
    now = named if named is not None else _axes_by_place(node)
    if now is None:
        return
    for axes in _choices():
        if axes != now:
            yield with_option(node, "axis", axes) if named is not None else with_arg(node, 1, axes)
    if node.head in _DEVIATIONS:
        yield from (_around(node, now, mean) for mean in _other_means(node.args[0], now))


def _axes_by_place(node: Apply) -> Expr | None:
    """The axes of ``mean(X, 0)``; the larger of two is no array's along an axis."""
    if len(node.args) != 2 or node.head in ("max", "min"):
        return None
    axes = node.args[1]
    numbers = axes.items if isinstance(axes, Sequence) else (axes,)
    return axes if all(isinstance(each, Number) for each in numbers) else None


def _other_means(x: Expr, now: Expr) -> Iterator[Expr]:
    yield Apply("mean", (x,))
    yield from (Apply("mean", (x,), (("axis", axes),)) for axes in _choices() if axes != now)


def _around(node: Apply, axes: Expr, mean: Expr) -> Expr:
    """The deviation over these axes from a mean that is taken over others."""
    gap = Apply("sub", (node.args[0], mean))
    square = Apply("mean", (Apply("hadamard", (gap, gap)),), (("axis", axes),))
    return Apply("sqrt", (square,)) if node.head == "std" else square


def _choices() -> Iterator[Expr]:
    for count in range(1, _AXES + 1):
        for axes in combinations(range(_AXES), count):
            numbers = tuple(Number(axis) for axis in axes)
            yield numbers[0] if len(numbers) == 1 else Sequence(numbers, "tuple")


PATTERN = Misconception(
    "wrong-axes",
    "The average is taken over the wrong axes.",
    at_nodes(_other_axes),
    Example(("X: matrix(2, 3)",), "mean(X, axis=0)", "mean(X, axis=1)"),
)
