"""An inequality between what is never negative, said of logarithms and of square roots, too."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE
from symderiv.expression.build import add, compare, function, mul, sqrt
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import ZERO, Apply, Expr, Number


def rising_forms(said: Expr, known: Knowledge) -> Iterator[Expr]:
    """``a ≤ b``, and ``log a ≤ log b``, ``√a ≤ √b`` where both exist.

    >>> from symderiv.equality.conditions.condition import knowledge
    >>> from symderiv.expression.kinds import POSITIVE, Kind
    >>> from symderiv.expression.tree import Variable
    >>> x, y = (Variable(name, Kind(domain=POSITIVE)) for name in "xy")
    >>> [str(form) for form in rising_forms(compare("le", mul(x, x), y), knowledge(()))]
    ['x*x <= y', 'log(x) + log(x) <= log(y)', 'x <= y^(1/2)']
    """
    yield said
    if not isinstance(said, Apply):
        return
    head, (low, high) = said.head, said.args
    if ZERO in (low, high):
        return
    if known.signs(low) == POSITIVE and known.signs(high) == POSITIVE:
        logs = [_logarithm(side, known) for side in (low, high)]
        yield compare(head, *logs)
    if known.signs(low) <= NONNEGATIVE and known.signs(high) <= NONNEGATIVE:
        yield compare(head, *(_root(side, known) for side in (low, high)))


def _logarithm(side: Expr, known: Knowledge) -> Expr:
    factors = factors_of(side)
    if any(known.signs(factor) != POSITIVE for factor in factors):
        return function("log", side)
    return add(*map(_logarithm_of_factor, factors))


def _logarithm_of_factor(factor: Expr) -> Expr:
    match factor:
        case Apply(head="exp", args=(u,)):
            return u
    return function("log", factor)


def _root(side: Expr, known: Knowledge) -> Expr:
    factors = list(factors_of(side))
    if any(not known.signs(factor) <= NONNEGATIVE for factor in factors):
        return sqrt(side)
    found: list[Expr] = []
    while factors:
        factor = factors.pop()
        match factor:
            case Apply(head="pow", args=(base, Number(value=2))):
                found.append(base if known.signs(base) <= NONNEGATIVE else function("abs", base))
            case _ if factor in factors:
                factors.remove(factor)
                found.append(factor)
            case _:
                found.append(sqrt(factor))
    return mul(*found)
