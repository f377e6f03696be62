"""|u|, max, min, sign, Heaviside and case distinctions, inside a cell; or kept as unknowns.

abs, max and min hold on the closed cell. sign, Heaviside and cases jump: where the sign that decided them
was assumed or isn't strict, the zero set is marked, to be looked at by itself.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.cells.signs import Split
from symderiv.equality.cells.truths import truth
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply, Cases, Expr, Number

CELLS = "sign cells"


def unknown(nf: NormalForm, label: str, expr: Apply | Cases, sign: int = 0) -> Element:
    nf.blurred = True
    return nf.arithmetic.unknown(nf.field.generator("switch", label, expr, sign=sign, free=False))


def absolute(nf: NormalForm, expr: Apply) -> Element:
    """``|u|``; of a whole power the power of the absolute value."""
    match expr.args[0]:
        case Apply(head="pow", args=(base, exponent)) if _is_symbol(exponent) and is_integer_valued(exponent):
            return nf.convert(Apply("pow", (Apply("abs", (base,)), exponent)))
    u = nf.convert(expr.args[0])
    if nf.opaque and not u.num.is_constant():
        lead = 1 if u.num.leading_coefficient() > 0 else -1
        return unknown(nf, f"abs {nf.label(nf.arithmetic.scaled(u, lead))}", expr, sign=2)
    nf.classes.add(CELLS)
    return nf.arithmetic.scaled(u, nf.sign(u)[0])


def _is_symbol(exponent: Expr) -> bool:
    return not isinstance(exponent, Number)


def step(nf: NormalForm, expr: Apply) -> Element:
    """``sign u``, and ``heaviside u = (1 + sign u)/2``."""
    u = nf.convert(expr.args[0])
    if nf.opaque and not u.num.is_constant():
        value = unknown(nf, f"sign {nf.label(u)}", Apply("sign", expr.args))
    else:
        nf.classes.add(CELLS)
        sign, seen = nf.sign(u)
        for number in seen:
            nf.mark_factor(number, None)
        value = nf.arithmetic.number(sign)
    if expr.head == "sign":
        return value
    return nf.arithmetic.scaled(nf.arithmetic.add(value, nf.arithmetic.one), Fraction(1, 2))


def extreme(nf: NormalForm, expr: Apply) -> Element:
    """The greatest (least) argument: the one that no other exceeds in this cell."""
    direction = 1 if expr.head == "max" else -1
    candidates = _distinct(nf, [nf.convert(arg) for arg in expr.args])
    if nf.opaque and len(candidates) > 1:
        labels = sorted(nf.label(nf.arithmetic.scaled(c, direction)) for c in candidates)
        value = unknown(nf, f"max {' '.join(labels)}", expr)
        return nf.arithmetic.scaled(value, direction)
    nf.classes.add(CELLS)
    try:
        return _greatest(nf, candidates, direction)
    except Split as split:
        if len(candidates) < 3:
            raise
        raise _by_winner(nf, candidates, direction) or split from None


def _distinct(nf: NormalForm, values: list[Element]) -> list[Element]:
    kept: list[Element] = []
    for value in values:
        if not any(nf.arithmetic.is_zero(nf.arithmetic.subtract(value, other)) for other in kept):
            kept.append(value)
    return kept


def _greatest(nf: NormalForm, candidates: list[Element], direction: int) -> Element:
    best = candidates[0]
    for other in candidates[1:]:
        if nf.sign(nf.arithmetic.subtract(other, best))[0] * direction > 0:
            best = other
    return best


def _by_winner(nf: NormalForm, candidates: list[Element], direction: int) -> Split | None:
    """One cell a winner: n cells instead of one an order of all arguments."""
    cells = []
    for winner in candidates:
        cell: list[tuple[int, int]] = []
        for other in candidates:
            if other is winner:
                continue
            needed = _needed(nf, nf.arithmetic.subtract(winner, other), direction)
            if needed is None:
                return None
            if needed[0] >= 0:
                cell.append(needed)
            elif needed[1] < 0:
                break
        else:
            cells.append(tuple(cell))
    return Split(tuple(cells)) if len(cells) > 1 else None


def _needed(nf: NormalForm, difference: Element, direction: int) -> tuple[int, int] | None:
    """The one assumption under which a difference has a sign; (−1, ±1) where it has one anyway."""
    try:
        return -1, 1 if nf.sign(difference)[0] * direction >= 0 else -1
    except Split as split:
        if len(split.cells) != 2 or len(split.cells[0]) != 1:
            return None
        number = split.cells[0][0][0]
    constant, factors = nf.field.factor(difference.num)
    odd = [p for p, m in factors if m % 2]
    if odd != [number] or difference.den:
        return None
    return number, direction * (1 if constant > 0 else -1)


def cases(nf: NormalForm, expr: Cases) -> Element:
    """The value of the first branch that holds in the cell."""
    if nf.opaque:
        return unknown(nf, f"cases {nf.field.number_of(expr)}", expr)
    nf.classes.add(CELLS)
    for condition, value in expr.branches:
        if truth(nf, condition):
            return nf.convert(value)
    if expr.otherwise is None:
        raise UndefinedHere
    return nf.convert(expr.otherwise)
