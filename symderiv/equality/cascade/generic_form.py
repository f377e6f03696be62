"""A problem before it is proved: in the order that proofs need, off the null sets that don't count."""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.cells.generic import without_generic
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.factors import of_factors
from symderiv.equality.procedures.functions.nondecreasing import maxima_outside
from symderiv.equality.procedures.integers.unit_cells import without_integers
from symderiv.equality.procedures.sums.likelihoods import with_sums_of_logarithms, without_positive_products
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.expression.tree import Expr


def generically(given: Problem, policy: Policy) -> tuple[Problem, tuple[Expr, ...]]:
    """The problem off the null sets on which a condition "for all" entries fails, and their equations."""
    if policy != ALMOST_EVERYWHERE or given.defined_a == given.defined_b:
        return given, ()
    defined_a, first = without_generic(given.defined_a, given.facts)
    defined_b, second = without_generic(given.defined_b, given.facts)
    defined_a, third = without_integers(defined_a, given.facts)
    defined_b, fourth = without_integers(defined_b, given.facts)
    return replace(given, defined_a=defined_a, defined_b=defined_b), (*first, *second, *third, *fourth)


def ordered(given: Problem) -> Problem:
    """Maxima outside of nondecreasing functions, logarithms inside of products, poles said of factors."""
    a, b = with_sums_of_logarithms(maxima_outside(given.a), maxima_outside(given.b), given.facts)
    defined = (without_positive_products(side, given.facts) for side in (given.defined_a, given.defined_b))
    defined_a, defined_b = map(of_factors, defined)
    return Problem(a, b, defined_a, defined_b, given.facts, given.deadline)
