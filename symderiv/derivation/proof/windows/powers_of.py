"""A factor as powers: (Σ x^p)^(1/p)^(p-1) is a power of Σ x^p, p^-1 is one of p."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.proof.windows.size_polynomials import Polynomial, polynomial, product
from symderiv.expression.tree import MINUS_ONE, Apply, Expr, Number, Variable

ONCE: Polynomial = polynomial(Number(1))


def powers_of(factor: Expr, exponent: Polynomial = ONCE) -> Iterator[tuple[Expr, Polynomial]]:
    """Bases and exponents whose product is the factor raised to the exponent, wherever both exist.

    (b^q)^r is b^(q r) where r is a whole number, and where b^q says b ≥ 0: q is no whole number, or 1/p.

    >>> x = Variable("x")
    >>> half = Apply("pow", (x, Apply("pow", (Number(2), MINUS_ONE))))
    >>> [base == x for base, _ in powers_of(Apply("mul", (half, half)))]
    [True, True]
    """
    match factor:
        case Apply(head="mul", args=factors) if _is_whole(exponent):
            for each in factors:
                yield from powers_of(each, exponent)
        case Apply(head="pow", args=(base, q)) if _is_whole(exponent) or _says_nonnegative(q):
            yield from powers_of(base, product(polynomial(q), exponent))
        case _:
            yield factor, exponent


def _is_whole(exponent: Polynomial) -> bool:
    """A whole number, and no letter."""
    return all(not letters and c.denominator == 1 for letters, c in exponent.items())


def _says_nonnegative(q: Expr) -> bool:
    """Whether b^q exists for b ≥ 0 alone, or is b: one of them for 1/p, p being positive."""
    match q:
        case Number(value=value):
            return value.denominator != 1
        case Apply(head="pow", args=(Variable() as p, power)) if power == MINUS_ONE:
            return p.kind.domain.is_positive
    return False
