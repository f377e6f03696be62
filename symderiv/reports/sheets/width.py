"""About how wide a formula is when it is set."""

from __future__ import annotations

import re

_COMMAND = re.compile(
    r"\\(?!left|right|begin|end|operatorname|mathrm|text|frac|mathbb|mathtt|qquad)[A-Za-z]+"
)
_UNSEEN = re.compile(r"\\[a-zA-Z]+(?:\{[a-z]+matrix\*?\}|\{cases\})?|[{}&^_\s]")


def width_of(latex: str) -> int:
    r"""About how many letters wide a formula is set: of a matrix, its widest row.

    >>> width_of(r"\frac{1}{2} + \sigma"), width_of(r"\begin{bmatrix} 1 & 2 \\ 3 & 400 \end{bmatrix}")
    (4, 4)
    """
    return max(len(_UNSEEN.sub("", _COMMAND.sub("x", row))) for row in latex.split(r"\\"))
