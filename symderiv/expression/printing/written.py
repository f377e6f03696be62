"""Entries as people write them: ``a/b - c`` for ``add(mul(a, pow(b, -1)), mul(-1, c))``.

The entry language has no ``sub``, ``div`` or ``sqrt``; this puts them back, for printing only. Every entry
is a number, so a power ``-1`` is a quotient here (of a matrix as written it would be the inverse).
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.contents import contents
from symderiv.expression.printing.matrix_notation import whole_matrix
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, Apply, Binder, Expr, Index, Number, transform


def written(entry: Expr) -> Expr:
    """The entry with differences, quotients and roots; it means the same wherever it is defined.

    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> to_text(written(Apply("add", (Apply("pow", (x, MINUS_ONE)), Apply("mul", (MINUS_ONE, y))))))
    '1/x - y'
    """
    return transform(_in_matrix_notation(entry), _rule)


def _in_matrix_notation(entry: Expr) -> Expr:
    """``inv(M)[i, j]`` and ``det(M)`` with M as a product of matrices, where it is one."""
    if Binder not in contents(entry).classes:
        return entry
    if isinstance(entry, Apply) and entry.head in ("inverse", "det"):
        matrix = whole_matrix(entry.args[0]) or _in_matrix_notation(entry.args[0])
        indices = tuple(map(_in_matrix_notation, entry.args[1:]))
        return Index(Apply("inv", (matrix,)), indices) if indices else Apply("det", (matrix,))
    return entry.rebuild(tuple(map(_in_matrix_notation, entry.children))) if entry.children else entry


def _rule(node: Expr) -> Expr:
    if isinstance(node, Apply) and not node.options:
        rule = {"pow": _power, "mul": _product, "add": _sum}.get(node.head)
        if rule is not None:
            return rule(node)
    return node


def _power(node: Apply) -> Expr:
    base, exponent = node.args
    if exponent == HALF:
        return Apply("sqrt", (base,))
    if isinstance(exponent, Number) and exponent.value < 0:
        return Apply("div", (ONE, _power_of(base, Number(-exponent.value))))
    return node


def _power_of(base: Expr, exponent: Expr) -> Expr:
    if exponent == ONE:
        return base
    return Apply("sqrt", (base,)) if exponent == HALF else Apply("pow", (base, exponent))


def _product(node: Apply) -> Expr:
    """``-x``, ``a/b``: the sign in front, the factors with negative powers below one line."""
    above: list[Expr] = []
    below: list[Expr] = []
    sign = 1
    for factor in node.args:
        if isinstance(factor, Number):
            sign = -sign if factor.value < 0 else sign
            _share(abs(Fraction(factor.value)), above, below)
        elif isinstance(factor, Apply) and factor.head == "div" and factor.args[0] == ONE:
            below.append(factor.args[1])
        else:
            above.append(factor)
    if sign < 0:
        above[:1] = [_negative(above[0]) if above else MINUS_ONE]
    value = _joined(above)
    return Apply("div", (value, _joined(below))) if below else value


def _negative(factor: Expr) -> Expr:
    return Number(-factor.value) if isinstance(factor, Number) else Apply("neg", (factor,))


def _share(value: Fraction, above: list[Expr], below: list[Expr]) -> None:
    if value.numerator != 1:
        above.append(Number(value.numerator))
    if value.denominator != 1:
        below.append(Number(value.denominator))


def _joined(factors: list[Expr]) -> Expr:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Apply("mul", tuple(factors))


def _sum(node: Apply) -> Expr:
    """``a - b + c``: negative terms are subtracted, and a sum begins with a positive one if it has any."""
    positive = [term for term in node.args if opposite(term) is None]
    negative = [term for term in map(opposite, node.args) if term is not None]
    if len(positive) == 1 and len(negative) == 1:
        return Apply("sub", (positive[0], negative[0]))
    if len(node.args) == 2 and len(negative) == 2:
        return Apply("sub", (node.args[0], negative[1]))
    if not positive or opposite(node.args[0]) is None:
        first, *rest = node.args
    else:
        first, *rest = sorted(node.args, key=lambda term: opposite(term) is not None)
    return Apply("add", (first, *map(_subtracted, rest)))


def _subtracted(term: Expr) -> Expr:
    positive = opposite(term)
    return term if positive is None or isinstance(term, Number) else Apply("neg", (positive,))


def opposite(term: Expr) -> Expr | None:
    """What stands after the minus sign with which a term begins; None where it begins with none."""
    if isinstance(term, Number):
        return Number(-term.value) if term.value < 0 else None
    if not isinstance(term, Apply) or term.head not in ("neg", "mul", "div"):
        return None
    if term.head == "neg":
        return term.args[0]
    first = opposite(term.args[0])
    if first is None:
        return None
    return (
        first
        if first == ONE and term.head == "mul" and len(term.args) == 2
        else Apply(term.head, (first, *term.args[1:]))
    )
