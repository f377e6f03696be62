"""A list that keeps some entries only: ``[f(i) for i in range(0, 10) if c(i)]``, ``range(0, 10, 2)``."""

from __future__ import annotations

from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import FALSE, TRUE, Expr, Number, Variable
from symderiv.tensor import Tensor

MAX_ENTRIES = 10_000


def kept_entries(body: Tensor, variable: Variable, lower: Expr, upper: Expr, condition: Expr) -> list[Tensor]:
    """The body at each number of the range at which the condition holds.

    Which ones these are has to be plain from numbers: how long the list is depends on it.
    """
    if not (isinstance(lower, Number) and isinstance(upper, Number)):
        raise MeaningError(
            "how many entries this list has is not known",
            expected="a range between numbers where a list has a condition or a step",
            cure="write the entries as a formula: [f(2*i) for i in range(n)]",
        )
    if upper.value - lower.value >= MAX_ENTRIES:
        raise LimitExceeded(f"a list of more than {MAX_ENTRIES} entries")
    kept = []
    for number in range(int(lower.value), int(upper.value) + 1):
        put: dict[Variable, Expr] = {variable: Number(number)}
        holds = instantiate(condition, put)
        if holds not in (TRUE, FALSE):
            raise MeaningError(
                f"whether the list has an entry for {variable.name} = {number} is not known",
                expected="a condition on the index alone",
                cure="write both cases: [f(i) if c else 0 for i in …]",
            )
        if holds == TRUE:
            kept.append(_put(body, put))
    return kept


def _put(body: Tensor, put: dict[Variable, Expr]) -> Tensor:
    return Tensor(body.shape, body.indices, instantiate(body.value, put), instantiate(body.defined, put))
