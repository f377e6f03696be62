"""Where what a formula no longer shows has a value: ``0 * x[1]`` is 0 only where x has two entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symderiv.expression.build import compare, conjunction
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Binder, Cases, Expr, Index, Variable
from symderiv.tensor import Meaning, Tensor

FOLDING = frozenset({"mul", "hadamard", "pow"})


def with_reads(head: str, result: Meaning, values: list[Any]) -> Meaning:
    """A product with 0, or a power of 0, has a value only where what it is computed from has one."""
    if head not in FOLDING or not isinstance(result, Tensor):
        return result
    flat = (part for value in values for part in (value if isinstance(value, tuple) else (value,)))
    parts = [part.value for part in flat if isinstance(part, Tensor) and not part.rank]
    return result.where(all_exist(parts)) if ZERO in parts else result


def all_exist(values: Iterable[Expr]) -> Expr:
    """The condition that the entries read in these values lie inside their arrays, and no maximum is empty.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ONE, TRUE
    >>> n = Variable("n", SIZE)
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> all_exist([Index(x, (ONE,))]) == compare("lt", ONE, n), all_exist([Index(x, (ZERO,))]) == TRUE
    (True, True)
    """
    return conjunction(*(part for value in values for part in _inside(value)))


def _inside(value: Expr) -> Iterator[Expr]:
    if isinstance(value, Binder) and value.kind in ("max", "min") and value.lower and value.upper:
        yield compare("le", value.lower, value.upper)
    if isinstance(value, (Binder, Cases)):
        return  # read in some cases only
    if isinstance(value, Index) and isinstance(value.base, Variable) and not value.base.kind.zero_outside:
        for index, size in zip(value.indices, value.base.kind.shape, strict=False):
            if size is not None and index != ZERO and not _is_open(index):
                yield compare("le", ZERO, index)
                yield compare("lt", index, size)
    for child in value.children:
        yield from _inside(child)


def _is_open(index: Expr) -> bool:
    """A free index asks only about the entries that there are."""
    return any(name.kind.index for name in free_variables(index))
