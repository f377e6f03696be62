"""Whether an integral, a limit or an infinite sum has a value at a point, all names put in."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flint import fmpq

from symderiv.equality.evaluate.values import NotDecided, Value, fraction
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, Expr, Number


def has_value(asked: Expr, value: Callable[[Expr], Value]) -> bool:
    """Whether what is asked about exists; raises `NotDecided` where that is not known."""
    names = free_variables(asked)
    if any(name.kind.shape or name.kind.function for name in names):
        raise NotDecided("existence of something made of entries", sharper=False)
    values = {name: value(name) for name in names}
    put = {name: Number(fraction(v)) for name, v in values.items() if isinstance(v, fmpq)}
    if len(put) < len(values):
        raise NotDecided("existence at a number that is not known exactly", sharper=False)
    found = _exists(instantiate(asked, put))
    if found is None:
        raise NotDecided("existence that is not known", sharper=False)
    return found


@lru_cache(maxsize=256)
def _exists(asked: Expr) -> bool | None:
    from symderiv.equality.existence.existence import exists  # which rests on evaluation

    found = exists(asked)
    return found == TRUE if found in (TRUE, FALSE) else None
