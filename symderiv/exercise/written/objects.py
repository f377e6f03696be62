"""Objects that are to be constructed, as people write them: ``b = \\mathbf{0}``, and entry by entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.entries_of_several import with_entries_of_several
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.exercise.written.numbered_entries import with_entries
from symderiv.exercise.written.results import with_commas_for_and
from symderiv.expression.tree import Expr, Number, Variable
from symderiv.expression.tree import Mapping as Results
from symderiv.tensor import Tensor

_CONSTANT = re.compile(
    r"(?P<name>\\?[^\W\d]\w*(?:_\{\w+\})?|\\(?:mathbf|boldsymbol|bm)\s*\{\w+\}(?:_\{?\w+\}?)?)\s*(?:=|:)\s*"
    r"(?P<bold>\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{\s*[01]\s*\}|[01]))(?!\s*[_\w^])"
)
_NUMBERED = re.compile(r"[\d\]}]\s*=")
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
    if len(sizes) == 1:
        text = with_entries(text, next(iter(sizes.values())), origin)
    answer = answer if text == answer.text else replace(answer, text=text)
    return _with_arrays(answer, {name: _sizes(each) for name, each in wanted.items()}, origin)


def by_entries(answer: Formula, key: Results, origin: int) -> Formula:
    """The answer with arrays for those of the results asked for that it says entry by entry.

    >>> from symderiv.expression.tree import Sequence
    >>> pair = Sequence((Number(1), Number(2)))
    >>> by_entries(Formula("m_0 = 1, m_1 = 2, v = [3, 4]"), Results((("m", pair), ("v", pair))), 0).text
    'm = [1, 2], v = [3, 4]'
    """
    if not _NUMBERED.search(answer.text):
        return answer
    sizes = {name: _sizes_of(value) for name, value in key.items if isinstance(name, str)}
    return _with_arrays(answer, sizes, origin) if len(sizes) == len(key.items) else answer


def _with_arrays(answer: Formula, sizes: Mapping[str, tuple[int, ...]], origin: int) -> Formula:
    text = with_commas_for_and(answer.text)
    found = with_entries_of_several(text, sizes, origin)
    if found == text or answer.entries or answer.items:
        return answer
    return replace(answer, text=found, syntax="latex" if answer.is_latex else answer.syntax)


def _sizes_of(value: Expr) -> tuple[int, ...]:
    try:
        found = meaning(value)
    except SymderivError:
        return ()
    return (found.sizes or ()) if isinstance(found, Tensor) else ()


def _sizes(wanted: Variable) -> tuple[int, ...]:
    """The numbers of its entries along each axis, if these are numbers."""
    shape = wanted.kind.shape
    sizes = tuple(int(size.value) for size in shape if isinstance(size, Number))
    return sizes if len(sizes) == len(shape) else ()
