"""What each step of an induction leaves out, over the range: ``x[i] = 0 for some i``.

Every step may fail on a null set of its own: finitely many, so that their union is null.
"""

from __future__ import annotations

from symderiv.equality.cells.generic import vanishes_rarely, zero_for_some
from symderiv.equality.cells.lines import affine
from symderiv.expression.build import compare, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import ZERO, Binder, Expr, Number, Variable, index_variable

Exceptions = tuple[Expr, ...]


def over_the_range(
    range_: Binder, n: Variable, k: Variable, steps: Exceptions, begun: Exceptions, facts: Exceptions
) -> Exceptions | None:
    """The exceptions of the steps from each k to k + 1 and of the beginnings, as those of the range up to n.

    None where a step may fail on more than a null set, or the range doesn't grow at its end.

    >>> from fractions import Fraction
    >>> from symderiv.expression.kinds import SIZE, Domain, Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import ONE, Index
    >>> n, i = Variable("n", SIZE), index_variable("i")
    >>> k = Variable("k", Kind(domain=Domain(integer=True, lower=Fraction(1))))
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> total = Binder("sum", Index(x, (i,)), i, ZERO, subtract(n, ONE))
    >>> zero = [compare("eq", Index(x, (at,)), ZERO) for at in (ZERO, k)]
    >>> [found] = over_the_range(total, n, k, (zero[1],), (zero[0],), ())
    >>> to_text(found)
    'prod(x[i], (i, 0, n + -1)) == 0'
    """
    failing = [equation for equation in steps if k in free_variables(equation)]
    kept = dict.fromkeys((*begun, *(equation for equation in steps if equation not in failing)))
    end = None if range_.upper is None else affine(range_.upper, n)
    if failing and (end is None or end[0] != 1 or n in free_variables(range_.lower or n)):
        return None
    for equation in failing:
        value = subtract(*equation.children)
        if end is None or k.kind.domain.lower is None or not vanishes_rarely(value, facts):
            return None
        i = index_variable(fresh("i", {name.name for name in free_variables(value)}))
        there = instantiate(value, {k: subtract(i, Number(end[1] + 1))})
        first = k.kind.domain.lower + end[1] + 1
        while (before := compare("eq", instantiate(there, {i: Number(first - 1)}), ZERO)) in kept:
            del kept[before]
            first -= 1
        over = Binder(range_.kind, range_.body, i, Number(first), range_.upper)
        kept[compare("eq", zero_for_some(there, over), ZERO)] = None
    return tuple(kept)
