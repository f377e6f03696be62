"""A cross-correlation of small arrays: the window on the input, the kernel, and the entry that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.expression.printing.latex import to_latex
from symderiv.expression.tree import Apply, Expr, Index, Number, Sequence, Variable
from symderiv.reports.pictures.drawing import Box, Label, Picture, Shape
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.textbook import safe, textbook_latex
from symderiv.tensor import Tensor

CELL, GAP, NAME = 19.0, 30.0, 16.0
LETTER, LARGEST, WIDEST = 5.2, 9, 5
Pair = tuple[int, int]
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Window:
    """Which cells of the (padded) input one output entry reads."""

    stride: Pair
    padding: Pair
    dilation: Pair

    def reads(self, output: Pair, kernel: Pair) -> set[Pair]:
        """``(i·s + a·d - p)`` along each axis, for the kernel's entries a.

        >>> sorted(Window((1, 1), (0, 0), (1, 1)).reads((1, 0), (2, 1)))
        [(1, 0), (2, 0)]
        """
        down, across = (
            [output[k] * self.stride[k] + a * self.dilation[k] - self.padding[k] for a in range(kernel[k])]
            for k in (0, 1)
        )
        return {(i, j) for i in down for j in across}


def convolution_picture(
    name: Variable, notation: Mapping[str, str], words: Mapping[str, str], *, with_result: bool
) -> Picture | None:
    """The picture of a name that is ``conv1d(x, w)`` or ``conv2d(X, K)``; None for others and large ones."""
    tree = name.definition
    if not (isinstance(tree, Apply) and tree.head in ("conv1d", "conv2d") and len(tree.args) == 2):
        return None
    window = _window(tree)
    grids = [*map(_grid, tree.args), _grid(tree) or _named_grid(tree, name, notation)]
    if window is None or any(grid is None for grid in grids):
        return None
    source, kernel, result = (grid for grid in grids if grid is not None)
    at = min(1, len(result) - 1), min(1, len(result[0]) - 1)
    reads = window.reads(at, (len(kernel), len(kernel[0])))
    if not with_result:
        result = [["" for _ in row] for row in result]
    names = [_name(arg, notation) for arg in (*tree.args, name)]
    return _side_by_side(source, kernel, result, names, (reads, at), window.padding, words)


def _window(tree: Apply) -> Window | None:
    options = dict(tree.options)
    found = [_pair(options.pop(name, Number(default))) for name, default in _DEFAULTS]
    if options or any(pair is None for pair in found):
        return None
    stride, padding, dilation = (pair for pair in found if pair is not None)
    if tree.head == "conv1d":
        stride, padding, dilation = (1, stride[1]), (0, padding[1]), (1, dilation[1])
    return Window(stride, padding, dilation)


_DEFAULTS = (("stride", 1), ("padding", 0), ("dilation", 1))


def _pair(value: object) -> Pair | None:
    items = value.items if isinstance(value, Sequence) else (value, value)
    numbers = [int(item.value) for item in items if isinstance(item, Number) and item.value.denominator == 1]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and max(numbers) <= LARGEST else None


def _grid(tree: Expr) -> Grid | None:
    """The entries as printed; a vector is a row."""
    try:
        tensor = meaning(tree)
        if not isinstance(tensor, Tensor) or tensor.sizes is None or not 1 <= len(tensor.sizes) <= 2:
            return None
        if max(tensor.sizes) > LARGEST or 0 in tensor.sizes:
            return None
        rows, columns = tensor.sizes if len(tensor.sizes) == 2 else (1, tensor.sizes[0])
        at = (lambda i, j: (i, j)) if len(tensor.sizes) == 2 else (lambda i, j: (j,))
        grid = [[to_latex(tensor.entry(*map(Number, at(i, j)))) for j in range(columns)] for i in range(rows)]
    except SymderivError:
        return None
    return grid if all(Formula(cell).width <= WIDEST for row in grid for cell in row) else None


def _named_grid(tree: Expr, name: Variable, notation: Mapping[str, str]) -> Grid | None:
    """``H_{i,j}`` for entries that are too long for a cell."""
    found = meaning(tree)
    sizes = found.sizes if isinstance(found, Tensor) else None
    if sizes is None or not 1 <= len(sizes) <= 2 or max(sizes) > LARGEST or 0 in sizes:
        return None
    below = [[(i, j) for j in range(sizes[-1])] for i in range(sizes[0] if len(sizes) == 2 else 1)]
    entries = [[Index(name, tuple(map(Number, at[-len(sizes) :]))) for at in row] for row in below]
    grid = [[textbook_latex(entry, safe(notation)) for entry in row] for row in entries]
    return grid if all(Formula(cell).width <= WIDEST for row in grid for cell in row) else None


def _name(tree: Expr, notation: Mapping[str, str]) -> str:
    return textbook_latex(tree, safe(notation)) if isinstance(tree, Variable) else ""


def _side_by_side(
    source: Grid,
    kernel: Grid,
    result: Grid,
    names: list[str],
    marks: tuple[set[Pair], Pair],
    padding: Pair,
    words: Mapping[str, str],
) -> Picture:
    reads, at = marks
    edge = 2 * padding[0], 2 * padding[1]
    tallest = max(len(source) + edge[0], len(kernel), len(result))
    height = tallest * CELL + NAME
    middle = tallest * CELL / 2
    x = 1.0
    shapes: list[Shape] = []
    every = {(i, j) for i in range(len(kernel)) for j in range(len(kernel[0]))}
    for grid, marked, pad, name, sign in (
        (source, reads, padding, names[0], r"\star"),
        (kernel, every, (0, 0), names[1], "="),
        (result, {at}, (0, 0), names[2], ""),
    ):
        rows, columns = len(grid) + 2 * pad[0], len(grid[0]) + 2 * pad[1]
        top = middle + rows * CELL / 2
        shapes += _cells(grid, marked, pad, (x, top))
        if name:
            shapes.append(Label(x + columns * _wide(grid) / 2, top + NAME / 2, name))
        x += columns * _wide(grid)
        if sign:
            shapes.append(Label(x + GAP / 2, middle, sign))
            x += GAP
    return Picture(x + 1, height, tuple(shapes), words["picture_window"])


def _wide(grid: Grid) -> float:
    """The width of a cell, in which the longest entry has room."""
    return max(CELL, max(Formula(cell).width for row in grid for cell in row) * LETTER + 5)


def _cells(grid: Grid, marked: set[Pair], pad: Pair, corner: tuple[float, float]) -> Iterator[Shape]:
    """The cells row by row; padding is drawn faintly, what is marked last, so that its frame stays whole."""
    left, top = corner
    wide = _wide(grid)
    cells = [
        (i, j) for i in range(-pad[0], len(grid) + pad[0]) for j in range(-pad[1], len(grid[0]) + pad[1])
    ]
    outside = {(i, j) for i, j in cells if not (0 <= i < len(grid) and 0 <= j < len(grid[0]))}
    for i, j in sorted(cells, key=lambda cell: (cell in marked, cell not in outside)):
        x, y = left + (j + pad[1]) * wide, top - (i + pad[0] + 1) * CELL
        yield Box(x, y, wide, CELL, is_marked=(i, j) in marked, is_faint=(i, j) in outside)
        latex = "0" if (i, j) in outside else grid[i][j]
        if latex:
            yield Label(x + wide / 2, y + CELL / 2, latex, is_small=(i, j) in outside)
