"""Polynomials with fractions for coefficients that are integers all the same: ``n(n − 1)/2``.

With D the common denominator, p(n) mod 1 depends on n mod D only: every remainder is looked at.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import lcm, prod

from symderiv.equality.conditions.polynomial import Polynomial, TooLarge, atoms_of, polynomial
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.tree import Apply, Expr, Variable

MAX_MODULUS, MAX_CASES = 1024, 256


def is_whole(expr: Expr) -> bool:
    """Whether an expression is an integer wherever it is defined.

    >>> from symderiv.expression.build import add, mul, number
    >>> from symderiv.expression.kinds import SIZE
    >>> n = Variable("n", SIZE)
    >>> half = mul(number(Fraction(1, 2)), n)
    >>> is_whole(mul(half, add(n, number(-1)))), is_whole(half)
    (True, False)
    """
    if is_integer_valued(expr):
        return True
    if not isinstance(expr, Apply) or expr.head not in ("add", "mul", "pow"):
        return False
    try:
        found = polynomial(expr)
    except TooLarge:
        return False
    atoms = atoms_of((found,))
    return all(map(is_integer_valued, atoms)) and _at_all_remainders(found, atoms)


def _at_all_remainders(poly: Polynomial, atoms: list[Expr]) -> bool:
    modulus = lcm(*(c.denominator for c in poly.values()))
    if modulus > MAX_MODULUS:
        return False
    choices = [_remainders(atom, modulus) for atom in atoms]
    if prod(map(len, choices)) > MAX_CASES:
        return False
    return all(
        _value(poly, dict(zip(atoms, point, strict=True))).denominator == 1 for point in product(*choices)
    )


def _remainders(atom: Expr, modulus: int) -> list[int]:
    """What the atom may be modulo the denominator: an even one is 0 or 2 modulo 4."""
    if not isinstance(atom, Variable):
        return list(range(modulus))
    domain = atom.kind.domain
    period = lcm(modulus, domain.modulus)
    return [r for r in range(period) if r % domain.modulus == domain.residue % domain.modulus]


def _value(poly: Polynomial, point: dict[Expr, int]) -> Fraction:
    return sum(
        (c * prod(point[base] ** exponent for base, exponent in monomial) for monomial, c in poly.items()),
        Fraction(0),
    )
