"""The cases that facts leave: a label is 0 or 1 by ``y in {0, 1}``, and by ``y^2 == y``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.plain import difference, irreducible_factors
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.expression.build import compare, negation, number
from symderiv.expression.tree import ZERO, Apply, Expr, Number

MAX_ALTERNATIVES = 6
MAX_CHOICES = 4  # facts that leave several cases, in each of which the next one is looked at


def alternatives(problem: Problem) -> tuple[Problem, ...]:
    """The problem in each case of the first fact that leaves several; the case is its last fact.

    What the others, or the domains of names, rule out is none: ``x = -3`` of a positive x.
    """
    facts = tuple(parts(problem.facts))
    for fact in facts:
        cases = tuple(cases_of(fact))
        if 1 < len(cases) <= MAX_ALTERNATIVES:
            others = tuple(other for other in facts if other is not fact)
            known = knowledge(others)
            possible = [case for case in cases if not known.implies(negation(case))] or cases
            return tuple(replace(problem, facts=(*others, case)) for case in possible)
    return ()


def cases_of(fact: Apply) -> Iterator[Expr]:
    """The alternatives of a fact; of an equation, that one factor is zero; of ``|u| = 2`` both signs."""
    for sides in (fact.args, fact.args[::-1]) if fact.head == "eq" else ():
        match sides:
            case (Apply(head="abs", args=(u,)), Number(value=c)) if c > 0:
                yield from (compare("eq", u, number(sign * c)) for sign in (1, -1))
                return
    if fact.head == "or":
        yield from fact.args
    elif fact.head == "eq":
        found = difference(*fact.args)
        if found is not None and not found[1].den:
            field, gap = found
            for factor in irreducible_factors(field, gap.num):
                yield compare("eq", to_expr(field, factor), ZERO)
