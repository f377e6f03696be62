"""Integers at which remainders differ: ``n % 12 == 0`` and ``n % 6 == 0`` are told apart at n = 6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from math import lcm

from flint import fmpq

from symderiv.equality.evaluate.point import Point
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Variable, walk

MAX_PERIOD = 120


def periods(exprs: Iterable[Expr]) -> dict[Variable, int]:
    """After how many steps of an integer all the integer parts that it stands in have run through.

    >>> from symderiv.expression.build import mul, number
    >>> from symderiv.expression.kinds import SIZE
    >>> n = Variable("n", SIZE)
    >>> parts = [Apply("floor", (mul(number(share), n),)) for share in ("1/4", "5/6")]
    >>> list(periods(parts).values())
    [12]
    """
    found: dict[Variable, int] = {}
    for node in (node for expr in exprs for node in walk(expr)):
        if isinstance(node, Apply) and node.head == "floor":
            period = lcm(
                *(Fraction(part.value).denominator for part in walk(node) if isinstance(part, Number))
            )
            for name in free_variables(node):
                if name.kind.domain.integer and not name.kind.shape:
                    found[name] = lcm(found.get(name, 1), period)
    return {name: period for name, period in found.items() if 1 < period <= MAX_PERIOD}


def all_remainders(base: Point, exprs: Iterable[Expr]) -> Iterator[Point]:
    """The point moved on through all remainders of its integers."""
    found = {name: period for name, period in periods(exprs).items() if name in base.values}
    for steps in product(*map(range, found.values())):
        moved: dict[Expr, fmpq] = {
            name: base.values[name] + step for name, step in zip(found, steps, strict=True)
        }
        yield Point({**base.values, **moved}, base.functions, base.pattern)
