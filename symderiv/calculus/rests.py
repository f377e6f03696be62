"""Where an expression surely stays the same number when the entry moves: max(x, 0) for x < 0, H(x) for x ≠ 0.

That its derivative is 0 isn't enough: x² has the derivative 0 at 0, and sign(x²) jumps there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.calculus.occurrence import apart, every
from symderiv.expression.build import compare, conjunction, disjunction, function
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr

if TYPE_CHECKING:
    from symderiv.calculus.kinks import Smoothness

JUMPS = ("sign", "heaviside", "floor")


def rests(kinks: Smoothness, a: Expr) -> Expr:
    """The condition; false where that isn't known.

    >>> from symderiv.calculus.derivative import Differentiation
    >>> from symderiv.calculus.kinks import Smoothness
    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> kinks = Smoothness(Differentiation(x, ()))
    >>> rests(kinks, Apply("max", (x, ZERO))) == compare("lt", x, ZERO)
    True
    """
    if not kinks.rules.occurs(a):
        return TRUE
    if isinstance(a, Binder) and a.kind in ("sum", "prod"):
        bound = kinks.rules.renamed(a)
        return every(bound, rests(kinks, bound.body))
    if not isinstance(a, Apply):
        return apart(kinks.rules, a)
    if a.head in ("max", "min"):
        return disjunction(*(_wins(kinks, a, k) for k in range(len(a.args))))
    if a.head in JUMPS:
        (u,) = a.args
        mark = function("floor", u) if a.head == "floor" else ZERO
        return disjunction(conjunction(compare("ne", u, mark), kinks.of(u)), rests(kinks, u))
    inner = [rests(kinks, part) for part in a.args]
    if a.head != "mul":
        return conjunction(*inner)
    at_zero = (conjunction(compare("eq", part, ZERO), rest) for part, rest in zip(a.args, inner, strict=True))
    return disjunction(conjunction(*inner), *at_zero)


def _wins(kinks: Smoothness, a: Apply, k: int) -> Expr:
    """The k-th number is the extremum, by a distance, and rests."""
    u = a.args[k]
    others = (v for l, v in enumerate(a.args) if l != k)  # noqa: E741
    beaten = (compare("lt", v, u) if a.head == "max" else compare("lt", u, v) for v in others)
    return conjunction(rests(kinks, u), *beaten)
