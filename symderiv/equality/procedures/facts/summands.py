"""Products summed over ranges from 0, multiplied out: ``(Σ_k A[i,k] x[k])²`` is one over two indices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.expression.build import mul
from symderiv.expression.contents import contents
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, Number, Variable, index_variable

MAX_SUMMANDS = 24


class TooManySummands(Exception):
    """More summands than are looked at."""


@dataclass(frozen=True, slots=True)
class Summand:
    """A product, summed over ranges from 0, each given by its index and its last value."""

    ranges: tuple[tuple[Variable, Expr], ...]
    factors: tuple[Expr, ...]

    def written(self) -> Expr:
        """The sum over the ranges, the first one outermost."""
        value = mul(*self.factors)
        for name, end in reversed(self.ranges):
            value = Binder("sum", value, name, ZERO, end)
        return value


def summands(expr: Expr, taken: set[str]) -> Iterator[Summand]:
    """The expression multiplied out; every index gets a name of its own, which is ``taken`` from then on.

    Raises TooManySummands.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.build import add, power
    >>> k, n, x, y = index_variable("k"), Variable("n", SIZE), Variable("x"), Variable("y")
    >>> total = Binder("sum", mul(x, k), k, ZERO, n)
    >>> found = list(summands(add(power(total, Number(2)), y), set()))
    >>> [(len(each.ranges), len(each.factors)) for each in found]
    [(2, 4), (0, 1)]
    """
    match expr:
        case Apply(head="add", args=terms):
            for term in terms:
                yield from summands(term, taken)
        case Apply(head="mul", args=factors):
            yield from _products([list(summands(factor, taken)) for factor in factors])
        case Apply(head="pow", args=(base, Number(value=2))) if Binder in contents(base).classes:
            yield from _products([list(summands(base, taken)), list(summands(base, taken))])
        case Binder(kind="sum", lower=lower, upper=Expr() as end, condition=condition) if (
            lower == ZERO and condition == TRUE
        ):
            own = index_variable(fresh("_g", taken))
            taken.add(own.name)
            for inner in summands(substitute(expr.body, {expr.variable: own}), taken):
                yield Summand(((own, end), *inner.ranges), inner.factors)
        case _:
            yield Summand((), (expr,))


def _products(parts: list[list[Summand]]) -> Iterator[Summand]:
    found = [Summand((), ())]
    for part in parts:
        if len(found) * len(part) > MAX_SUMMANDS:
            raise TooManySummands
        found = [
            Summand((*one.ranges, *other.ranges), (*one.factors, *other.factors))
            for one in found
            for other in part
        ]
    yield from found
