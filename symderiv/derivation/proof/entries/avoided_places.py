"""That none of a range of indices is one that is given, said by the ends of the range.

    P(k) or s i + k ≠ j for all k = 0 … w - 1      is      P(j - s i) or not (0 ≤ j - s i ≤ w - 1)

So a condition asks where an entry lies in none of the windows, or of the rows, that a sum runs over.
"""

from __future__ import annotations

from symderiv.calculus.collapse import place
from symderiv.calculus.ranges import Ranges, tidied
from symderiv.equality.conditions.said_once import said_once
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import add, conjunction, disjunction, negation
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr, Variable

Sizes = dict[Variable, Expr]
"""The indices of an array, each with the size of its axis."""


def by_ends(condition: Expr, sizes: Sizes) -> Expr:
    """The condition with the ends of ranges in the place of all that lies between.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.tree import Number, index_variable
    >>> i, j, k = map(index_variable, "ijk")
    >>> avoided = Binder("forall", compare("ne", add(i, k), j), k, ZERO, Number(2))
    >>> str(by_ends(avoided, {i: Number(3), j: Number(5)}))
    'not (0 <= j + -1*i and j + -1*i <= 2)'
    """
    return _by_ends(condition, {i: (ZERO, add(n, MINUS_ONE)) for i, n in sizes.items()})


def _by_ends(condition: Expr, ranges: Ranges) -> Expr:
    if isinstance(condition, Binder) and condition.kind == "forall" and condition.condition == TRUE:
        parts = (_of_part(part, condition, ranges) for part in conjuncts(_by_ends(condition.body, ranges)))
        return conjunction(*parts)
    if not isinstance(condition, Apply) or condition.head not in ("and", "or", "not"):
        return condition
    changed = tuple(_by_ends(part, ranges) for part in condition.args)
    if all(new is old for new, old in zip(changed, condition.args, strict=True)):
        return condition
    return refold(condition, changed)


def _of_part(part: Expr, ranging: Binder, ranges: Ranges) -> Expr:
    """``P(k) or k ≠ r`` for all k is ``P(r)``, or r is none of the range."""
    k = ranging.variable
    alternatives = disjuncts(part)
    for asked in alternatives:
        found = _place(asked, ranging, ranges) if k in free_variables(asked) else None
        if found is not None:
            others = disjunction(*(each for each in alternatives if each != asked))
            there = tidied(instantiate(others, {k: found[0]}))
            return disjunction(there, negation(found[1]))
    return said_once(Binder("forall", part, k, ranging.lower, ranging.upper))


def _place(unequal: Expr, ranging: Binder, ranges: Ranges) -> tuple[Expr, Expr] | None:
    """The k that ``unequal`` says none is, and where it is one of the range."""
    if (
        not isinstance(unequal, Apply)
        or unequal.head != "ne"
        or not all(map(is_integer_valued, unequal.args))
    ):
        return None
    return place(Apply("delta", unequal.args), ranging, ranges)
