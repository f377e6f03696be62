"""Points at which an equation holds, each with a rational coordinate to solve for.

Two conditions may differ on such a set only: ``y = √(1 - x²)`` and ``x² + y² = 1`` at x = 0, y = -1. What
can't be solved may hold at small numbers: ``√(x + y) = √x + √y`` at x = 1, y = 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from flint import fmpq

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.integers import Assignment
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Expr, Number, Variable

MAX_UNKNOWNS = 3
MAX_SETTINGS = 16
_SMALL = tuple(map(fmpq, (0, 1, -1, 2)))


def equations_in(condition: Expr) -> Iterator[Apply]:
    """The equations between numbers of which a condition is made."""
    match condition:
        case Apply(head="eq" | "ne", args=parts) if not any(map(is_condition, parts)):
            yield condition
        case Apply(head="and" | "or" | "not", args=parts):
            for part in parts:
                yield from equations_in(part)


def points_on(equation: Apply, reals: tuple[Variable, ...]) -> Iterator[Assignment]:
    """Points of small numbers on the equation, each with one coordinate that is a rational root.

    Where there are none, points of small numbers alone, on the equation or not.

    >>> from symderiv.expression.tree import ONE
    >>> x, y = Variable("x"), Variable("y")
    >>> circle = Apply("eq", (Apply("add", (Apply("pow", (v, Number(2))) for v in (x, y))), ONE))
    >>> sorted({str(found[y]) for found in points_on(circle, (x, y)) if found[x] == 0})
    ['-1', '1']
    """
    gap = subtract(*equation.args)
    present = free_variables(gap)
    unknowns = [name for name in reals if name in present][:MAX_UNKNOWNS]
    solved = False
    for unknown in unknowns:
        others = [name for name in unknowns if name != unknown]
        for here in _small(others):
            known: dict[Expr, Expr] = {name: Number(fraction(value)) for name, value in here.items()}
            for root in _roots(substitute(gap, known), unknown):
                solved = True
                yield {**here, unknown: root}
    if not solved:
        yield from _small(unknowns)


def _small(names: Sequence[Variable]) -> Iterator[Assignment]:
    """Small numbers that the names may be."""
    settings = product(_SMALL, repeat=len(names))
    for values in islice(settings, MAX_SETTINGS):
        if all(name.kind.domain.contains(fraction(value)) for name, value in zip(names, values, strict=True)):
            yield dict(zip(names, values, strict=True))


def _roots(expr: Expr, unknown: Variable) -> Iterator[fmpq]:
    """The rational numbers at which an expression in one unknown is nought, of those that it may be."""
    found = plain_forms(expr)
    if found is None or found[1][0].num.is_zero():
        return
    nf, (form,) = found
    try:
        factors = nf.field.factor(form.num)[1]
    except Decline:
        return
    for number, _ in factors:
        factor = nf.field.poly(number)  # monic
        used = nf.field.used(factor)
        if factor.total_degree() != 1 or [generator.expr for generator in used] != [unknown]:
            continue
        constant = factor - nf.field.unknown(used[0])
        root = fmpq(0) if constant.is_zero() else -constant.leading_coefficient()
        if unknown.kind.domain.contains(fraction(root)):
            yield root
