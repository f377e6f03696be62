"""What a key means, where that tells how an answer may be written: one number, a whole one, an array."""

from __future__ import annotations

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.asked import is_condition
from symderiv.exercise.written.grids import with_rows
from symderiv.exercise.written.lists import without_numbers
from symderiv.exercise.written.numbered_entries import with_entries
from symderiv.exercise.written.numbers import (
    may_be_typed,
    with_doubtful_commas,
    with_thousands,
    with_typed_numbers,
)
from symderiv.exercise.written.results import with_commas_for_and
from symderiv.expression.instantiation import expand
from symderiv.expression.tree import Expr, Mapping, Number, Sequence
from symderiv.tensor import Tensor


def array_of(key: Expr | None) -> Tensor | None:
    """What a key is, if that is one number, formula or array, rather than a list or a condition."""
    if key is None or isinstance(key, Mapping | Sequence) or is_condition(key):
        return None
    try:
        found = meaning(key)
    except SymderivError:
        return None
    return found if isinstance(found, Tensor) else None


def may_be_several(text: str) -> bool:
    """May this be more than one formula: a number as people type it, rows, entries one by one?"""
    return may_be_typed(text) or any(sign in text for sign in ("=", ";", "\n", " and ", "\\times"))


def is_whole(asked: Tensor) -> bool:
    """Is it a whole number?"""
    value = expand(asked.value)
    return isinstance(value, Number) and isinstance(value.value, int)


def as_array(text: str, asked: Tensor, origin: int) -> str:
    """Rows, columns and entries one by one as the array that is asked for.

    >>> as_array("w_1 = 1, w_2 = 2", Tensor.of((Number(2),), lambda i: i), 1)
    '1, 2'
    """
    text = with_rows(text, asked.sizes) if asked.sizes else text
    text = without_numbers(with_commas_for_and(text)) if asked.rank == 1 else text
    return with_entries(text, asked.sizes, origin) if asked.sizes else text


def as_typed(answer: Formula, asked: Tensor, rounded: bool) -> Formula:
    """One number as people type it, its commas by what is asked for.

    >>> as_typed(Formula("5,856"), Tensor.scalar(Number(1)), False).text
    '5856'
    """
    if rounded:
        return with_typed_numbers(with_doubtful_commas(answer))
    return with_typed_numbers(with_thousands(answer) if is_whole(asked) else answer)


def as_number(value: Formula, key: Expr, rounded: bool = False) -> Formula:
    """A number as people type it, where one is asked for; thousands, where it is a whole one.

    >>> as_number(Formula("5,856"), Number(1)).text, as_number(Formula("5,856"), Mapping(())).text
    ('5856', '5,856')
    """
    asked = array_of(key)
    if asked is None or asked.rank:
        return value
    return with_typed_numbers(value if rounded or not is_whole(asked) else with_thousands(value))
