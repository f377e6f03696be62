"""Whether an integral, a limit or an infinite sum has a value at a point or in a box, all names put in.

That is proved, and proofs evaluate numbers. So evaluation sees none of them: `prove_by` tells whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flint import arb, fmpq

from symderiv.equality.evaluate.values import NotDecided, Value
from symderiv.equality.rationals import fraction
from symderiv.errors import LimitExceeded
from symderiv.expression.build import compare
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, Binder, Expr, Number, Variable
from symderiv.index.deadlines import unhurried

ValueOf = Callable[[Expr], Value]
Facts = tuple[Expr, ...]
Exists = Callable[[Expr, Facts], Expr]
SeriesValue = Callable[[Binder, Facts], Expr | None]


@dataclass(slots=True)
class _Provers:
    """Until they are named, nothing is known to exist."""

    exists: Exists = lambda asked, _: asked
    series_value: SeriesValue = lambda *_: None


_provers = _Provers()


def prove_by(exists: Exists, series_value: SeriesValue) -> None:
    """Who proves existence, who knows the values of infinite sums: said once, as ``equality`` is loaded."""
    _provers.exists, _provers.series_value = exists, series_value


def has_value(asked: Expr, value: ValueOf) -> bool:
    """Whether what is asked about exists, be it infinite; raises `NotDecided` where that is not known."""
    there = _put_in(asked, value)
    found = _exists(*there)
    if found is not True and _closed(*there) is not None:
        return True
    if found is None:
        raise NotDecided("existence that is not known", sharper=False)
    return found


def in_closed_form(series: Expr, value: ValueOf) -> Value:
    """The value of an infinite sum; raises `NotDecided` where none is known."""
    found = _closed(*_put_in(series, value))
    if found is None:
        raise NotDecided("an infinite sum", sharper=False)
    return value(found)


def _put_in(asked: Expr, value: ValueOf) -> tuple[Expr, Facts]:
    """Exact numbers put in for names, and between which numbers the others lie."""
    names = free_variables(asked)
    if any(name.kind.shape or name.kind.function for name in names):
        raise NotDecided("existence of something made of entries", sharper=False)
    values = {name: value(name) for name in names}
    exact = {name: Number(fraction(v)) for name, v in values.items() if isinstance(v, fmpq)}
    bounds = (fact for name, v in values.items() if isinstance(v, arb) for fact in _bounds(name, v))
    try:
        return instantiate(asked, exact), tuple(bounds)
    except LimitExceeded as met:  # powers of large numbers: other points may still tell
        raise NotDecided(met.message, sharper=False) from None


def _bounds(name: Variable, box: arb) -> Facts:
    if not box.is_finite():
        raise NotDecided("existence at a number that is not known", sharper=False)
    low, high = (Number(fraction(end.fmpq())) for end in (box.lower(), box.upper()))
    return (compare("le", low, name), compare("le", name, high))


@lru_cache(maxsize=256)
def _exists(asked: Expr, facts: Facts) -> bool | None:
    with unhurried():
        found = _provers.exists(asked, facts)
    return found == TRUE if found in (TRUE, FALSE) else None


@lru_cache(maxsize=256)
def _closed(series: Expr, facts: Facts) -> Expr | None:
    if not isinstance(series, Binder) or series.kind != "sum":
        return None
    with unhurried():
        return _provers.series_value(series, facts)
