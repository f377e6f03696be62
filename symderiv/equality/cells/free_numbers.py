"""Zero sets that are null because of one free number: b + w^T x = 1 holds for one b, whatever the rest is.

If no other unknown of a polynomial depends on a real number b, and a coefficient of a power of b (1 among
them) never vanishes, it has finitely many zeros b for each choice of the rest. Where no fact but strict
inequalities speaks of b, these are null among the points that the facts leave, also where they bind the rest
to equations (y^2 = 1).
"""

from __future__ import annotations

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.cells.signs import Signs
from symderiv.equality.cells.zero_functions import ZeroFunctions
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Poly
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.reading import generator_expr, to_expr
from symderiv.expression.build import compare
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Expr, Variable

Facts = tuple[Expr, ...]


def holds_for_few(field: Field, poly: Poly, facts: Facts) -> bool:
    """Whether ``poly = 0`` holds for finitely many values of a free number, whatever the others are."""
    zeros = ZeroFunctions(field, Signs(field, {}))
    return any(
        isinstance(number.expr, Variable)
        and _is_free(number.expr, facts)
        and _stands_alone(field, number, poly)
        and any(zeros.is_nonzero(each) or _never_zero(field, each, facts) for each in coefficients)
        for number, coefficients in zeros.alone(poly)
    )


def is_for_few(a: Expr, b: Expr, facts: Facts) -> bool:
    """The same of ``a = b``."""
    found = difference(a, b)
    if found is None or found[1].den or found[1].num.is_constant():
        return False
    field, gap = found
    try:
        return holds_for_few(field, gap.num, facts)
    except Decline:
        return False


def _stands_alone(field: Field, number: Generator, poly: Poly) -> bool:
    """Is it in none of the others, whatever kind of unknown they are?"""
    others = (each for each in field.used(poly) if each is not number)
    return all(number.expr not in free_variables(generator_expr(field, each)) for each in others)


def _is_free(number: Variable, facts: Facts) -> bool:
    """Does nothing but strict inequalities speak of it, and nothing say what it stands for?"""
    if number.definition is not None or number.value is not None:
        return False
    return all(leaves_room(fact) for fact in facts if number in free_variables(fact))


def _never_zero(field: Field, poly: Poly, facts: Facts) -> bool:
    return bool(facts) and knowledge(facts).implies(compare("ne", to_expr(field, poly), ZERO))
