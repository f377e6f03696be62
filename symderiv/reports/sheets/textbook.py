"""Formulas as a textbook writes them, where the plain printer spells an operation out.

Each form below replaces a node by a name whose notation is the finished LaTeX, and the printer sets the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.expression.instantiation import instantiate
from symderiv.expression.latex import to_latex
from symderiv.expression.tree import Apply, Binder, Cases, Expr, Index, Number, Text, Variable
from symderiv.reports.sheets.mathematics import mathematics_of

Notation = Mapping[str, str]
_PLACEHOLDER = "\N{INFORMATION SEPARATOR ONE}"


def textbook_latex(tree: Expr, notation: Notation) -> str:
    """The tree in LaTeX, cross-correlation with its star, reshaped arrays by their entries.

    >>> X, K = Variable("X"), Variable("K")
    >>> textbook_latex(Apply("conv2d", (X, K)), {})
    'X \\\\star K'
    """
    return _Writer(safe(notation)).latex(tree)


def safe(notation: Notation) -> dict[str, str]:
    """The notation without what is more than notation."""
    known = ((name, mathematics_of(latex)) for name, latex in notation.items())
    return {name: latex for name, latex in known if latex is not None}


class _Writer:
    def __init__(self, notation: dict[str, str]) -> None:
        self.notation = notation

    def latex(self, tree: Expr) -> str:
        """The LaTeX of a whole formula, no brackets around it."""
        form = self._form(tree)
        return form[0] if form is not None else to_latex(self._rebuilt(tree), self.notation)

    def _put(self, node: Expr) -> Expr:
        """The node, or the name that stands for its LaTeX inside a larger formula."""
        form = self._form(node)
        if form is None:
            return self._rebuilt(node)
        latex, is_atom = form
        name = f"{_PLACEHOLDER}{len(self.notation)}"
        self.notation[name] = latex if is_atom else rf"\left({latex}\right)"
        return Variable(name)

    def _rebuilt(self, node: Expr) -> Expr:
        children = node.children
        if not children or isinstance(node, Index):
            return node
        changed = tuple(map(self._put, children))
        same = all(new is old for new, old in zip(changed, children, strict=True))
        return node if same else node.rebuild(changed)

    def _form(self, node: Expr) -> tuple[str, bool] | None:
        """The LaTeX of a node with a form of its own, and whether it needs no brackets in any place."""
        if isinstance(node, Apply) and node.head == "correlate":
            return self._sliding(node)
        if isinstance(node, Binder) and node.kind == "array":
            return self._entries(node)
        if isinstance(node, Cases) and isinstance(node.otherwise, Cases):
            inner = node.otherwise
            return self.latex(Cases((*node.branches, *inner.branches), inner.otherwise)), True
        if isinstance(node, Apply) and not node.options:
            write = _FORMS.get(node.head)
            return write(self, node) if write is not None else None
        return None

    def _star(self, node: Apply) -> tuple[str, bool] | None:
        """``X ⋆ K``: cross-correlation without any options."""
        if len(node.args) != 2:
            return None
        return r" \star ".join(self.operand(arg) for arg in node.args), False

    def _outer(self, node: Apply) -> tuple[str, bool] | None:
        """``p qᵀ``: the outer product of two vectors that have names."""
        if len(node.args) != 2 or not all(isinstance(arg, Variable) for arg in node.args):
            return None
        first, second = map(self.latex, node.args)
        transposed = rf"\left({second}\right)^{{\top}}" if "^" in second else rf"{second}^{{\top}}"
        return rf"{first} {transposed}", True

    def _sliding(self, node: Apply) -> tuple[str, bool] | None:
        """``a ⋆ b`` with its mode below, or by the sign that the author gave to the mode's name."""
        modes = [*node.args[2:], *(value for _, value in node.options)]
        if len(modes) != 1 or not isinstance(modes[0], Text) or len(node.args) < 2:
            return None
        mode = modes[0].value
        sign = self.notation.get(mode, rf"\star_{{\mathrm{{{mode}}}}}" if mode.isalpha() else r"\star")
        return rf" \mathbin{{{sign}}} ".join(self.operand(arg) for arg in node.args[:2]), False

    def _entries(self, node: Binder) -> tuple[str, bool]:
        """``(p_i q_j)_{i,j}``: an array by its entries, its axes in one index."""
        axes, body = axes_of(node)
        below = r",\,".join(self.latex(axis.index) for axis in axes)
        return rf"\left({self.latex(body)}\right)_{{{below}}}", True

    def operand(self, arg: Expr) -> str:
        latex = self.latex(arg)
        is_applied = isinstance(arg, Apply) and arg.head in _NAMED
        return latex if is_applied or isinstance(arg, (Variable, Index)) else rf"\left({latex}\right)"

    def _by_entry(self, node: Apply) -> tuple[str, bool] | None:
        """``∂/∂K_{k,l} (…)``: a derivative by an entry."""
        if len(node.args) != 2 or not isinstance(node.args[1], Index):
            return None
        body, entry = node.args
        below = self.latex(entry)
        if isinstance(body, (Variable, Index)):
            return rf"\frac{{\partial {self.latex(body)}}}{{\partial {below}}}", True
        return rf"\frac{{\partial}}{{\partial {below}}} \left({self.latex(body)}\right)", True

    def _matrix(self, node: Apply) -> tuple[str, bool] | None:
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
        rows, columns = (",".join(self.latex(axis.index) for axis in group) for group in groups)
        below = f"{_grouped(rows)},\\,{_grouped(columns)}" if rows and columns else rows or columns
        return rf"\left({self.latex(body)}\right)_{{{below}}}", True


def _grouped(indices: str) -> str:
    return f"({indices})" if "," in indices else indices


class Axis:
    """An axis of an array given by its entries: its index and its bounds."""

    def __init__(self, binder: Binder) -> None:
        self.index = binder.variable
        self.lower = binder.lower if binder.lower is not None else Number(0)
        self.upper = binder.upper

    @property
    def extent(self) -> int | None:
        if isinstance(self.lower, Number) and isinstance(self.upper, Number):
            return int(self.upper.value - self.lower.value) + 1
        return None

    @property
    def is_single(self) -> bool:
        return self.extent == 1


def axes_of(array: Expr) -> tuple[list[Axis], Expr]:
    """The axes of nested entry formulas, outermost first, and the entry itself."""
    axes: list[Axis] = []
    while isinstance(array, Binder) and array.kind == "array":
        axes.append(Axis(array))
        array = array.body
    return axes, array


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


_NAMED = ("flip", "softmax", "sigmoid", "relu", "diag")
_Form = Callable[[_Writer, Apply], tuple[str, bool] | None]
_FORMS: dict[str, _Form] = {
    "conv1d": _Writer._star,
    "conv2d": _Writer._star,
    "conv3d": _Writer._star,
    "diff": _Writer._by_entry,
    "outer": _Writer._outer,
    "reshape": _Writer._matrix,
}
