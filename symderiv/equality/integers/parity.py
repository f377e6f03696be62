"""(−1)^v for an integer v: a product of generators (−1)^m, one a monomial, each with the square 1."""

from __future__ import annotations

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.normal_forms.exponentials import terms_of
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Monomial
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.kinds import INTEGER, Domain


def sign_power(nf: NormalForm, v: Element) -> Element:
    """``(−1)^(Σ c m) = ∏ (−1)^m`` over the monomials with odd coefficients."""
    factors = []
    for exponents, below, coefficient in terms_of(nf, v):
        parity = None if below >= 0 else monomial_parity(nf.field, exponents)
        if parity is None or coefficient.denominator != 1:
            raise Decline("a power of a negative number")
        if coefficient % 2 == 0 or parity == "even":
            continue
        if parity == "odd":
            factors.append(nf.arithmetic.number(-1))
            continue
        used = tuple(k for k, _ in exponents)
        generator = nf.field.generator("parity", f"parity {used}", None, used)
        nf.arithmetic.relate(generator, 2, nf.field.one)
        factors.append(nf.arithmetic.unknown(generator))
    return nf.arithmetic.multiply(*factors)


def monomial_parity(field: Field, exponents: Monomial) -> str | None:
    """Whether a product of integers is even, odd, either; None where it is no integer."""
    domains = [_domain(field.generators[k]) for k, _ in exponents]
    if any(domain is None or not domain.integer for domain in domains):
        return None
    even = [d for d in domains if d and d.modulus % 2 == 0 and d.residue % 2 == 0]
    odd = [d for d in domains if d and d.modulus % 2 == 0 and d.residue % 2 == 1]
    if even:
        return "even"
    return "odd" if len(odd) == len(domains) else "either"


def _domain(generator: Generator) -> Domain | None:
    return INTEGER if generator.kind in ("floor", "delta") else domain_of(generator)
