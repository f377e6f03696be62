"""ReLU and its derivative, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.reports.pictures.drawing import Circle, Label, Path, Picture, Point, Shape

UNIT = 26.0
LEFT, RIGHT, UP, DOWN = 2.2, 2.2, 2.3, 0.5
APART = 30.0


def is_about_relu(trees: tuple[Expr, ...]) -> bool:
    """Whether ``relu(x)`` or ``max(0, x)`` of a scalar name occurs."""
    return any(_is_relu(node) for tree in trees for node in _nodes(tree))


def _nodes(tree: Expr) -> Iterator[Expr]:
    yield tree
    for child in tree.children:
        yield from _nodes(child)


def _is_relu(node: Expr) -> bool:
    if not isinstance(node, Apply) or node.head not in ("relu", "max"):
        return False
    rest = [arg for arg in node.args if not (isinstance(arg, Number) and arg.value == 0)]
    has_zero = node.head == "relu" or len(rest) == len(node.args) - 1
    return has_zero and len(rest) == 1 and isinstance(rest[0], Variable) and not rest[0].kind.shape


def relu_picture(words: Mapping[str, str]) -> Picture:
    """``max(0, x)`` with its kink, and the step that is its derivative, with no value at 0."""
    width = (LEFT + RIGHT) * UNIT
    first: Point = (LEFT * UNIT, DOWN * UNIT)
    second: Point = (first[0] + width + APART, first[1])
    shapes: list[Shape] = [
        *_axes(first, r"\max(0, x)"),
        Path((_at(first, -2, 0), first, _at(first, 1.9, 1.9)), is_heavy=True),
        *_axes(second, r"\frac{d}{dx} \max(0, x)"),
        Path((_at(second, -2, 0), _at(second, -0.09, 0)), is_heavy=True),
        Path((_at(second, 0.09, 1), _at(second, 1.9, 1)), is_heavy=True),
        Circle(*second, 2.2, is_filled=False),
        Circle(*_at(second, 0, 1), 2.2, is_filled=False),
    ]
    return Picture(2 * width + APART + 8, (UP + DOWN) * UNIT + 14, tuple(shapes), words["picture_relu"])


def _at(origin: Point, x: float, y: float) -> Point:
    return origin[0] + x * UNIT, origin[1] + y * UNIT


def _axes(origin: Point, title: str) -> Iterator[Shape]:
    yield Path((_at(origin, -LEFT + 0.1, 0), _at(origin, RIGHT, 0)), has_arrow=True)
    yield Path((_at(origin, 0, -DOWN + 0.1), _at(origin, 0, UP - 0.1)), has_arrow=True)
    yield Label(*_at(origin, RIGHT + 0.1, -0.3), "x", is_small=True)
    yield Label(*_at(origin, -1.05, UP - 0.4), title, is_small=True)
    for k in (-1, 1):
        yield Path((_at(origin, k, -0.06), _at(origin, k, 0.06)))
        yield Label(*_at(origin, k, -0.3), str(k), is_small=True)
    yield Path((_at(origin, -0.06, 1), _at(origin, 0.06, 1)))
    yield Label(*_at(origin, -0.25, 1), "1", is_small=True)
