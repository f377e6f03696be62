"""Arrays on a page: their axes where entries have a formula, dots where there are too many to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.latex import matrix
from symderiv.expression.tree import Apply, Binder, Expr, Number, Variable
from symderiv.expression.tree import Sequence as Array
from symderiv.reports.sheets.width import width_of

MOST = 8
"""An array of more rows or columns than this is shown by its first three and last two."""
LINE = 60
"""About how many letters a row holds."""
DOTS = "…"


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


def without_single(axes: Sequence[Axis], body: Expr) -> tuple[list[Axis], Expr]:
    """Axes of one entry need no index."""
    body = instantiate(body, {axis.index: axis.lower for axis in axes if axis.is_single})
    return [axis for axis in axes if not axis.is_single], body


Write = Callable[[Expr, int], str]
"""An entry in LaTeX, made to fit so many letters."""


def array_latex(array: Array, write: Write) -> str | None:
    """A matrix or a list with dots where it is large, a list too wide for a line as a column; else None."""
    if array.kind != "list" or not array.items:
        return None
    rows = [item.items for item in array.items if isinstance(item, Array) and item.kind == "list"]
    if rows:
        return _table(rows, write) if _is_matrix(array, rows) else None
    entries = [write(item, LINE) for item in array.items]
    if sum(width_of(entry) + 1 for entry in entries) <= LINE:
        return None
    return _table([(item,) for item in array.items], write)


def _is_matrix(array: Array, rows: Sequence[tuple[Expr, ...]]) -> bool:
    entries = [entry for row in rows for entry in row]
    is_even = len(rows) == len(array.items) and len({len(row) for row in rows}) == 1
    return is_even and bool(entries) and not any(isinstance(entry, Array) for entry in entries)


def _table(rows: Sequence[tuple[Expr, ...]], write: Write) -> str:
    across = _shown(len(rows[0]))
    room = LINE // len(across)
    return matrix(
        [[_cell(i, j, rows, lambda entry: write(entry, room)) for j in across] for i in _shown(len(rows))]
    )


def _cell(
    i: int | None, j: int | None, rows: Sequence[tuple[Expr, ...]], write: Callable[[Expr], str]
) -> str:
    if i is None:
        return r"\vdots" if j is not None else r"\ddots"
    return r"\cdots" if j is None else write(rows[i][j])


def _shown(count: int) -> list[int | None]:
    """The positions that are shown, None for the dots between them.

    >>> _shown(3), _shown(12)
    ([0, 1, 2], [0, 1, 2, None, 10, 11])
    """
    if count <= MOST:
        return list(range(count))
    return [0, 1, 2, None, count - 2, count - 1]


def shortened_sum(terms: Expr) -> Expr:
    """``a + b + … + z``, where there are five terms or more."""
    found = _terms(terms)
    if len(found) < 5:
        return terms
    return Apply("add", (found[0], found[1], Variable(DOTS), found[-1]))


def _terms(tree: Expr) -> list[Expr]:
    if isinstance(tree, Apply) and tree.head == "add":
        return [term for arg in tree.args for term in _terms(arg)]
    return [tree]
