"""Integer parts told apart by remainders: in floor(n/2) n is 2m or 2m + 1, and each case is proved.

Integers are split whose multiples stand under a floor over small denominators, or in an exponent of −1: by 4
where that is n (n − 1)/2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import gcd

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.normal_forms.generators import Field, terms
from symderiv.equality.normal_forms.plain import difference, plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, divide, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import FALSE, MINUS_ONE, PI, Apply, Expr, Number, Variable, walk

MAX_MODULUS = 12


def residue_cases(problem: Problem) -> list[Problem] | None:
    """The cases n = dm + r of the first integer that an integer part divides; None where there is none."""
    found = plain_forms(problem.a, problem.b)
    return _cases(problem, _alternating(problem) if found is None else _divided(found[0].field))


def residue_cases_inside(problem: Problem) -> list[Problem] | None:
    """The same of what stands inside of comparisons, ``n^2 % 8 == 1``, and of turns: ``cos(2 π n/3)``."""
    nodes = [node for side in (problem.a, problem.b) for node in walk(side)]
    found = plain_forms(*filter(_asks_for_remainders, nodes))
    divided = iter(()) if found is None else _divided(found[0].field)
    return _cases(problem, chain(divided, _turning(nodes)))


def _turning(nodes: Iterable[Expr]) -> Iterator[tuple[Variable, int]]:
    """The integers of which a few steps are whole turns."""
    for node in nodes:
        if not isinstance(node, Apply) or node.head not in ("cos", "sin", "tan"):
            continue
        found = plain_forms(divide(node.args[0], PI))
        if found is None or found[1][0].den:
            continue
        for exponents, coefficient in terms(found[1][0].num):
            modulus = (fraction(coefficient) / 2).denominator
            if 1 < modulus <= MAX_MODULUS:
                yield from _integers(found[0].field, tuple(k for k, _ in exponents), modulus)


def _asks_for_remainders(node: Expr) -> bool:
    if not isinstance(node, Apply):
        return False
    return node.head == "floor" or (node.head == "pow" and node.args[0] == MINUS_ONE)


def _cases(problem: Problem, candidates: Iterator[tuple[Variable, int]]) -> list[Problem] | None:
    for variable, modulus in candidates:
        domain = variable.kind.domain
        shared = gcd(domain.modulus, modulus)
        kept = [r for r in range(modulus) if r % shared == domain.residue % shared]
        cases = [_case(problem, variable, modulus, r) for r in kept]
        return [case for case in cases if not any(map(_fails, case.facts))]
    return None


def _fails(fact: Expr) -> bool:
    """Is it an equation that no integer satisfies: ``3 m - 3 ⌊m⌋ = 2``?"""
    if not isinstance(fact, Apply) or fact.head not in ("eq", "ne"):
        return fact == FALSE
    found = difference(*fact.args)
    if found is None or not found[1].num.is_constant():
        return False
    return bool(found[1].num.is_zero()) == (fact.head == "ne")


def _divided(field: Field) -> Iterator[tuple[Variable, int]]:
    """The integers with a fractional coefficient under a floor, or in an exponent of −1."""
    for generator in field.generators:
        if generator.kind == "parity" and len(generator.data) == 1:
            yield from _integers(field, generator.data, 2)
        if generator.kind != "floor":
            continue
        for exponents, coefficient in terms(generator.data.num):
            modulus = fraction(coefficient).denominator
            if 1 < modulus <= MAX_MODULUS:
                yield from _integers(field, tuple(k for k, _ in exponents), modulus)


def _alternating(problem: Problem) -> Iterator[tuple[Variable, int]]:
    """The integers in an exponent of −1 that has fractional coefficients, as ``n (n − 1)/2`` has."""
    for node in (node for side in (problem.a, problem.b) for node in walk(side)):
        if not isinstance(node, Apply) or node.head != "pow" or node.args[0] != MINUS_ONE:
            continue
        found = plain_forms(node.args[1])
        if found is None or found[1][0].den:
            continue
        for exponents, coefficient in terms(found[1][0].num):
            modulus = 2 * fraction(coefficient).denominator
            if 2 < modulus <= MAX_MODULUS:
                yield from _integers(found[0].field, tuple(k for k, _ in exponents), modulus)


def _integers(field: Field, positions: tuple[int, ...], modulus: int) -> Iterator[tuple[Variable, int]]:
    for position in positions:
        generator = field.generators[position]
        domain = domain_of(generator)
        if domain is not None and domain.integer and isinstance(generator.expr, Variable):
            yield generator.expr, modulus


def _case(problem: Problem, variable: Variable, modulus: int, residue: int) -> Problem:
    """The problem with n = dm + r put in, m within the bounds that n's domain gives it."""
    sides: tuple[Expr, ...] = (problem.a, problem.b, *problem.facts)
    taken = {v.name for side in sides for v in free_variables(side)}
    domain = variable.kind.domain
    lower = None if domain.lower is None else Fraction(-((residue - domain.lower) // modulus))
    upper = None if domain.upper is None else Fraction((domain.upper - residue) // modulus)
    kind = Kind(domain=Domain(integer=True, lower=lower, upper=upper), index=variable.kind.index)
    quotient = Variable(fresh(f"{variable.name}_{modulus}", taken), kind)
    value = add(mul(Number(modulus), quotient), Number(residue))
    return problem.mapped(lambda expr: instantiate(expr, {variable: value}))
