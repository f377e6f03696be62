"""Derivatives at given numbers where the rules leave open whether there is one: ‖ReLU(x)‖ at x = (0, 1).

There every entry is a function of one step h, whose two derivatives from the sides are read off
(`symderiv.calculus.germs`).
"""

from __future__ import annotations

from math import prod

from symderiv.calculus.germs import Germs, slope_at
from symderiv.calculus.series import Unclear
from symderiv.equality.conditions.condition import holds
from symderiv.errors import SymderivError
from symderiv.expression.build import add
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.kink_conditions import HEADS, answered, or_on_kinks
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Apply, Expr, Number, Sequence, Variable, walk
from symderiv.tensor import Tensor, table_of

MAX_ENTRIES = 64
MAX_NODES = 4000
"""Of an entry that is written out."""


def at_given_numbers(found: Tensor, t: Tensor, wrt: Variable) -> Tensor:
    """The derivative ``found`` of t, its entries told where the numbers given for all names lie on kinks.

    >>> from symderiv.expression.tree import TRUE, ZERO
    >>> x = Variable("x", value=Number(0))
    >>> t = Tensor.scalar(Apply("heaviside", (add(Apply("abs", (x,)), Number(-1)),)))
    >>> open = Tensor.scalar(ZERO, Apply("on_kinks", (Apply("unknown", ()),)))
    >>> at_given_numbers(open, t, x).defined == TRUE
    True
    """
    sizes = found.sizes
    if literal_of(wrt) is None or sizes is None or prod(sizes) > MAX_ENTRIES or not _is_open(found.defined):
        return found
    numbers = {v: literal for v in free_variables(t.value) if (literal := literal_of(v)) is not None}
    entries: dict[tuple[int, ...], Expr] = {}
    conditions: dict[tuple[int, ...], Expr] = {}
    for at in found.positions():
        places = tuple(map(Number, at))
        exists = expand(instantiate(found.condition(*places), numbers))
        entries[at], conditions[at] = found.formula(*places), exists
        if holds(answered(exists, False)) is not True and holds(answered(exists, True)) is not False:
            told = _slope(t, wrt, numbers, places)
            if told is not None:
                entries[at], conditions[at] = told
    return table_of(sizes, entries, conditions)


def literal_of(name: Variable) -> Expr | None:
    """The number or the table that is given for a name."""
    if name.value is not None:
        return name.value
    return name.definition if isinstance(name.definition, (Sequence, Number)) else None


def _is_open(condition: Expr) -> bool:
    return any(isinstance(node, Apply) and node.head in HEADS for node in walk(condition))


def _slope(
    t: Tensor, wrt: Variable, numbers: dict[Variable, Expr], places: tuple[Expr, ...]
) -> tuple[Expr, Expr] | None:
    """The derivative and whether there is one; None where that can't be told."""
    h = Variable("_h")
    output, at = places[: t.rank], places[t.rank :]
    moved = {**numbers, wrt: _moved(numbers[wrt], at, h)} if wrt in numbers else numbers
    try:
        value, defined = (expand(instantiate(e, moved)) for e in (t.formula(*output), t.condition(*output)))
        if sum(1 for _ in walk(value)) > MAX_NODES:
            return None
        if not all(Germs(h, side).holds(defined) for side in (0, 1, -1)):
            return None
        slope = slope_at(value, h)
    except (Unclear, SymderivError):
        return None
    return slope[0], or_on_kinks(FALSE, slope[1]) if free_variables(slope[1]) else slope[1]


def _moved(literal: Expr, at: tuple[Expr, ...], h: Variable) -> Expr:
    """The table with h added to one entry."""
    if not at:
        return add(literal, h)
    if not isinstance(literal, Sequence) or not isinstance(at[0], Number):
        raise Unclear
    items = list(literal.items)
    k = int(at[0].value)
    items[k] = _moved(items[k], at[1:], h)
    return Sequence(tuple(items), literal.kind)
