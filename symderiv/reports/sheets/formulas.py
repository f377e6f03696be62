"""Trees and values as formulas of a sheet: shortened where they are large, broken where they are long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from symderiv.derivation import meaning
from symderiv.derivation.tidying.writing_out import entry_formula, tree_of
from symderiv.errors import SymderivError
from symderiv.expression import tree as trees
from symderiv.expression.printing.latex import meaning_to_latex
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Expr, Number, Variable
from symderiv.reports.sheets.breaking import broken
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.counting import counted_from_one
from symderiv.reports.sheets.lowest_terms import lowest_terms
from symderiv.reports.sheets.same_writing import factorials, same_writing
from symderiv.reports.sheets.textbook import shortened_latex
from symderiv.reports.sheets.width import width_of
from symderiv.tensor import Tensor

Notation = Mapping[str, str]
MOST_NUMBERS = 1024
LEGIBLE = 84
"""A formula of more letters, set on one line, is smaller than a footnote."""
ROOM = 56
"""About how many letters stand on one line of a derivation."""
_CONDITIONS = frozenset(["and", "or", "not", "in", "eq", "ne", "lt", "le", "gt", "ge"])


def formula_of(tree: Expr, notation: Notation) -> Formula:
    """A tree as a formula, in pieces where it is too long for a line."""
    return laid_out(Formula(shortened_latex(tree, notation), to_text(tree)))


def laid_out(formula: Formula, room: int = ROOM) -> Formula:
    """The formula, with the lines into which it may be broken."""
    lines = broken(formula.latex, room)
    rows = tuple(map(Formula, lines)) if len(lines) > 1 else ()
    return Formula(formula.latex, formula.text, rows=rows)


def name_of(name: str | Expr, notation: Notation) -> Formula:
    tree = Variable(name) if isinstance(name, str) else name
    return Formula(shortened_latex(tree, notation), to_text(tree))


def value_of(key: Expr, notation: Notation, origin: int = 0) -> Formula | None:
    """What a key comes to, in the form in which it is written; None where that says nothing new.

    ``origin`` is the number from which the sheet counts entries.
    """
    if isinstance(key, trees.Apply) and key.head in _CONDITIONS:
        return None
    try:
        value = _evaluated(key)
        if origin == 1 and value is not None and (value := counted_from_one(value)) is None:
            return None
        known = formula_of(value, notation) if value is not None else _meant(key, notation)
    except SymderivError:
        return None
    asked = formula_of(key, notation)
    if value is not None and any(isinstance(n, trees.Apply) and n.head == "limit" for n in trees.walk(value)):
        return None  # its variable only has another name
    if value is not None and same_writing(key, value):
        return None
    return known if known.latex != asked.latex and known.text != asked.text else None


def _evaluated(key: Expr) -> Expr | None:
    """A list stays a list, a tuple a tuple, and each item is evaluated."""
    if isinstance(key, trees.Sequence):
        items = [_evaluated(item) for item in key.items]
        known = [item for item in items if item is not None]
        return trees.Sequence(tuple(known), key.kind) if len(known) == len(items) else None
    value = meaning(key)
    if not isinstance(value, Tensor):
        return None
    if not value.rank:
        return factorials(lowest_terms(tree_of(value)))
    return numbers_of(value) or _legible(value)


def _legible(value: Tensor) -> Expr:
    """The entries, or their formula where so many letters would have to be set too small to read."""
    entries = tree_of(value)
    return entries if width_of(shortened_latex(entries, {})) <= LEGIBLE else entry_formula(value)


def numbers_of(value: Tensor) -> Expr | None:
    """A vector or matrix of numbers, entry by entry, however large it is; None for any other tensor."""
    sizes = value.sizes
    if sizes is None or len(sizes) not in (1, 2) or prod(sizes) > MOST_NUMBERS:
        return None
    rows = [[value.entry(*map(Number, at)) for at in row] for row in _positions(sizes)]
    if not all(isinstance(entry, Number) for row in rows for entry in row):
        return None
    lists = [trees.Sequence(tuple(row)) for row in rows]
    return trees.Sequence(tuple(lists)) if len(sizes) == 2 else lists[0]


def _positions(sizes: tuple[int, ...]) -> list[list[tuple[int, ...]]]:
    """The positions of the entries, row by row."""
    if len(sizes) == 1:
        return [[(i,) for i in range(sizes[0])]]
    return [[(i, j) for j in range(sizes[1])] for i in range(sizes[0])]


def _meant(key: Expr, notation: Notation) -> Formula:
    value = meaning(key)
    return laid_out(Formula(meaning_to_latex(value, notation), meaning_to_text(value)))


def equated(formulas: Sequence[Formula]) -> Formula:
    """``a = b`` in one line."""
    return Formula(" = ".join(each.latex for each in formulas), " = ".join(each.text for each in formulas))


def side_by_side(formulas: Sequence[Formula]) -> Formula:
    """Short formulas on one line, a gap between them."""
    # in braces: what grows in one (a bracket, in MathML) is not to grow in its neighbour
    latex = r",\qquad ".join(f"{{{each.latex}}}" for each in formulas)
    return Formula(latex, ",  ".join(each.text for each in formulas), tuple(formulas))
