"""How a textbook writes single operations: one form a head; None leaves it to the plain printer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from symderiv.derivation.meaning.shapes import shape_of
from symderiv.errors import SymderivError
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.latex import bracketed
from symderiv.expression.printing.latex_names import escape
from symderiv.expression.tree import Apply, Binder, Expr, Index, Number, Text, Variable
from symderiv.reports.sheets.breaking import broken
from symderiv.reports.sheets.textbook_arrays import Axis, axes_of

Printed = tuple[str, bool]
"""LaTeX, and whether it needs no brackets in any place."""
NAMED = frozenset(["flip", "softmax", "sigmoid", "relu", "diag", "len", "sum", "mean", "std", "var", "trace"])
_CODE = re.compile(r"[a-z]+_[a-z_\d]*|[a-z_]+\dd")
_LINKS = {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "="}
_FILLED = {"eye": "I", "ones": r"\mathbf{1}", "zeros": r"\mathbf{0}"}
_ONWARD = {"lt": 1, "le": 1, "gt": -1, "ge": -1}


class Writer(Protocol):
    """What a form may ask of the writer."""

    notation: dict[str, str]

    def latex(self, tree: Expr) -> str: ...

    def operand(self, arg: Expr) -> str: ...


def star(writer: Writer, node: Apply) -> Printed | None:
    """``X ⋆ K``: cross-correlation without any options."""
    if len(node.args) != 2:
        return None
    return r" \star ".join(writer.operand(arg) for arg in node.args), False


def sliding(writer: Writer, node: Apply) -> Printed | None:
    """``a ⋆ b`` with its mode below, or by the sign that the author gave to the mode's name."""
    modes = [*node.args[2:], *(value for _, value in node.options)]
    if len(modes) != 1 or not isinstance(modes[0], Text) or len(node.args) < 2:
        return None
    mode = modes[0].value
    sign = writer.notation.get(mode, rf"\star_{{\mathrm{{{mode}}}}}" if mode.isalpha() else r"\star")
    return rf" \mathbin{{{sign}}} ".join(writer.operand(arg) for arg in node.args[:2]), False


def outer(writer: Writer, node: Apply) -> Printed | None:
    """``p qᵀ``: the outer product of two vectors that have names."""
    if len(node.args) != 2 or not all(isinstance(arg, Variable) for arg in node.args):
        return None
    first, second = map(writer.latex, node.args)
    transposed = rf"\left({second}\right)^{{\top}}" if "^" in second else rf"{second}^{{\top}}"
    return rf"{first} {transposed}", True


_TIGHT = frozenset(["transpose", "eye", "zeros", "ones", "diag", "concat"])


def kronecker(writer: Writer, node: Apply) -> Printed | None:
    """``I_n ⊗ xᵀ``: the Kronecker product of two matrices."""
    if len(node.args) != 2:
        return None
    sides = (
        writer.latex(arg) if isinstance(arg, Apply) and arg.head in _TIGHT else writer.operand(arg)
        for arg in node.args
    )
    return r" \otimes ".join(sides), False


def blocks(writer: Writer, node: Apply) -> Printed | None:
    """``(0  I  0)``: matrices side by side, or below each other, as one matrix."""
    axis = dict(node.options).get("axis", Number(0))
    if not isinstance(axis, Number) or len(node.options) > 1 or len(node.args) < 2:
        return None
    if not all(map(_is_matrix, node.args)):
        return None
    parts = list(map(writer.latex, node.args))
    if axis.value == 1:
        return rf"\begin{{pmatrix}} {' & '.join(parts)} \end{{pmatrix}}", True
    rows = r" \\ ".join(map(_in_lines, parts))
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}", True


BLOCK = 48
"""About how many letters stand on a line of a block."""


def _in_lines(latex: str) -> str:
    """A block of rows, broken where it is long."""
    lines = broken(latex, BLOCK)
    if len(lines) < 2:
        return latex
    return rf"\begin{{aligned}} & {(chr(92) * 2 + ' & ').join(lines)} \end{{aligned}}"


def _is_matrix(tree: Expr) -> bool:
    try:
        return len(shape_of(tree)) == 2
    except SymderivError:
        return False


def by_entry(writer: Writer, node: Apply) -> Printed | None:
    """``∂/∂K_{k,l} (…)``: a derivative by an entry."""
    if len(node.args) != 2 or not isinstance(node.args[1], Index):
        return None
    body, entry = node.args
    below = writer.latex(entry)
    if isinstance(body, (Variable, Index)):
        return rf"\frac{{\partial {writer.latex(body)}}}{{\partial {below}}}", True
    return rf"\frac{{\partial}}{{\partial {below}}} \left({writer.latex(body)}\right)", True


