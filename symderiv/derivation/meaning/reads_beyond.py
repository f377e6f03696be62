"""Sums that read past the end of an array at every size: ``Σ_{i=1}^n x_i`` where indices count from 0."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import holds
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Cases, Expr, Index, Variable, walk
from symderiv.tensor import Meaning, Tensor


def reads_beyond(found: Meaning, facts: tuple[Expr, ...]) -> bool:
    """Is an entry surely read that no size of the array has?

    >>> from symderiv.derivation.given import read_given
    >>> from symderiv.derivation.meaning.meaning import meaning
    >>> from symderiv.language import read
    >>> scope = read_given(["x: vector(n)"]).scope
    >>> [reads_beyond(meaning(read(f"sum(x[i], (i, {a}))", scope)), ()) for a in ("1, n", "0, n-1")]
    [True, False]
    >>> [reads_beyond(meaning(read(f"sum(x[i{a}], (i, 0, n-1))", scope)), ()) for a in ("+1", "-1")]
    [True, True]
    """
    return isinstance(found, Tensor) and any(
        _runs_beyond(binder, facts) for binder in walk(found.value) if isinstance(binder, Binder)
    )


def _runs_beyond(binder: Binder, facts: tuple[Expr, ...]) -> bool:
    """Does its body read beyond at its first or last place, where it surely has one?"""
    lower, upper = binder.lower, binder.upper
    if lower is None or upper is None or not _runs(binder, facts):
        return False
    reads = {
        (index, size)
        for entry in _sure_reads(binder.body, facts)
        if isinstance(entry.base, Variable) and not entry.base.kind.zero_outside
        for index, size in zip(entry.indices, entry.base.kind.shape, strict=False)
        if size is not None and binder.variable in walk(index)
    }
    return any(
        holds(Apply("le", (size, at)), facts) is True or holds(Apply("lt", (at, ZERO)), facts) is True
        for index, size in reads
        for at in (instantiate(index, {binder.variable: end}) for end in (lower, upper))
    )


def _runs(binder: Binder, facts: tuple[Expr, ...]) -> bool:
    if binder.lower is None or binder.upper is None or binder.condition != TRUE:
        return False
    return holds(Apply("le", (binder.lower, binder.upper)), facts) is True


def _sure_reads(expr: Expr, facts: tuple[Expr, ...]) -> Iterator[Index]:
    """The entries that are read whatever the conditions and the ends of sums inside come to."""
    if isinstance(expr, Cases) or (isinstance(expr, Binder) and not _runs(expr, facts)):
        return
    if isinstance(expr, Index):
        yield expr
    for child in expr.children:
        yield from _sure_reads(child, facts)
