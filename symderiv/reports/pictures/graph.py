"""The computational graph of a definition: names at the left, operations to the right, shapes on edges."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.expression.tree import Apply, Call, Expr, Number, Text, Variable
from symderiv.reports.pictures.drawing import Box, Label, Path, Picture, Shape
from symderiv.reports.pictures.layers import Node, layers
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.textbook import safe, textbook_latex
from symderiv.tensor import Tensor

ACROSS, UP, HIGH, MARGIN = 74.0, 32.0, 18.0, 3.0
BETWEEN, WIDEST, LETTER = 40.0, 640.0, 5.2
"""Between two boxes, a whole picture (which is shrunk to the line), and a letter in a box, in points."""
MOST_NODES, DEEPEST, FEWEST_OPERATIONS, FEWEST_NAMES = 16, 6, 2, 2
_SIGNS = {
    "add": "+", "sub": "-", "mul": r"\times", "matmul": r"\times", "hadamard": r"\odot", "div": "/",
    "neg": "-", "transpose": r"\top", "conv1d": r"\star", "conv2d": r"\star", "conv3d": r"\star",
}  # fmt: skip


def graph_picture(name: Variable, notation: Mapping[str, str], words: Mapping[str, str]) -> Picture | None:
    """The graph of a name's definition, or None where there is little to see or no room for it."""
    builder = _Builder(safe(notation))
    try:
        root = builder.visit(name)
    except SymderivError:
        return None
    operations = sum(bool(node.inputs) for node in builder.nodes)
    leaves = len(builder.nodes) - operations
    if operations < FEWEST_OPERATIONS or leaves < FEWEST_NAMES:
        return None
    if len(builder.nodes) > MOST_NODES or root.depth > DEEPEST:
        return None
    result = Node(builder.latex(name), "", [root], root.depth + 1)
    return _drawn([*builder.nodes, result], words["picture_graph"])


class _Builder:
    def __init__(self, notation: Mapping[str, str]) -> None:
        self.notation = notation
        self.nodes: list[Node] = []
        self.rows = 0
        self._known: dict[Expr, Node] = {}

    def latex(self, tree: Expr) -> str:
        return textbook_latex(tree, self.notation)

    def visit(self, tree: Expr) -> Node:
        """The node of a tree; one that occurs twice is one node."""
        if tree not in self._known:
            self._known[tree] = self._made(tree)
        return self._known[tree]

    def _made(self, tree: Expr) -> Node:
        if isinstance(tree, Variable) and isinstance(tree.definition, Apply | Call):
            return self.visit(tree.definition)
        operation = _sign(tree, self)
        if operation is None:
            node = Node(self.latex(tree), _shape(tree, self))
            node.row, self.rows = float(self.rows), self.rows + 1
        else:
            inputs = [self.visit(arg) for arg in _arguments(tree)]
            node = Node(operation, _shape(tree, self), inputs)
            node.depth = 1 + max(each.depth for each in inputs)
        self.nodes.append(node)
        return node


def _arguments(tree: Expr) -> tuple[Expr, ...]:
    args = tree.args if isinstance(tree, Apply | Call) else ()
    return tuple(arg for arg in args if not isinstance(arg, Number | Text))


def _sign(tree: Expr, builder: _Builder) -> str | None:
    """What stands in an operation's box; None for what isn't an operation."""
    if not _arguments(tree):
        return None
    if isinstance(tree, Apply):
        head = tree.head.replace("_", r"\_")
        return _with_number(tree, builder) or _SIGNS.get(tree.head, rf"\mathrm{{{head}}}")
    assert isinstance(tree, Call)
    return builder.latex(tree.function) if isinstance(tree.function, Variable) else None


def _with_number(tree: Apply, builder: _Builder) -> str | None:
    """``+1``, ``1/``, a square: an operation of one argument and a number, which has no node of its own."""
    if len(tree.args) != 2 or sum(isinstance(arg, Number) for arg in tree.args) != 1:
        return None
    first, second = map(builder.latex, tree.args)
    number_first = isinstance(tree.args[0], Number)
    if tree.head == "pow":
        return rf"{first}^{{\bullet}}" if number_first else rf"\bullet^{{{second}}}"
    sign = _SIGNS.get(tree.head)
    if sign is None:
        return None
    return f"{first}{sign}" if number_first else f"{sign}{second}"


def _shape(tree: Expr, builder: _Builder) -> str:
    found = meaning(tree)
    if not isinstance(found, Tensor):
        return ""
    return r" \times ".join(map(builder.latex, found.shape)) or "1"


def _drawn(nodes: list[Node], caption: str) -> Picture | None:
    """The graph in layers, as wide as its widest operation needs; None if that is more than a line holds."""
    drawing = layers(nodes)
    across = max(ACROSS, max(_width(node) for node in nodes) + BETWEEN)
    width = 2 * (MARGIN + 16) + nodes[-1].depth * across
    if width > WIDEST:
        return None
    height = drawing.rows * UP
    centre = {
        node: (MARGIN + 16 + node.depth * across, height - (node.row + 0.5) * UP) for node in drawing.nodes
    }
    shapes: list[Shape] = []
    for node in drawing.nodes:
        x, y = centre[node]
        if node.inputs and node is not nodes[-1]:
            shapes.append(Box(x - _width(node) / 2, y - HIGH / 2, _width(node), HIGH))
        if node.label:
            shapes.append(Label(x, y, node.label))
    for source, target in drawing.edges:
        shapes += _edge(source, target, centre)
    return Picture(width, height, tuple(shapes), caption)


def _width(node: Node) -> float:
    """What a box takes for its label; a name takes as much on either side, a passage nothing."""
    if not node.inputs:
        return 0.0 if node.is_passage else 26.0
    return max(HIGH, 8 + LETTER * Formula(node.label).width)


def _edge(source: Node, target: Node, centre: Mapping[Node, tuple[float, float]]) -> list[Shape]:
    """A line, an arrow where it arrives; its shape stands where it begins."""
    (x0, y0), (x1, y1) = centre[source], centre[target]
    start, end = (x0 + _width(source) / 2, y0), (x1 - _width(target) / 2, y1)
    line = Path((start, (end[0] - (not target.is_passage), end[1])), has_arrow=not target.is_passage)
    if source.is_passage:
        return [line]
    slope = abs(end[1] - start[1]) / (end[0] - start[0])
    above = 5 + slope * (4 + 1.6 * Formula(source.shape).width)  # clear of a line that rises below the label
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + above
    return [line, Label(*middle, source.shape, is_small=True)]
