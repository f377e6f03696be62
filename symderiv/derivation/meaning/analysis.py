"""Limits, integrals and infinite sums of entries: found by a proved rule, else kept as they are written.

What the body takes to be defined is asked for where the body is looked at: near the point of a limit, on
the range of an integral but for single points. Whether a value exists is a condition like others.
"""

from __future__ import annotations

from symderiv.derivation.meaning.reads import forgotten
from symderiv.equality.existence.existence import asked, exists
from symderiv.equality.existence.integrals import on_range
from symderiv.equality.existence.series import series_value
from symderiv.equality.integrals.integral import integral as integral_of
from symderiv.equality.limits.limit import holds_near
from symderiv.equality.limits.limit import limit as limit_of
from symderiv.errors import ShapeError
from symderiv.expression.build import cases, conjunction, disjunction
from symderiv.expression.instantiation import expand
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    FALSE,
    INFINITY,
    TRUE,
    UNDEFINED,
    Apply,
    Binder,
    Cases,
    Expr,
    Text,
    Variable,
    walk,
)
from symderiv.index import without_certain
from symderiv.tensor import Tensor


def limit(body: Tensor, variable: Variable, point: Tensor, side: str) -> Tensor:
    """The limit of each entry as ``variable`` goes to ``point`` from above, below, or both sides.

    Where a body is defined on one side of the point only, the limit is taken on that side.
    """
    fixed, moving = _apart(body.defined, variable)
    sides = (side,) if side or INFINITY in walk(point.value) else ("+", "-")
    near = {s: holds_near(moving, variable, point.value, s) for s in sides}
    if set(near.values()) == {True, False}:
        side = next(s for s in near if near[s])
    value, has_value = _limit(body.value, variable, point.value, side)
    if set(near.values()) == {False}:
        value, has_value = UNDEFINED, FALSE
    elif None in near.values():
        has_value = asked(_limit_of(_only_where(moving, body.value), variable, point.value, side))
    there = conjunction(fixed, has_value, point.defined, forgotten(value, body.value))
    return Tensor(body.shape, body.indices, value, there)


def _limit(body: Expr, variable: Variable, point: Expr, side: str) -> tuple[Expr, Expr]:
    """The limit, and where it exists."""
    value = limit_of(body, variable, point, side, ())
    if value is None:
        written = _limit_of(body, variable, point, side)
        return written, exists(written)
    return value, _where_found(value)


def _limit_of(body: Expr, variable: Variable, point: Expr, side: str) -> Expr:
    return Apply("limit", (body, variable, point, Text(side)))


def integral(body: Tensor, variable: Variable, lower: Tensor, upper: Tensor) -> Tensor:
    """The integral of an entry over ``variable`` from ``lower`` to ``upper``."""
    if body.rank:
        raise ShapeError("an integrand is a number")
    low, high = lower.value, upper.value
    fixed, moving = _apart(body.defined, variable)
    moving = on_range(moving, variable, low, high)
    value = integral_of(body.value, variable, low, high, conjuncts(fixed))
    written = Binder("integral", body.value, variable, low, high)
    if moving != TRUE:
        has_value = asked(Binder("integral", _only_where(moving, body.value), variable, low, high))
    elif value is None:
        has_value = exists(written)
    else:
        has_value = _where_found(value)
    value = written if value is None else value
    there = conjunction(fixed, has_value, lower.defined, upper.defined, forgotten(value, body.value))
    return Tensor((), (), value, there)


def infinite_sum(series: Tensor) -> Tensor:
    """A sum without an end: where it converges, or oo."""
    assert isinstance(series.value, Binder)
    found = series_value(series.value)
    has_value = TRUE if found is not None else exists(series.value)
    terms_exist = without_certain(series.defined)
    return Tensor(series.shape, series.indices, found or series.value, conjunction(terms_exist, has_value))


def _apart(defined: Expr, variable: Variable) -> tuple[Expr, Expr]:
    """What doesn't depend on the variable, and what does."""
    parts = conjuncts(expand(defined))
    fixed = conjunction(*(part for part in parts if variable not in free_variables(part)))
    return fixed, conjunction(*(part for part in parts if variable in free_variables(part)))


def _only_where(condition: Expr, value: Expr) -> Expr:
    return cases(((condition, value),), None)


def _where_found(value: Expr) -> Expr:
    """Where a value that was found is one: a case distinction may leave out a case."""
    if value == UNDEFINED:
        return FALSE
    if isinstance(value, Cases) and value.otherwise is None:
        return disjunction(*(condition for condition, _ in value.branches))
    return TRUE
