"""Prints a tree in LaTeX as a textbook would, with no bracket more than it takes to read back."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from collections.abc import Sequence as Several
from typing import Any

from symderiv.expression.operators import ATOM, BY_HEAD, CONDITIONAL
from symderiv.expression.printing.latex_entries import as_written
from symderiv.expression.printing.latex_letters import free_letters
from symderiv.expression.printing.latex_names import escape, name_to_latex
from symderiv.expression.printing.number_text import number_text
from symderiv.expression.tree import (
    TRUE,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Mapping,
    Number,
    Sequence,
    SequenceKind,
    Text,
    Variable,
)
from symderiv.tensor import Meaning, Record, Tensor

Printed = tuple[str, int]
"""LaTeX, and how tightly its outermost operator binds."""

SUM = BY_HEAD["add"].precedence
PRODUCT = BY_HEAD["mul"].precedence
SIGN = BY_HEAD["neg"].precedence
POWER = BY_HEAD["pow"].precedence
COMPARISON = BY_HEAD["eq"].precedence
BIG = SUM + 2
"""A sum sign takes the product after it: as the last factor it needs no brackets."""

_CONSTANTS = {
    "pi": r"\pi",
    "e": "e",
    "oo": r"\infty",
    "true": r"\text{true}",
    "false": r"\text{false}",
    "undefined": r"\text{undefined}",
}
_BIG = {"sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min", "forall": r"\forall"}
_TALL = (r"\frac", r"\sum", r"\prod", r"\begin", r"\int", r"\left")


def to_latex(expr: Expr, notation: Map[str, str] | None = None) -> str:
    """The tree in LaTeX; ``notation`` says how names look.

    >>> x = Variable("x")
    >>> to_latex(Apply("div", (Number(1), Apply("add", (Number(1), Apply("pow", (x, Number(2))))))))
    '\\\\frac{1}{1 + x^{2}}'
    """
    return Printer(notation or {}).text(expr)


def tensor_to_latex(tensor: Tensor, notation: Map[str, str] | None = None) -> str:
    """A number, a column, a matrix, or the entry formula where the shape is symbolic or large.

    >>> tensor_to_latex(Tensor.table([[1, 2], [3, 4]]))
    '\\\\begin{bmatrix} 1 & 2 \\\\\\\\ 3 & 4 \\\\end{bmatrix}'
    """
    sizes = tensor.sizes
    if sizes is not None and len(sizes) <= 2 and all(size <= 20 for size in sizes):
        return _explicit(tensor, sizes, Printer(notation or {}))
    return _formula(tensor, notation or {})


def meaning_to_latex(meaning: Meaning, notation: Map[str, str] | None = None) -> str:
    """What was meant: a tensor, named results, or a list of results."""
    if isinstance(meaning, Tensor):
        return tensor_to_latex(meaning, notation)
    if isinstance(meaning, Record):
        shown = (
            f"{name_to_latex(key, notation or {})} = {meaning_to_latex(item, notation)}"
            for key, item in meaning.items
        )
        return r",\quad ".join(shown)
    return _listed(meaning.kind, [meaning_to_latex(item, notation) for item in meaning.items])


def bracketed(text: str, opening: str = "(", closing: str = ")") -> str:
    """Brackets that grow where what is inside is tall."""
    if any(command in text for command in _TALL):
        return rf"\left{opening} {text} \right{closing}"
    return f"{opening}{text}{closing}"


def matrix(rows: Several[Several[str]]) -> str:
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def _listed(kind: SequenceKind, items: list[str]) -> str:
    opening, closing = {"list": ("[", "]"), "tuple": ("(", ")"), "set": (r"\{", r"\}")}[kind]
    return bracketed(", ".join(items), opening, closing)


def _explicit(tensor: Tensor, sizes: tuple[int, ...], printer: Printer) -> str:
    def entry(*at: int) -> str:
        return printer.text(as_written(tensor.entry(*map(Number, at))))

    if not sizes:
        return entry()
    if len(sizes) == 1:
        return matrix([[entry(i)] for i in range(sizes[0])])
    return matrix([[entry(i, j) for j in range(sizes[1])] for i in range(sizes[0])])


def _formula(tensor: Tensor, notation: Map[str, str]) -> str:
    letters = free_letters(tensor)
    printer = Printer(notation)
    entry = printer.text(as_written(tensor.formula(*letters)))
    ranges = r",\; ".join(
        f"0 \\le {letter.name} < {printer.text(size)}"
        for letter, size in zip(letters, tensor.shape, strict=True)
    )
    return rf"\left[ {entry} \right]_{{{ranges}}}"


class Printer:
    """Prints nodes, each once wherever it is repeated; ``notation`` says how names look."""

    def __init__(self, notation: Map[str, str]) -> None:
        self.notation = notation
        self._shown: dict[Expr, Printed] = {}

    def text(self, expr: Expr) -> str:
        return self.show(expr)[0]

    def inside(self, expr: Expr, precedence: int) -> str:
        """An operand, in brackets if it binds less tightly than ``precedence``."""
        text, own = self.show(expr)
        return text if own >= precedence else bracketed(text)

    def show(self, expr: Expr) -> Printed:
        shown = self._shown.get(expr)
        if shown is None:
            shown = self._shown[expr] = _TABLE[type(expr)](self, expr)
        return shown

    def _number(self, expr: Number) -> Printed:
        size = expr.value if expr.value >= 0 else -expr.value
        above, _, below = number_text(size).partition("/")
        text = rf"\frac{{{above}}}{{{below}}}" if below else above
        return (text, ATOM) if expr.value >= 0 else (f"-{text}", SUM + 1)

    def _constant(self, expr: Constant) -> Printed:
        return _CONSTANTS[expr.name], ATOM

    def _text(self, expr: Text) -> Printed:
        return rf"\text{{{escape(expr.value)}}}", ATOM

    def _variable(self, expr: Variable) -> Printed:
        return name_to_latex(expr.name, self.notation), ATOM

    def _apply(self, expr: Apply) -> Printed:
        from symderiv.expression.printing.latex_heads import HEADS, WITH_OPTIONS, applied

        known = expr.args and (not expr.options or expr.head in WITH_OPTIONS)
        rule = HEADS.get(expr.head) if known else None
        shown = rule(self, expr) if rule else None
        return shown or applied(self, expr)

    def _call(self, expr: Call) -> Printed:
        name, args = name_to_latex(expr.function.name, self.notation), ", ".join(map(self.text, expr.args))
        if len(expr.orders) > 1 and any(expr.orders):
            below = " ".join(
                rf"\partial {self.inside(arg, POWER)}" + (f"^{{{n}}}" if n > 1 else "")
                for arg, n in zip(expr.args, expr.orders, strict=True)
                if n
            )
            total = sum(expr.orders)
            power = f"^{{{total}}}" if total > 1 else ""
            return rf"\frac{{\partial{power} {name}{bracketed(args)}}}{{{below}}}", ATOM
        return f"{name}{chr(39) * expr.orders[0] if expr.orders else ''}{bracketed(args)}", ATOM

    def _index(self, expr: Index) -> Printed:
        base = self.inside(expr.base, ATOM)
        if isinstance(expr.base, Variable) and ("_" in base or (len(base) > 1 and "'" in base)):
            base = bracketed(base)
        if isinstance(expr.base, (Binder, Index)):  # has its range, or an index, below it
            base = bracketed(base)
        return f"{base}_{{{','.join(map(self.text, expr.indices))}}}", ATOM

    def _binder(self, expr: Binder) -> Printed:
        if expr.kind == "integral":
            return self._integral(expr)
        if expr.kind not in _BIG:
            return self._entry_formula(expr)
        is_sum = isinstance(expr.body, Binder) and expr.body.kind in _BIG
        body = self.text(expr.body) if is_sum else self.inside(expr.body, PRODUCT)
        return f"{_BIG[expr.kind]}{self._range(expr)} {body}", BIG

    def _range(self, expr: Binder) -> str:
        """Below (and above) the sign: ``_{i=1}^{n}``, or a stack with the condition."""
        letter = name_to_latex(expr.variable.name, self.notation)
        if expr.lower is None or expr.upper is None:
            lines = [letter]
        elif expr.condition == TRUE and expr.kind in ("sum", "prod"):
            return f"_{{{letter}={self.text(expr.lower)}}}^{{{self.text(expr.upper)}}}"
        else:
            lower, upper = (self.inside(end, COMPARISON + 1) for end in (expr.lower, expr.upper))
            lines = [rf"{lower} \le {letter} \le {upper}"]
        if expr.condition != TRUE:
            lines.append(self.text(expr.condition))
        return f"_{{{lines[0]}}}" if len(lines) == 1 else rf"_{{\substack{{{lines[0]} \\ {lines[1]}}}}}"

    def _integral(self, expr: Binder) -> Printed:
        ends = "".join(
            f"{sign}{{{self.text(end)}}}"
            for sign, end in (("_", expr.lower), ("^", expr.upper))
            if end is not None
        )
        letter = name_to_latex(expr.variable.name, self.notation)
        return rf"\int{ends} {self.inside(expr.body, PRODUCT)} \,\mathrm{{d}} {letter}", BIG

    def _entry_formula(self, expr: Binder) -> Printed:
        body = bracketed(
            self.text(expr.body),
            "[" if expr.kind == "array" else r"\{",
            "]" if expr.kind == "array" else r"\}",
        )
        return f"{body}{self._range(expr)}", ATOM

    def _cases(self, expr: Cases) -> Printed:
        rows = [
            rf"{self.text(value)} & \text{{if }} {self.text(condition)}" for condition, value in expr.branches
        ]
        if expr.otherwise is not None:
            rows.append(rf"{self.text(expr.otherwise)} & \text{{otherwise}}")
        return r"\begin{{cases}} {} \end{{cases}}".format(r" \\ ".join(rows)), ATOM

    def _sequence(self, expr: Sequence) -> Printed:
        rows = [row.items for row in expr.items if isinstance(row, Sequence) and row.kind == "list"]
        plain = len(rows) == len(expr.items) and rows and len({len(row) for row in rows}) == 1 and rows[0]
        if expr.kind == "list" and plain and not any(isinstance(x, Sequence) for row in rows for x in row):
            return matrix([[self.text(item) for item in row] for row in rows]), ATOM
        if expr.kind == "tuple" and len(expr.items) == 1:
            return bracketed(f"{self.text(expr.items[0])},"), ATOM
        return _listed(expr.kind, [self.text(item) for item in expr.items]), ATOM

    def _mapping(self, expr: Mapping) -> Printed:
        def key(name: str | Expr) -> str:
            return name_to_latex(name, self.notation) if isinstance(name, str) else self.text(name)

        pairs = (rf"{key(name)} \mapsto {self.inside(value, CONDITIONAL + 1)}" for name, value in expr.items)
        return bracketed(r",\; ".join(pairs), r"\{", r"\}"), ATOM


_TABLE: dict[type, Callable[[Printer, Any], Printed]] = {
    Number: Printer._number,
    Constant: Printer._constant,
    Text: Printer._text,
    Variable: Printer._variable,
    Apply: Printer._apply,
    Call: Printer._call,
    Index: Printer._index,
    Binder: Printer._binder,
    Cases: Printer._cases,
    Sequence: Printer._sequence,
    Mapping: Printer._mapping,
}
