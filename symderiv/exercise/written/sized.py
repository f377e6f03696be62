"""An identity, zeros or ones by themselves: ``I`` where a square matrix is asked for is as large as that."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Expr
from symderiv.tensor import Tensor

_ALONE = re.compile(
    r"[\s$]*(?:(?P<plain>I|Id)|\\(?:mathbf|mathbb|mathrm|boldsymbol|bm)\s*(?:\{\s*(?P<bold>[I01])\s*\}|(?P<next>[I01])))[\s$]*"
)
_HEADS = {"I": "eye", "Id": "eye", "0": "zeros", "1": "ones"}


def sized(answer: Formula, key: Expr | None, names: Collection[str]) -> Formula:
    """The answer with its size, if it is no more than such a sign and the key is an array it may be.

    >>> from symderiv.expression.tree import Apply, Number
    >>> sized(Formula(r"\\mathbf{I}"), Apply("eye", (Number(2),)), ()).text
    'eye(2)'
    """
    said = _ALONE.fullmatch(answer.text)
    sign = said[said.lastgroup or ""] if said else ""
    sizes = _shape(key) if key is not None and sign and sign not in names else ()
    if not sizes or (_HEADS[sign] == "eye" and (len(sizes) != 2 or sizes[0] != sizes[1])):
        return answer
    shape = to_text(sizes[0]) if _HEADS[sign] == "eye" else ", ".join(map(to_text, sizes))
    return replace(answer, text=f"{_HEADS[sign]}({shape})", syntax="text")


def _shape(key: Expr) -> tuple[Expr, ...]:
    try:
        found = meaning(key)
    except SymderivError:
        return ()
    return tuple(found.shape) if isinstance(found, Tensor) else ()
