"""About how wide a formula is when it is set."""

from __future__ import annotations

import re
from itertools import zip_longest

_COMMAND = re.compile(
    r"\\(?!left|right|begin|end|operatorname|mathrm|text|frac|mathbb|mathtt|qquad)[A-Za-z]+"
)
_CODE = re.compile(r"\\mathtt\{([^{}]*)\}")
"""Names in a typewriter face, whose letters are a fifth wider."""
_UNSEEN = re.compile(r"\\[a-zA-Z]+(?:\{[a-z]+matrix\*?\}|\{cases\}|\{aligned\})?|[{}&^_\s]")


_CASES = 10
"""A brace, a gap before the condition, and words."""
_INNERMOST = re.compile(
    r"\\begin\{([a-z]*matrix|cases|array|aligned)\*?\}((?:(?!\\begin).)*?)\\end\{\1\*?\}", re.DOTALL
)


def width_of(latex: str) -> int:
    r"""About how many letters wide a formula is set: of a matrix, its widest entries column by column.

    >>> width_of(r"\frac{1}{2} + \sigma"), width_of(r"\begin{bmatrix} 1 & 2 \\ 3 & 400 \end{bmatrix}")
    (4, 4)
    >>> width_of(r"\begin{bmatrix} a + b & 0 \\ 0 & a + b \end{bmatrix}")
    6
    >>> width_of(r"a = \begin{bmatrix} 1 \\ 2 \end{bmatrix}, b = \begin{bmatrix} 10 \\ 2 \end{bmatrix}")
    8
    """
    while found := _INNERMOST.search(latex):
        sides = _CASES * (found[1] == "cases")
        latex = f"{latex[: found.start()]}{'0' * (_grid(found[2]) + sides)}{latex[found.end() :]}"
    return _grid(latex)


def _grid(rows_and_columns: str) -> int:
    rows = [list(map(_letters, row.split("&"))) for row in rows_and_columns.split(r"\\")]
    return sum(map(max, zip_longest(*rows, fillvalue=0)))


def _letters(cell: str) -> int:
    code = sum(len(name) for name in _CODE.findall(cell))
    return len(_UNSEEN.sub("", _COMMAND.sub("x", cell))) + code // 5
