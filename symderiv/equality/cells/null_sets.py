"""Zero sets that are null whatever the integers are: ``n x + m y`` vanishes for all x and y where n = m = 0.

Only real names have null sets. So a zero set is null if, for each choice of the integers, what vanishes on it
is analytic in the real names and not the zero function.
"""

from __future__ import annotations

from itertools import combinations

from symderiv.equality.cells.deltas import solution_of
from symderiv.equality.cells.signs import Signs
from symderiv.equality.cells.zero_functions import ZeroFunctions, named_value
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.normal_forms.analyticity import zero_set_is_null
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Poly
from symderiv.equality.normal_forms.integrality import over_integers
from symderiv.equality.normal_forms.plain import difference
from symderiv.expression.build import compare
from symderiv.expression.tree import Apply, Expr

Facts = tuple[Expr, ...]


def is_null(field: Field, poly: Poly, signs: Signs) -> bool:
    """Whether an irreducible polynomial over generators vanishes on a null set only, or nowhere."""
    zeros = ZeroFunctions(field, signs)
    if zeros.is_nonzero(poly):
        return True
    if over_integers(field, poly) or not zero_set_is_null(field, poly):
        return False
    return not zeros.may_include(poly)


def is_zero_set_null(a: Expr, b: Expr, facts: Facts = ()) -> bool:
    """Whether ``a = b`` holds on a null set only, where all facts are strict."""
    found = difference(a, b)
    if found is None or found[1].den or found[1].num.is_constant():
        return False
    field, gap = found
    signs = Signs(field, {})
    try:
        factors = [field.poly(number) for number, _ in field.factor(gap.num)[1]]
    except Decline:
        return False
    return all(is_null(field, p, signs) and not may_coincide(field.used(p), facts)[0] for p in factors)


def may_coincide(used: list[Generator], facts: Facts = ()) -> tuple[bool, Expr | None]:
    """Whether two entries of one array, or two values of one named function, may be the same on more than a
    null set, and the equation between indices under which they are, where there is one to tell apart."""
    unknown = False
    for one, other in combinations(used, 2):
        name, arguments = named_value(one)
        same, others = named_value(other)
        if name is None or name != same:
            continue
        pairs = zip(arguments, others, strict=True)
        equations = [Apply("eq", pair) for pair in pairs if pair[0] != pair[1]]
        if any(_is_excluded(equation, facts) for equation in equations):
            continue
        found = next((e for e in equations if solution_of(e) is not None), None)
        if found is not None:
            return True, found
        unknown = unknown or not any(map(_rarely_holds, equations))
    return unknown, None


def _is_excluded(equation: Apply, facts: Facts) -> bool:
    return bool(facts) and knowledge(facts).implies(compare("ne", *equation.args))


def _rarely_holds(equation: Apply) -> bool:
    """Never, or on a null set only."""
    left, right = equation.args
    found = difference(left, right)
    if found is None or found[1].den:
        return False
    poly = found[1].num
    if poly.is_constant():
        return not poly.is_zero()
    return is_zero_set_null(left, right)
