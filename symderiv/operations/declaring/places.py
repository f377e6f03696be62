"""Arguments that are places: the index of a class, of a row of a table.

A number has to be one of them; a name may stand for any, but an array of reals is no list of places.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.errors import MeaningError
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Index, Number, Sequence, Variable
from symderiv.tensor import Tensor


def checked_places(indices: Tensor, size: Expr, of: str, ignored: Expr | None = None) -> Tensor:
    """The indices themselves; raises MeaningError where one of them is a number, and none of 0 … size - 1.

    >>> checked_places(Tensor.scalar(Number(3)), Number(3), "class")
    Traceback (most recent call last):
        ...
    symderiv.errors.MeaningError: there is no class 3; expected a whole number from 0 to 2
    """
    for place in _numbers(indices.value):
        if place == ignored:
            continue
        last = size.value - 1 if isinstance(size, Number) else None
        if not isinstance(place.value, int) or place.value < 0 or (last is not None and place.value > last):
            end = "" if last is None else f" to {last}"
            raise MeaningError(f"there is no {of} {to_text(place)}", expected=f"a whole number from 0{end}")
    return indices


def refuse_reals(indices: Tensor, of: str) -> None:
    """Raises MeaningError for the entries of an array of reals: these are no places."""
    match indices.value:
        case Index(base=Variable() as name) if name.kind.shape and not is_integer_valued(name):
            shape = ", ".join(map(_size, name.kind.shape))
            raise MeaningError(
                f"{name.name} holds real numbers, and the index of a {of} is a whole number",
                expected=f"a number for each {of}, or indices",
                cure=f"declare it as integers, {name.name}: integer vector({shape})",
            )


def _size(size: Expr | None) -> str:
    return "n" if size is None else to_text(size)


def _numbers(value: Expr) -> Iterator[Number]:
    match value:
        case Number():
            yield value
        case Apply(head="neg", args=(Number(value=n),)):
            yield Number(-n)
        case Index(base=Sequence(items=items)):
            for item in items:
                yield from _numbers(item)
        case Sequence(items=items):
            for item in items:
                yield from _numbers(item)
