"""Rows of numbers without brackets: a matrix line by line, ``[1 2; 3 4]``, and the table of a mapping.

Between letters a blank may be a product: they are entries only where the rows make up the matrix that is
asked for. A table counts only where a value is asked for at each of its points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Items

from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Mapping, Sequence

MAX_GRID, MAX_ROWS = 20_000, 200
_NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:/\d+)?")
_WORD = re.compile(r"[^\W\d]\w*|\\?[a-z]+_?\{?\w*\}?")
_RULE = re.compile(r"[\s|:+=-]*|\\hline")
_IN_BRACKETS = re.compile(r"\s*\[([^\[\]]*)\]\s*")
_ROWS_IN_BRACKETS = re.compile(r"\s*\[\s*\[[^\[\]]*\](?:\s*;\s*\[[^\[\]]*\])+\s*\]\s*")
_ARRAY = re.compile(
    r"\s*\$*\s*\\begin\{(array|tabular)\}\s*(?:\{[^{}]*\})?(.*)\\end\{\1\}\s*\$*\s*", re.DOTALL
)
_FLAT = re.compile(r"\s*\$?\s*(?:[\[(](?P<cells>[^\[\](),]*)[\])]|(?P<bare>[^\[\](),;\n]*))\s*\$?\s*")
_ENTRY = re.compile(r"[-+−]?[^\W_√][^,;=<>&|]*(?<![-+*/^−·(\[{_])|[-+−]?√[^,;=<>&|]+")
"""What may be an entry between blanks: neither a sign nor a piece that ends in one."""
_IN_LATEX = re.compile(r"\\begin\{([bp]?matrix|array)\}(\{[^{}]*\})?(.*?)\\end\{\1\}", re.DOTALL)
_POINT_IN_BRACKETS = re.compile(r"[(\[]\s*([-+−\d.]+(?:\s*,\s*[-+−\d.]+)+)\s*[)\]]")
_POINT_AS_MATRIX = re.compile(
    r"\\begin\{([bpv]?matrix)\}([^{}a-zA-Z]*)\\end\{\1\}(?:\s*\^\s*\{?\s*(?:T|\\top|\\intercal)(?![a-zA-Z])\s*\}?)?"
)
_DIGITS = re.compile(r"\d+")
_AROUND = " \t|&()[]$"
_BETWEEN = re.compile(r"\s*[|&,]\s*|\s+")


def as_matrix(text: str) -> str:
    """The rows as lists in a list; the text itself where it is no grid of numbers.

    >>> as_matrix("[[a, 1]; [b, 2]]"), as_matrix("[a, f(1, 2); -b*c, 2]")
    ('[[a, 1], [b, 2]]', '[[a, f(1, 2)], [-b*c, 2]]')
    >>> as_matrix("1 8\\n1 -2"), as_matrix("[1 8; 1 -2]"), as_matrix("1 - 8\\n1 2"), as_matrix("a b\\nc d")
    ('[[1, 8], [1, -2]]', '[[1, 8], [1, -2]]', '1 - 8\\n1 2', 'a b\\nc d')
    """
    *before, grid = split_equations(text) if len(text) <= MAX_GRID else [text]
    if _ROWS_IN_BRACKETS.fullmatch(grid):
        return "=".join([*before, re.sub(r"\]\s*;", "],", grid)])
    bracketed = _IN_BRACKETS.fullmatch(grid)
    if bracketed and (listed := _by_commas(bracketed[1])):
        return "=".join([*before, listed])
    rows = _rows(bracketed[1] if bracketed else grid, ";" if bracketed else "\n")
    if len(rows) < 2 or len(rows[0]) < 2 or not _are_numbers(rows):
        return text
    return "=".join([*before, f"[{', '.join(_listed(row, '[]') for row in rows)}]"])


def _by_commas(inside: str) -> str:
    """``a, b; c, d`` as lists in a list: commas and semicolons together are rows, whatever the entries."""
    rows = [at_commas(row) for row in inside.split(";")]
    if not 1 < len(rows) <= MAX_ROWS or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return ""
    return f"[{', '.join(_listed([cell.strip() for cell in row], '[]') for row in rows)}]"


def with_rows(text: str, sizes: Items[int]) -> str:
    """Rows without commas as lists, where an array of these ``sizes`` is asked for.

    >>> with_rows("1 2", (2,)), with_rows("[a b; c d]", (2, 2))
    ('[1, 2]', '[[a, b], [c, d]]')
    """
    if len(sizes) == 2 and min(sizes) > 1:
        return as_matrix_of(_with_ampersands(text, sizes[0], sizes[1]), sizes[0], sizes[1])
    return as_vector(text)


def _with_ampersands(text: str, rows: int, columns: int) -> str:
    """``\\begin{bmatrix} 5,5 \\\\ 4,4 \\end{bmatrix}`` with an & for each comma, if so many are asked for."""
    said = _IN_LATEX.search(text[:MAX_GRID])
    lines = [line for line in said[3].split("\\\\") if line.strip()] if said else []
    fits = len(lines) == rows and all(line.count(",") == columns - 1 for line in lines)
    if said is None or not fits or re.search(r"[&{}()\[\]]", said[3]):
        return text
    inside = "\\\\".join(line.replace(",", " & ") for line in lines)
    return f"{text[: said.start(3)]}{inside}{text[said.end(3) :]}"


def as_vector(text: str) -> str:
    """A row or column of numbers as a list: ``1 1 -3``, ``[1 1 -3]``, ``(1; 1; -3)``.

    >>> as_vector("w = [1 1 -3]"), as_vector("(1; 1; -3)"), as_vector("1 - 3"), as_vector("1 x")
    ('w = [1, 1, -3]', '[1, 1, -3]', '1 - 3', '1 x')
    """
    *before, row = split_equations(text) if len(text) <= MAX_GRID else [text]
    said = _FLAT.fullmatch(row)
    inside = (said["cells"] or said["bare"] or "") if said else ""
    cells = re.split(r"\s*;\s*|\s+", inside.strip())
    if len(cells) < 2 or not all(map(_NUMBER.fullmatch, cells)):
        return text
    return "=".join([*before, f"{' ' if before else ''}[{', '.join(cells)}]"])


def as_matrix_of(text: str, rows: int, columns: int) -> str:
    """Rows of whatever entries as lists in a list, where they are as many and as long as asked for.

    >>> as_matrix_of("[w_0 w_1 0; 0 w_0 w_1]", 2, 3), as_matrix_of("1/2 1/√6\\n0 -a", 2, 2)
    ('[[w_0, w_1, 0], [0, w_0, w_1]]', '[[1/2, 1/√6], [0, -a]]')
    >>> as_matrix_of("[a b; c d]", 2, 1), as_matrix_of("a - b\\nc d e", 2, 3)
    ('[a b; c d]', 'a - b\\nc d e')
    """
    *before, grid = split_equations(text) if len(text) <= MAX_GRID else [text]
    bracketed = _IN_BRACKETS.fullmatch(grid)
    found = [
        line.strip().split()
        for line in re.split(r"[;\n]", bracketed[1] if bracketed else grid)
        if line.strip()
    ]
    is_whole = len(found) == rows > 1 and all(len(row) == columns for row in found)
    if columns < 2 or not is_whole or not all(_ENTRY.fullmatch(cell) for row in found for cell in row):
        return text
    return "=".join([*before, f"[{', '.join(_listed(row, '[]') for row in found)}]"])


def as_mapping(text: str, key: Mapping) -> str:
    """A table whose first columns are the points of the ``key``, the others its values.

    >>> from symderiv.expression.tree import ONE, ZERO
    >>> key = Mapping(tuple((Sequence((ZERO, at), "tuple"), ZERO) for at in (ZERO, ONE)))
    >>> as_mapping("x1 x2 y\\n0 0 0\\n0 1 1", key)
    '{(0, 0): 0, (0, 1): 1}'
    """
    sizes = {len(name.items) if isinstance(name, Sequence) else 0 for name, _ in key.items}
    count = sizes.pop() if len(sizes) == 1 else 0
    text, typed = (_with_flat_points(text[:MAX_GRID]) if count > 1 else text), text
    array = _ARRAY.fullmatch(text[:MAX_GRID])
    rows = _rows(array[2].replace("\\hline", "") if array else text, "\\\\" if array else "\n")
    rows = rows[1:] if rows and all(map(_WORD.fullmatch, rows[0])) else rows
    rows = [_digit_by_digit(row, count) for row in rows]
    if not count or len(rows) < 2 or len(rows[0]) <= count or not _are_numbers(rows):
        return typed
    points = [_listed(row[:count], "()") for row in rows]
    if sorted(points) != sorted(to_text(name) for name, _ in key.items if isinstance(name, Sequence)):
        return typed  # the columns may stand in another order
    values = (_value(row[count:]) for row in rows)
    return f"{{{', '.join(f'{point}: {value}' for point, value in zip(points, values, strict=True))}}}"


def _with_flat_points(text: str) -> str:
    """``(0, 1) & 1`` and ``\\begin{bmatrix} 0 & 1 \\end{bmatrix}^T & 1`` as ``0 , 1 & 1``."""
    text = _POINT_AS_MATRIX.sub(lambda said: re.sub(r"\s*(?:&|\\\\)\s*", " , ", said[2]), text)
    return _POINT_IN_BRACKETS.sub(r"\1", text)


def _digit_by_digit(row: list[str], count: int) -> list[str]:
    """``01 1`` as ``0 1 1``, where points have two coordinates."""
    is_short = len(row) == 2 and count > 1 and len(row[0]) == count
    return [*row[0], row[1]] if is_short and _DIGITS.fullmatch(row[0]) else row


def _value(cells: list[str]) -> str:
    return cells[0] if len(cells) == 1 else _listed(cells, "()")


def _listed(cells: list[str], brackets: str) -> str:
    return f"{brackets[0]}{', '.join(cells)}{brackets[1]}"


def _rows(text: str, end: str) -> list[list[str]]:
    """The cells of each row; none where the text is too long to be a grid."""
    if len(text) > MAX_GRID:
        return []
    lines = [line.strip().strip(_AROUND) for line in text.split(end) if not _RULE.fullmatch(line)]
    return [_BETWEEN.split(line) for line in lines]


def _are_numbers(rows: list[list[str]]) -> bool:
    return len({len(row) for row in rows}) == 1 and all(
        _NUMBER.fullmatch(cell) for row in rows for cell in row
    )
