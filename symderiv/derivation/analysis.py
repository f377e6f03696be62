"""Limits and integrals of entries: found by a proved rule, else kept as they are written."""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Text, Variable
from symderiv.tensor import Tensor


def limit(body: Tensor, variable: Variable, point: Tensor, side: str) -> Tensor:
    """The limit of each entry as ``variable`` goes to ``point`` from above, below, or both sides."""
    from symderiv.equality.limits.limit import limit as limit_of

    value = limit_of(body.value, variable, point.value, side, ())
    if value is None:
        value = Apply("limit", (body.value, variable, point.value, Text(side)))
    return Tensor(body.shape, body.indices, value, point.defined)


def integral(body: Tensor, variable: Variable, lower: Tensor, upper: Tensor) -> Tensor:
    """The integral of an entry over ``variable`` from ``lower`` to ``upper``."""
    from symderiv.equality.integrals.integral import integral as integral_of

    if body.rank:
        raise ShapeError("an integrand is a number")
    value: Expr | None = integral_of(body.value, variable, lower.value, upper.value, ())
    if value is None:
        value = Binder("integral", body.value, variable, lower.value, upper.value)
    inside = TRUE if variable in free_variables(body.defined) else body.defined
    return Tensor((), (), value, conjunction(inside, lower.defined, upper.defined))