def sent_back(writer: Writer, node: Apply) -> Printed | None:
    """``⟨g, ∂y/∂x⟩``: the gradient by y, sent back to x, a sum over the entries of y."""
    if len(node.args) != 3:
        return None
    body, wrt, above = node.args
    below = rf"\partial {writer.latex(wrt)}"
    if isinstance(body, (Variable, Index)):
        derivative = rf"\frac{{\partial {writer.latex(body)}}}{{{below}}}"
    else:
        derivative = rf"\frac{{\partial}}{{{below}}} \left({writer.latex(body)}\right)"
    return rf"\left\langle {writer.latex(above)},\, {derivative} \right\rangle", True


def mean(writer: Writer, node: Apply) -> Printed | None:
    """``1/n Σ x``: a big sum divided, its bounds not squeezed above a line."""
    above, below = node.args
    if not (isinstance(above, Binder) and above.kind == "sum"):
        return None
    return rf"\frac{{1}}{{{writer.latex(below)}}} {writer.latex(above)}", False


def extreme(writer: Writer, node: Apply) -> Printed | None:
    """``max(a, b, c)`` for ``max(max(a, b), c)``."""
    if len(node.args) < 2:
        return None
    args = list(_nested(node, node.head))
    return rf"\{node.head}" + bracketed(", ".join(map(writer.latex, args))), True


def _nested(node: Expr, head: str) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == head and len(node.args) > 1 and not node.options:
        for arg in node.args:
            yield from _nested(arg, head)
    else:
        yield node


def conjunction(writer: Writer, node: Apply) -> Printed | None:
    """``0 ≤ i - k < 3 ∧ i ≤ n``: what is bounded from both sides stands between its bounds."""
    links = list(_nested(node, "and"))
    texts: list[str] = []
    last: Apply | None = None
    for link in links:
        if not (isinstance(link, Apply) and link.head in _LINKS):
            return None
        before, after = map(writer.latex, link.args)
        if last is not None and link.args[0] == last.args[1] and _go_on(last, link):
            texts[-1] += f" {_LINKS[link.head]} {after}"
        else:
            texts.append(f"{before} {_LINKS[link.head]} {after}")
        last = link
    return r" \land ".join(texts), False


def _go_on(first: Apply, second: Apply) -> bool:
    return _ONWARD.get(first.head, 0) == _ONWARD.get(second.head, 0) != 0


def matrix(writer: Writer, node: Apply) -> Printed | None:
    """``(X_{i+k,l})_{(i),(k,l)}``: entries of rank above 2 set out as a matrix, row by row."""
    array, *sizes = node.args
    axes, body = axes_of(array)
    if len(axes) < 3 or len(sizes) != 2:
        return None
    split = _rows(axes, sizes[0])
    if split is None:
        return None
    groups = [[axis for axis in group if not axis.is_single] for group in (axes[:split], axes[split:])]
    body = instantiate(body, {axis.index: axis.lower for axis in axes if axis.is_single})
    rows, columns = (",".join(writer.latex(axis.index) for axis in group) for group in groups)
    below = f"{_grouped(rows)},\\,{_grouped(columns)}" if rows and columns else rows or columns
    return rf"\left({writer.latex(body)}\right)_{{{below}}}", True


def _grouped(indices: str) -> str:
    return f"({indices})" if "," in indices else indices


def _rows(axes: list[Axis], rows: Expr) -> int | None:
    """How many of the axes make up the rows of a matrix with so many rows."""
    product = 1
    for count, axis in enumerate(axes, 1):
        if axis.extent is None:
            return None
        product *= axis.extent
        following = axes[count].extent if count < len(axes) else None
        if Number(product) == rows and following != 1:
            return count
    return None


def code(writer: Writer, node: Apply) -> Printed | None:
    """``conv2d(X, W, stride=2)``: what has the name of a program's function is set as programs are."""
    if not _CODE.fullmatch(node.head):
        return None
    args = [writer.latex(arg) for arg in node.args]
    args += [rf"\mathtt{{{escape(name)}}}={writer.latex(value)}" for name, value in node.options]
    return rf"\mathtt{{{escape(node.head)}}}" + bracketed(", ".join(args)), True


def filled(writer: Writer, node: Apply) -> Printed | None:
    r"""``I_n``, ``𝟏_n``, ``𝟎_{n×m}``: arrays that are known by their letter and sizes."""
    sizes = node.args[:1] if len(set(node.args)) == 1 and node.head == "eye" else node.args
    if not sizes:
        return None
    below = r" \times ".join(map(writer.latex, sizes))
    return rf"{_FILLED[node.head]}_{{{below}}}", True


Form = Callable[[Writer, Apply], Printed | None]
FORMS: dict[str, Form] = {
    "and": conjunction,
    "conv1d": star,
    "conv2d": star,
    "conv3d": star,
    "diff": by_entry,
    "eye": filled,
    "kron": kronecker,
    "max": extreme,
    "min": extreme,
    "ones": filled,
    "outer": outer,
    "reshape": matrix,
    "vjp": sent_back,
    "zeros": filled,
}
