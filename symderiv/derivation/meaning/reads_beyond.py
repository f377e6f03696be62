"""Sums that read past the end of an array at every size: ``Σ_{i=1}^n x_i`` where indices count from 0."""

from __future__ import annotations

from symderiv.equality.conditions.condition import holds
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Index, Variable, walk
from symderiv.tensor import Meaning, Tensor


def reads_beyond(found: Meaning, facts: tuple[Expr, ...]) -> bool:
    """Is an entry surely read that no size of the array has?

    >>> from symderiv.derivation.given import read_given
    >>> from symderiv.derivation.meaning.meaning import meaning
    >>> from symderiv.language import read
    >>> scope = read_given(["x: vector(n)"]).scope
    >>> [reads_beyond(meaning(read(f"sum(x[i], (i, {a}))", scope)), ()) for a in ("1, n", "0, n-1")]
    [True, False]
    """
    return isinstance(found, Tensor) and any(
        _runs_beyond(binder, facts) for binder in walk(found.value) if isinstance(binder, Binder)
    )


def _runs_beyond(binder: Binder, facts: tuple[Expr, ...]) -> bool:
    if binder.lower is None or binder.upper is None or binder.condition != TRUE:
        return False
    sizes = {
        size
        for entry in walk(binder.body)
        if isinstance(entry, Index) and isinstance(entry.base, Variable) and not entry.base.kind.zero_outside
        for index, size in zip(entry.indices, entry.base.kind.shape, strict=False)
        if index == binder.variable and size is not None
    }
    runs = holds(Apply("le", (binder.lower, binder.upper)), facts) is True
    return runs and any(holds(Apply("le", (size, binder.upper)), facts) is True for size in sizes)
