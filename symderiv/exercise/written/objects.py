"""Objects that are to be constructed, as people write them: ``b = \\mathbf{0}``, and entry by entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.exercise.written.numbered_entries import with_entries
from symderiv.expression.tree import Number, Variable

_CONSTANT = re.compile(
    r"(?P<name>\\?[^\W\d]\w*(?:_\{\w+\})?|\\(?:mathbf|boldsymbol|bm)\s*\{\w+\}(?:_\{?\w+\}?)?)\s*(?:=|:)\s*"
    r"(?P<bold>\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{\s*[01]\s*\}|[01]))(?!\s*[_\w^])"
)
MAX_TEXT = 5000


def as_objects(answer: Formula, wanted: Mapping[str, Variable], origin: int) -> Formula:
    """Zeros and ones as large as the vectors that they are given for; one array entry by entry as an array.

    >>> from symderiv.expression.kinds import Kind
    >>> b = Variable("b1", Kind(shape=(Number(2),)))
    >>> as_objects(Formula(r"W = A, b_1 = \\mathbf{0}"), {"b1": b}, 0).text
    'W = A, b_1 = \\\\mathbf{0}_{2}'
    >>> as_objects(Formula("b_1 = 3, b_2 = 4"), {"b": b}, 1).text
    'b = [3, 4]'
    """
    if answer.entries or answer.items or len(answer.text) > MAX_TEXT:
        return answer
    sizes = {spelt(name): _sizes(each) for name, each in wanted.items()}

    def sized(said: re.Match[str]) -> str:
        size = sizes.get(spelt(said["name"]), ())
        return f"{said[0]}_{{{size[0]}}}" if len(size) == 1 else said[0]

    text = _CONSTANT.sub(sized, answer.text)
    text = with_entries(text, next(iter(sizes.values())), origin) if len(sizes) == 1 else text
    return answer if text == answer.text else replace(answer, text=text)


def _sizes(wanted: Variable) -> tuple[int, ...]:
    """The numbers of its entries along each axis, if these are numbers."""
    shape = wanted.kind.shape
    sizes = tuple(int(size.value) for size in shape if isinstance(size, Number))
    return sizes if len(sizes) == len(shape) else ()
