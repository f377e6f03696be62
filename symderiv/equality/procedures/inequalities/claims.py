"""A condition said to hold always: its parts, and what each asks without its positive denominators."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, function, mul, negation, number, power
from symderiv.expression.parts import conjuncts, factors_of, terms_of
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, Number, transform


def said_to_hold(problem: Problem) -> tuple[Expr, ...]:
    """What has to hold always where a condition is said to be true, or its contrary where it is said to be
    false; nothing where neither is said, or it has no value somewhere.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> [str(part) for part in said_to_hold(Problem(compare("lt", x, y), FALSE))]
    ['y <= x']
    """
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return ()
    if any(unless_known(side, problem.facts) != TRUE for side in (problem.defined_a, problem.defined_b)):
        return ()
    for claim, constant in ((problem.a, problem.b), (problem.b, problem.a)):
        if constant in (TRUE, FALSE):
            return conjuncts(claim if constant == TRUE else negation(claim))
    return ()


def with_comparisons_said(
    problem: Problem, prove: Prove, said: Callable[[Expr, Knowledge], Expr], by: str
) -> Proof | None:
    """A proof of conditions in which each comparison is said in another way, from what is known."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    known = knowledge(problem.facts)

    def each(node: Expr) -> Expr:
        return said(node, known) if isinstance(node, Apply) and node.head in ("lt", "le") else node

    return with_sides_rewritten(problem, lambda side: transform(side, each), prove, by)


def without_denominators(claim: Expr, known: Knowledge) -> Expr:
    """``s/t ≤ 1`` as ``s ≤ t`` for positive t.

    >>> from symderiv.equality.conditions.condition import knowledge
    >>> from symderiv.expression.build import divide
    >>> from symderiv.expression.kinds import POSITIVE, Kind
    >>> from symderiv.expression.tree import ONE, Variable
    >>> s, t = Variable("s"), Variable("t", Kind(domain=POSITIVE))
    >>> str(without_denominators(compare("le", divide(s, t), ONE), knowledge(())))
    's <= t'
    """
    if not (isinstance(claim, Apply) and claim.head in ("lt", "le")):
        return claim
    sides = [[factors_of(_turned_up(term)) for term in terms_of(side)] for side in claim.args]
    most: dict[Expr, int | Fraction] = {}
    for factors in (factors for side in sides for factors in side):
        for factor in factors:
            base, exponent = _power(factor)
            if exponent < 0 and known.signs(base) == POSITIVE:
                most[base] = max(most.get(base, 0), -exponent)
    if not most:
        return claim
    low, high = (add(*(_raised(factors, most) for factors in side)) for side in sides)
    return compare(claim.head, low, high)


def _raised(factors: tuple[Expr, ...], most: dict[Expr, int | Fraction]) -> Expr:
    """A term times all denominators, each cancelled with what stands in the term."""
    left = dict(most)
    found: list[Expr] = []
    for factor in factors:
        base, exponent = _power(factor)
        if base in left and exponent < 0:
            left[base] += exponent
        else:
            found.append(factor)
    return mul(*found, *(power(base, number(times)) for base, times in left.items() if times))


def _power(factor: Expr) -> tuple[Expr, int | Fraction]:
    match factor:
        case Apply(head="pow", args=(base, Number(value=exponent))):
            return base, exponent
    return factor, 1


def _turned_up(term: Expr) -> Expr:
    """``e^(-u)`` as ``1/e^u``, so that both are said of one unknown."""
    return mul(*map(_exponential, factors_of(term)))


def _exponential(factor: Expr) -> Expr:
    match factor:
        case Apply(head="exp", args=(Apply(head="mul", args=(Number(value=c), *rest)),)) if c < 0:
            return power(function("exp", mul(Number(-c), *rest)), Number(-1))
    return factor
