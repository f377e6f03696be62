"""Numbers in and out of operations, for the tests."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symderiv.derivation.meaning.meaning import meaning
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import Apply, Expr, Number, Sequence, Text, Variable
from symderiv.tensor import Tensor

Given = Any


def tree(given: Given) -> Expr:
    """Numbers, words, nested lists and tuples as trees."""
    if isinstance(given, Expr):
        return given
    if isinstance(given, str):
        return Text(given)
    if isinstance(given, (list, tuple)):
        return Sequence(tuple(tree(item) for item in given), "list" if isinstance(given, list) else "tuple")
    return Number(given)


def apply(head: str, *args: Given, **options: Given) -> Tensor:
    result = meaning(Apply(head, tuple(map(tree, args)), tuple((k, tree(v)) for k, v in options.items())))
    assert isinstance(result, Tensor)
    return result


def numbers(t: Tensor) -> Any:
    """All entries as nested lists of numbers."""
    return _nested(t, ())


def _nested(t: Tensor, at: tuple[int, ...]) -> Any:
    if len(at) == t.rank:
        entry = t.entry(*map(Number, at))
        assert isinstance(entry, Number), entry
        return entry.value
    assert t.sizes is not None
    return [_nested(t, (*at, k)) for k in range(t.sizes[len(at)])]


def name(letters: str, *shape: int | Expr) -> Variable:
    sizes = tuple(Number(n) if isinstance(n, int) else n for n in shape)
    return Variable(letters, Kind(shape=sizes))


def size(letters: str) -> Variable:
    return Variable(letters, SIZE)


def fractions(values: Any) -> Any:
    """Nested lists of exact rationals of flint as Fractions."""
    if isinstance(values, list):
        return [fractions(value) for value in values]
    return Fraction(int(values.numerator), int(values.denominator))
