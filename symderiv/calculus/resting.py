"""Derivatives of roots, and of functions with a vertical tangent, where the argument rests: √(max(x, 0)²).

The chain rule says 0 · 1/0 for x < 0; the function is constant there, so its derivative is 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.calculus.occurrence import may_vanish
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import cases, compare, conjunction
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Call, Expr, Index, Number, walk
from symderiv.index.every_size.positivity import is_positive

MAX_SIZE = 40  # nodes


def resting(edge: Expr, moved: Expr) -> Expr:
    """A derivative where ``edge`` may be 0 on an open set: the function rests there, and its slope is 1/0.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> resting(x, x) == x, resting(Apply("max", (x, ZERO)), x) == x
    (True, False)
    """
    if moved == ZERO or not may_vanish(edge) or is_positive(edge, lambda binder: False):
        return moved
    return cases(((compare("eq", edge, ZERO), ZERO),), moved)


def is_flat(slope: Expr) -> bool:
    """Whether a small derivative between numbers is 0 wherever it has a value: that of ``x/x``.

    >>> from symderiv.expression.build import divide, mul, subtract
    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> is_flat(subtract(divide(ONE, x), divide(x, mul(x, x)))), is_flat(x)
    (True, False)
    """
    if slope == ZERO:
        return True
    found = contents(slope)
    return found.size <= MAX_SIZE and found.classes.isdisjoint((Binder, Index, Call)) and is_zero(slope)


def unless_zero(exponent: Expr, base: Expr, moved: Expr) -> Expr:
    """The derivative of ``base^n``: of ``base^0`` it is 0, also where the base rests on 0."""
    if not may_vanish(base) or is_positive(exponent, lambda binder: False):
        return moved
    return cases(((compare("eq", exponent, ZERO), ZERO),), moved)


def unmoved(slope: Expr, value: Expr) -> Expr:
    """The derivative of roots in ``value``, 0 at entries that these don't read, as δ_ik says: not 0 · 1/0.

    >>> from symderiv.expression.build import delta, mul, power, sqrt
    >>> from symderiv.expression.tree import HALF
    >>> from symderiv.expression.tree import Variable
    >>> S, i, k = (Variable(name) for name in "Sik")
    >>> below = power(S, mul(Number(-1), HALF))
    >>> unmoved(mul(delta(i, k), below), sqrt(S)) == cases(((compare("eq", i, k), below),), ZERO)
    True
    """
    roots = frozenset(_roots(value))
    if not roots:
        return slope
    bound = frozenset(node.variable for node in walk(slope) if isinstance(node, Binder))
    return _unmoved(slope, roots, bound)


def _roots(value: Expr) -> Iterator[Expr]:
    """What roots are taken of."""
    for node in walk(value):
        match node:
            case Apply(head="pow", args=(base, Number(value=p))) if 0 < p < 1:
                yield base


def _unmoved(expr: Expr, roots: frozenset[Expr], bound: frozenset[Expr]) -> Expr:
    if not expr.children:
        return expr
    if isinstance(expr, Apply) and expr.head == "mul" and any(_is_below(part, roots) for part in expr.args):
        deltas = {d for part in expr.args for d in _common_deltas(part) if bound.isdisjoint(d.args)}
        if deltas:
            asked = conjunction(*(compare("eq", *d.args) for d in sorted(deltas, key=repr)))
            return cases(((asked, _at_one(expr, deltas)),), ZERO)
    changed = tuple(_unmoved(child, roots, bound) for child in expr.children)
    if all(new is old for new, old in zip(changed, expr.children, strict=True)):
        return expr
    return refold(expr, changed)


def _is_below(factor: Expr, roots: frozenset[Expr]) -> bool:
    match factor:
        case Apply(head="pow", args=(base, Number(value=p))):
            return p < 0 and base in roots
    return False


def _common_deltas(factor: Expr) -> set[Apply]:
    """The deltas that every term of a factor has, also under a sum over another index."""
    found = [_deltas_of(term) for term in terms_of(factor)]
    return set.intersection(*found) if found else set()


def _deltas_of(term: Expr) -> set[Apply]:
    found: set[Apply] = set()
    for part in factors_of(term):
        if isinstance(part, Apply) and part.head == "delta":
            found.add(part)
        elif isinstance(part, Binder) and part.kind == "sum":
            found |= _common_deltas(part.body)
        elif isinstance(part, Apply) and part.head == "add":
            found |= _common_deltas(part)
    return found


def _at_one(expr: Expr, deltas: set[Apply]) -> Expr:
    """The expression with 1 for these deltas."""
    if expr in deltas:
        return ONE
    if not expr.children:
        return expr
    return refold(expr, tuple(_at_one(child, deltas) for child in expr.children))
