"""Equations that hold somewhere, though at no point that can be named: ``tan x = 1``.

Between two points at which the difference of the sides has opposite signs it is zero, if it is continuous
there. So it is where one ball holds its values on the whole interval: an evaluation in balls decides every
switch, and every pole, for all of them at once.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from flint import arb, fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point, human_numbers
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.evaluate.values import NotDecided, NoValue, is_finite, sign_of
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable


def holds_somewhere(condition: Expr, defined: tuple[Expr, ...]) -> bool:
    """Does an equation in one real name surely hold at a point where all of ``defined`` does?

    >>> x = Variable("x")
    >>> from symderiv.expression.tree import ONE
    >>> [holds_somewhere(Apply("eq", (Apply(f, (x,)), ONE)), ()) for f in ("tan", "tanh", "heaviside")]
    [True, False, False]
    """
    names = {name for part in (condition, *defined) for name in free_variables(part)}
    if len(names) != 1 or not isinstance(condition, Apply) or condition.head != "eq":
        return False
    (name,) = names
    if name.kind.shape or name.kind.function or name.kind.domain.integer:
        return False
    gap = subtract(*condition.args)
    numbers = sorted(human_numbers(name.kind.domain))
    return any(_crosses(gap, defined, name, low, high) for low, high in pairwise(numbers))


def _crosses(gap: Expr, defined: tuple[Expr, ...], name: Variable, low: fmpq, high: fmpq) -> bool:
    radius = (high - low) / 2
    with precision(PRECISIONS[0]), suppress(NotDecided, NoValue):
        ends = {sign_of(Evaluator(Point({name: end})).value(gap)) for end in (low, high)}
        if ends != {-1, 1}:
            return False
        between = Evaluator(Point({name: low + radius}, radius=arb(0, arb(radius).upper())))
        return is_finite(between.value(gap)) and all(map(between.truth, defined))
    return False
