"""Formulas as a textbook writes them, where the plain printer spells an operation out.

Each form replaces a node by a name whose notation is the finished LaTeX, and the printer sets the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.latex import to_latex
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Cases, Expr, Index, Sequence, Variable
from symderiv.reports.sheets.mathematics import mathematics_of
from symderiv.reports.sheets.textbook_arrays import DOTS, array_latex, axes_of, shortened_sum, without_single
from symderiv.reports.sheets.textbook_forms import FORMS, NAMED, Printed, blocks, code, mean, sliding
from symderiv.reports.sheets.width import width_of

Notation = Mapping[str, str]
_PLACEHOLDER = "\N{INFORMATION SEPARATOR ONE}"
_ENCLOSING = frozenset(["sqrt", "floor", "ceil", "abs", "div", "floordiv", "exp", "norm"])
"""Heads that show where each argument ends, so that none needs brackets."""


def textbook_latex(tree: Expr, notation: Notation) -> str:
    """The tree in LaTeX, cross-correlation with its star, reshaped arrays by their entries.

    >>> X, K = Variable("X"), Variable("K")
    >>> textbook_latex(Apply("conv2d", (X, K)), {})
    'X \\\\star K'
    """
    return Writer(safe(notation)).latex(tree)


def shortened_latex(tree: Expr, notation: Notation) -> str:
    """The same with dots in arrays of more than 8 rows or columns, and in entries that are too long."""
    return Shortening(safe(notation)).latex(tree)


def safe(notation: Notation) -> dict[str, str]:
    """The notation without what is more than notation."""
    known = ((name, mathematics_of(latex)) for name, latex in notation.items())
    return {name: latex for name, latex in known if latex is not None}


class Writer:
    """Writes a tree; ``notation`` says how names look, and comes to hold the forms that are written."""

    def __init__(self, notation: dict[str, str]) -> None:
        self.notation = notation

    def latex(self, tree: Expr) -> str:
        """The LaTeX of a whole formula, no brackets around it."""
        form = self._form(tree)
        return form[0] if form is not None else to_latex(self._rebuilt(tree), self.notation)

    def operand(self, arg: Expr) -> str:
        """One side of a sign: in brackets if it is no single symbol and no function applied."""
        latex = self.latex(arg)
        is_applied = isinstance(arg, Apply) and arg.head in NAMED
        return latex if is_applied or isinstance(arg, (Variable, Index)) else rf"\left({latex}\right)"

    def _put(self, node: Expr, *, is_enclosed: bool) -> Expr:
        """The node, or the name that stands for its LaTeX inside a larger formula."""
        form = self._form(node)
        if form is None:
            return self._rebuilt(node)
        latex, is_atom = form
        name = f"{_PLACEHOLDER}{len(self.notation)}"
        self.notation[name] = latex if is_atom or is_enclosed else rf"\left({latex}\right)"
        return Variable(name)

    def _rebuilt(self, node: Expr) -> Expr:
        children = node.children
        if not children or isinstance(node, Index):
            return node
        encloses = _encloses(node)
        changed = tuple(
            self._put(child, is_enclosed=encloses or (k == len(children) - 1 and _ends_a_sum(node, child)))
            for k, child in enumerate(children)
        )
        same = all(new is old for new, old in zip(changed, children, strict=True))
        return node if same else node.rebuild(changed)

    def _form(self, node: Expr) -> Printed | None:
        """The LaTeX of a node with a form of its own, and whether it needs no brackets in any place."""
        if isinstance(node, Index) and isinstance(node.base, Binder):
            return self._read(node)
        if isinstance(node, Index) and isinstance(node.base, Apply):
            below = ",".join(map(self.latex, node.indices))
            return f"{self.operand(node.base)}_{{{below}}}", True
        if isinstance(node, Binder) and node.kind == "array":
            return self._entries(node)
        if isinstance(node, Cases) and isinstance(node.otherwise, Cases):
            inner = node.otherwise
            return self.latex(Cases((*node.branches, *inner.branches), inner.otherwise)), True
        return self._applied(node) if isinstance(node, Apply) else None

    def _read(self, node: Index) -> Printed | None:
        """An entry of an array that is given by its entries: the formula there."""
        body: Expr = node.base
        for k in node.indices:
            if not isinstance(body, Binder) or body.kind != "array" or body.lower != ZERO or node.origin:
                below = ",".join(map(self.latex, node.indices))
                return rf"\left({self.latex(node.base)}\right)_{{{below}}}", True
            body = instantiate(body.body, {body.variable: k})
        return rf"\left({self.latex(body)}\right)", True

    def _applied(self, node: Apply) -> Printed | None:
        if node.head == "correlate":
            return sliding(self, node)
        if node.head == "concat":
            return blocks(self, node)
        if node.head == "div":
            return mean(self, node)
        form = FORMS.get(node.head) if not node.options else None
        return (form(self, node) if form is not None else None) or code(self, node)

    def _entries(self, node: Binder) -> Printed:
        """``(p_i q_j)_{i,j}``: an array by its entries, its axes in one index."""
        axes, body = without_single(*axes_of(node))
        below = r",\,".join(self.latex(axis.index) for axis in axes)
        latex = self.latex(body)
        if body == ONE:
            return r"\mathbf{1}", True
        return (rf"\left({latex}\right)_{{{below}}}" if below else rf"\left({latex}\right)"), True


class Shortening(Writer):
    """A writer that puts dots where an array is large."""

    def _form(self, node: Expr) -> Printed | None:
        written = array_latex(node, self._entry) if isinstance(node, Sequence) else None
        return (written, True) if written is not None else super()._form(node)

    def _entry(self, tree: Expr, room: int) -> str:
        latex = self.latex(tree)
        if width_of(latex) <= room:
            return latex
        self.notation[DOTS] = r"\cdots"
        return self.latex(shortened_sum(tree))


def _encloses(node: Expr) -> bool:
    """Whether a node's own signs or brackets show where each of its parts ends."""
    if isinstance(node, (Sequence, Cases)):
        return True
    return isinstance(node, Apply) and (node.head in _ENCLOSING or node.head in NAMED or bool(node.options))


def _ends_a_sum(node: Expr, child: Expr) -> bool:
    """``X - 1/n Σ X``: as the last term, a mean needs no brackets."""
    return isinstance(node, Apply) and node.head in ("add", "sub") and _is_mean(child)


def _is_mean(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "div" and isinstance(node.args[0], Binder)
