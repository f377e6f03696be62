"""log u = log|c| + Σ mₖ log|pₖ| over the irreducible factors of u, with
log exp(v) = v and log |p|^(1/q) = log|p|/q.
"""

from __future__ import annotations

from fractions import Fraction

import flint

from symderiv.equality.normal_forms.conjugates import ROOTS, in_square_root
from symderiv.equality.normal_forms.constants import ball_of, then
from symderiv.equality.normal_forms.exponentials import exponent_of
from symderiv.equality.normal_forms.generators import Decline, Generator
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.radicals import absolute_power, number_power
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply, Expr

MAX_BITS = 160


def log(nf: NormalForm, expr: Apply) -> Element:
    return logarithm(nf, nf.convert(expr.args[0]), expr.args[0])


def logarithm(nf: NormalForm, u: Element, origin: Expr | None = None) -> Element:
    """The logarithm of an element that is positive in the cell."""
    sign, seen = nf.sign(u)
    if sign <= 0:
        raise UndefinedHere
    nf.classes.add("logarithms")
    for number in seen:
        nf.mark_factor(number, origin)
    constant, factors = nf.field.factor(u.num)
    terms = [log_number(nf, abs(constant))]
    terms += [nf.arithmetic.scaled(log_absolute(nf, p), m) for p, m in factors]
    for number, multiplicity in u.den.items():
        for p, m in nf.field.factor(nf.field.poly(number))[1]:
            terms.append(nf.arithmetic.scaled(log_absolute(nf, p), -m * multiplicity))
    return nf.arithmetic.add(*terms)


def log_number(nf: NormalForm, value: Fraction) -> Element:
    """``log(∏ p^m) = Σ m log p`` over primes."""
    terms = []
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        if whole.bit_length() > MAX_BITS:
            raise Decline("the logarithm of a very long number")
        for prime, multiplicity in flint.fmpz(whole).factor():
            terms.append(nf.arithmetic.scaled(_log_prime(nf, int(prime)), sign * int(multiplicity)))
    return nf.arithmetic.add(*terms) if terms else nf.arithmetic.zero


def _log_prime(nf: NormalForm, prime: int) -> Element:
    generator = nf.field.generator(
        "log prime", f"log prime {prime}", None, prime, sign=1, ball=lambda: flint.arb(prime).log()
    )
    return nf.arithmetic.unknown(generator)


def log_absolute(nf: NormalForm, number: int) -> Element:
    """``log|p|`` of an irreducible polynomial."""
    poly = nf.field.poly(number)
    alone = nf.field.sole_generator(poly)
    if alone is not None and alone.kind == "exp":
        return exponent_of(nf, alone)
    if alone is not None and alone.kind in ROOTS:
        inner = log_absolute(nf, alone.data) if alone.kind == "root" else _log_prime(nf, alone.data)
        return nf.arithmetic.scaled(inner, Fraction(1, nf.field.plan.degree(alone.label, 1)))
    split = in_square_root(nf, poly)
    if split is not None and _keeps_its_sign(nf, split[2]):
        return _log_conjugate(nf, poly, split)
    ball = then(ball_of(nf.field, poly), lambda value: abs(value).log())
    return nf.arithmetic.unknown(nf.field.generator("log", f"log {number}", None, number, ball=ball))


def _keeps_its_sign(nf: NormalForm, norm: Element) -> bool:
    """Only then does ½ log|N| bring in no new singularity."""
    if norm.num.is_constant():
        return True
    known = nf.signs.base.of(nf.field.intern(norm.num))
    return known is not None and known[1]


def _log_conjugate(nf: NormalForm, poly: object, split: tuple[Element, Element, Element]) -> Element:
    """``log|p| = ½ log|N| + ½ Λ`` with ``N = p p̄`` and ``Λ = log|p/p̄|``, which is odd under r → −r."""
    alpha, beta_root, norm = split
    a = nf.arithmetic
    if a.is_zero(norm):
        raise Decline("a root that is no root")
    half = Fraction(1, 2)
    constant, factors = nf.field.factor(norm.num)
    log_norm = a.add(log_number(nf, abs(constant)), *(a.scaled(log_absolute(nf, p), m) for p, m in factors))
    flipped = 1
    ratio = beta_root
    if a.is_zero(alpha):
        return a.scaled(log_norm, half)
    lead = fraction_sign(alpha) * fraction_sign(beta_root)
    if lead < 0:
        flipped, ratio = -1, a.scaled(beta_root, -1)
    p = a.add(alpha, ratio)
    # p/p̄ = p²/N is what Λ depends on: r(r + x) and r + x share theirs
    square = a.multiply(p, p, a.inverse(norm))
    label = f"log ratio {nf.label(a.scaled(square, fraction_sign(square)))}"
    generator = nf.field.generator("log ratio", label, None, (alpha, ratio, norm))
    return a.add(a.scaled(log_norm, half), a.scaled(a.unknown(generator), flipped * half))


def fraction_sign(u: Element) -> int:
    return 1 if u.num.leading_coefficient() > 0 else -1


def power_of_log(nf: NormalForm, generator: Generator, coefficient: Fraction) -> Element:
    """``exp(c log|p|) = |p|^c``."""
    return absolute_power(nf, generator.data, coefficient)


def power_of_log_prime(nf: NormalForm, generator: Generator, coefficient: Fraction) -> Element:
    return number_power(nf, Fraction(generator.data), coefficient)


def power_of_log_ratio(nf: NormalForm, generator: Generator, coefficient: Fraction) -> Element:
    """``exp(c Λ) = |p/p̄|^c = |p|^(2c) / |N|^c`` for whole 2c."""
    alpha, beta_root, norm = generator.data
    a = nf.arithmetic
    times = 2 * coefficient
    if times.denominator != 1:
        raise Decline("a root of a conjugate ratio")
    p = a.add(alpha, beta_root)
    constant, factors = nf.field.factor(norm.num)
    below = [number_power(nf, abs(constant), -coefficient)]
    below += [absolute_power(nf, q, -coefficient * m) for q, m in factors]
    if times % 2:
        sign, _ = nf.sign(p)
        p = a.scaled(p, sign)
    return a.multiply(a.power(p, times.numerator), *below)
