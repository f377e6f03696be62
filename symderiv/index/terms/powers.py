"""Powers, exponentials and logarithms read as terms: what is constant in a sum comes apart."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import fmpz

from symderiv.expression.build import mul, power
from symderiv.expression.tree import EULER, ZERO, Apply, Exact, Expr, Number
from symderiv.index.every_size.positivity import is_nonnegative
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, ratio, whole
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.session import Session
from symderiv.index.terms.reading import inner, pairs_of, read, split
from symderiv.index.terms.terms import (
    Monomial,
    Pairs,
    Term,
    Terms,
    atom,
    constant,
    in_order,
    joined_powers,
    monomial_expr,
    ordered,
    product,
    scale,
    sum_of,
)

MAX_EXPANSION = 300


def read_exp(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``exp(2a + b c) = exp(a)² exp(b c)``, so that what is constant in a sum can be pulled out of it.

    ``exp(c log(a)) = a^c``.
    """
    lifted = split(session, expr, outer)
    if lifted is not None:
        return lifted
    powers: dict[Expr, Exact] = {}
    result = constant(1)
    for coefficient, monomial in pairs_of(session, read(session, expr.args[0], outer), outer):
        exponent = monomial_expr(1, list(monomial))
        if isinstance(exponent, Apply) and exponent.head == "log":
            power_of = Apply("pow", (exponent.args[0], Number(coefficient)))
            result = product(result, read_pow(session, power_of, outer))
        else:
            powers[Apply("exp", (exponent,))] = coefficient
    return product(result, [Term(1, powers)])


def read_log(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``log(a^p b) = p log(a) + log(b)`` where a is surely not negative; ``log(exp(a)) = a``."""
    lifted = split(session, expr, outer)
    if lifted is not None:
        return lifted
    pairs = pairs_of(session, read(session, expr.args[0], outer), outer)
    if not pairs:
        return atom(Apply("log", (ZERO,)))
    lead, powers = fraction(session, pairs, outer)
    result: Terms = []
    rest: dict[Expr, Exact] = {}
    for base, exponent in powers.items():
        if isinstance(base, Apply) and base.head == "exp":
            result += scale(read(session, base.args[0], outer), exponent)
        elif is_nonnegative(base) or not isinstance(exponent, int):
            result += scale(atom(Apply("log", (base,))), exponent)
        else:
            rest[base] = exponent
    if len(rest) == 1 and lead > 0:
        ((base, exponent),) = rest.items()
        if isinstance(exponent, int) and exponent % 2:
            result += scale(atom(Apply("log", (base,))), exponent)
            rest = {}
    if rest or lead < 0:
        sign = 1 if lead > 0 else -1
        result += atom(Apply("log", (monomial_expr(sign, ordered(rest)),)))
    return result + (atom(Apply("log", (Number(abs(Fraction(lead))),))) if abs(lead) != 1 else [])


def read_pow(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``u^n`` multiplied out, ``1/u`` of its factors, ``r^(i + k)`` split; any other power as an atom."""
    base, exponent = expr.args
    if base == EULER:
        return read_exp(session, Apply("exp", (exponent,)), outer)
    lifted = split(session, expr, outer)
    if lifted is not None:
        return lifted
    form = affine(session, exponent)
    if form is not None and not form.terms:
        exponent = Number(Fraction(form.constant))
    if isinstance(exponent, Number):
        if exponent.value == 0:
            return constant(1)
        if isinstance(exponent.value, int) and exponent.value > 0:
            return _natural_power(session, base, exponent.value, outer)
        return _reciprocal(session, base, exponent.value, outer)
    if isinstance(base, Number) and base.value != 0 and form is not None and form.is_integral():
        return _number_power(session, base.value, form)
    apart = _taken_apart(base, exponent, form is not None and form.is_integral())
    if apart is None:
        return atom(Apply("pow", (inner(session, base, outer), inner(session, exponent, outer))))
    result = constant(1)
    for factor in apart:
        result = product(result, read_pow(session, factor, outer))
    return result


def _taken_apart(base: Expr, exponent: Expr, is_whole: bool) -> list[Apply] | None:
    """``(a b)^k = a^k b^k`` for a whole k or a, b ≥ 0, ``(a^2)^k = a^(2k)``, ``exp(a)^r = exp(a r)``."""
    match base:
        case Apply(head="exp", args=(inside,)):
            return [Apply("pow", (EULER, mul(inside, exponent)))]
        case Apply(head="mul", args=factors) if is_whole or all(map(is_nonnegative, factors)):
            return [Apply("pow", (factor, exponent)) for factor in factors]
        case Apply(head="pow", args=(inside, Number(value=int()) as p)) if is_whole:
            return [Apply("pow", (inside, mul(p, exponent)))]
    return None


def _number_power(session: Session, base: int | Fraction, form: Affine) -> Terms:
    """``2^(i + 3) = 8 · 2^i`` and ``(1/2)^i = 2^(-i)``."""
    if abs(Fraction(base)) < 1:
        return _number_power(session, 1 / Fraction(base), -form)
    rest = integer_expr(session, form - Affine({}, form.constant))
    factor = power(Number(base), Number(form.constant))
    if not isinstance(factor, Number):
        return atom(Apply("pow", (Number(base), integer_expr(session, form))))
    return [Term(factor.value, {Apply("pow", (Number(base), rest)): 1})]


def _natural_power(session: Session, base: Expr, n: int, outer: isl.Set) -> Terms:
    first = read(session, base, outer)
    if len(first) == 1 and not first[0].dummies:
        only = first[0]
        return [Term(only.coefficient**n, {a: whole(p * n) for a, p in only.powers.items()}, (), only.domain)]
    if len(first) ** n > MAX_EXPANSION or n > 6:
        return atom(sum_of(pairs_of(session, first, outer)), n)
    result = first
    for _ in range(n - 1):
        result = product(result, read(session, base, outer))
    return result


def _reciprocal(session: Session, base: Expr, exponent: Exact, outer: isl.Set) -> Terms:
    """``base^exponent`` for a negative or broken exponent: single products apart, common factors out."""
    if isinstance(base, Apply) and base.head == "mul" and _comes_apart(base, exponent):
        result = constant(1)
        for factor in base.args:
            result = product(result, _power_of(session, factor, exponent, outer))
        return result
    if isinstance(exponent, int) and isinstance(base, Apply) and base.head == "pow":
        inside = base.args[1]
        if isinstance(inside, Number) and isinstance(inside.value, int):
            return _power_of(session, base.args[0], inside.value * exponent, outer)
    pairs = pairs_of(session, read(session, base, outer), outer)
    if not pairs:
        return atom(Apply("pow", (ZERO, Number(exponent))))
    lead, powers = fraction(session, pairs, outer)
    if not isinstance(exponent, int):
        return _root(lead, powers, exponent)
    return [Term(Fraction(lead) ** exponent, {a: whole(p * exponent) for a, p in powers.items()})]


def _comes_apart(base: Apply, exponent: Exact) -> bool:
    """``(a b)^p = a^p b^p`` for whole p, and where neither is negative."""
    return isinstance(exponent, int) or all(map(is_nonnegative, base.args))


def _power_of(session: Session, base: Expr, exponent: Exact, outer: isl.Set) -> Terms:
    return read_pow(session, Apply("pow", (base, Number(exponent))), outer)


def fraction(session: Session, pairs: Pairs, outer: isl.Set) -> tuple[Exact, dict[Expr, Exact]]:
    """A normal form as one fraction: ``1 - 1/(1 + a)`` is ``a (1 + a)^-1``."""
    below: dict[Expr, Exact] = {}
    for _, monomial in pairs:
        for base, exponent in monomial:
            if isinstance(exponent, int) and exponent < below.get(base, 0) and not _is_exponential(base):
                below[base] = exponent
    if all(dict(monomial).get(base) == p for _, monomial in pairs for base, p in below.items()):
        return factored(pairs)
    clearing = {base: -p for base, p in below.items()}
    cleared = [Term(c, joined_powers(dict(monomial), clearing)) for c, monomial in pairs]
    above = pairs_of(session, cleared, outer)
    if not above:
        return factored(pairs)
    lead, powers = factored(above)
    return lead, joined_powers(powers, below)


def _is_exponential(base: Expr) -> bool:
    return isinstance(base, Apply) and base.head == "exp"


def factored(pairs: Pairs) -> tuple[Exact, dict[Expr, Exact]]:
    """A normal form as number times product: common factors, and what is left over, made monic."""
    lead = pairs[0][0]
    common = _common(pairs)
    if len(pairs) == 1:
        return lead, common
    rest = in_order([(c, _over(m, common)) for c, m in pairs])
    lead = rest[0][0]
    return lead, joined_powers(common, {sum_of([(ratio(c, lead), m) for c, m in rest]): 1})


def without_content(pairs: Pairs) -> tuple[Exact, dict[Expr, Exact]]:
    """A normal form as a positive number times product: common factors, and a sum without any."""
    common = _common(pairs)
    numbers = [Fraction(c) for c, _ in pairs]
    content = Fraction(gcd(*(c.numerator for c in numbers)), lcm(*(c.denominator for c in numbers)))
    rest = sum_of(in_order([(whole(Fraction(c) / content), _over(m, common)) for c, m in pairs]))
    return whole(content), joined_powers(common, {rest: 1})


def _common(pairs: Pairs) -> dict[Expr, Exact]:
    """The greatest common factor, exponentials to the least power: exp(-a) + 1 is exp(-a) (1 + exp(a))."""
    monomials = [dict(monomial) for _, monomial in pairs]
    common: dict[Expr, Exact] = {}
    for base in dict.fromkeys(base for monomial in monomials for base in monomial):
        exponents = [monomial.get(base, 0) for monomial in monomials]
        found = min(exponents) if _is_exponential(base) or min(exponents) > 0 else min(max(exponents), 0)
        if found:
            common[base] = found
    return common


def _over(monomial: Monomial, common: dict[Expr, Exact]) -> Monomial:
    left = joined_powers(dict(monomial), {a: -p for a, p in common.items()}).items()
    return ordered({a: p for a, p in left if p != 0})


def _root(lead: Exact, powers: dict[Expr, Exact], exponent: Exact) -> Terms:
    """``(4 a² b)^(1/2)`` with what is surely not negative taken out, one by one."""
    outside: dict[Expr, Exact] = {}
    inside: list[tuple[Expr, Exact]] = []
    for base, p in powers.items():
        if is_nonnegative(base):
            outside[base] = whole(p * exponent)
        elif isinstance(p, int) and p % 2 == 0:
            outside = joined_powers(outside, _of_even(base, Fraction(p * exponent)))
        else:
            inside.append((base, p))
    if inside:
        outside[monomial_expr(1 if lead > 0 else -1, ordered(dict(inside)))] = exponent
    elif lead < 0:
        return atom(monomial_expr(lead, list(powers.items())), exponent)
    coefficient = _exact_power(abs(Fraction(lead)), Fraction(exponent))
    if coefficient is None:
        outside = joined_powers(outside, {Number(abs(Fraction(lead))): exponent})
    return [Term(1 if coefficient is None else coefficient, outside)]


def _of_even(base: Expr, exponent: Fraction) -> dict[Expr, Exact]:
    """``(a²)^(1/2) = |a|``, ``(a⁴)^(1/2) = a²``."""
    if exponent.denominator == 1:
        whole = int(exponent)
        return {base if whole % 2 == 0 else Apply("abs", (base,)): whole}
    return {Apply("abs", (base,)): exponent}


def _exact_power(value: Fraction, exponent: Fraction) -> Fraction | None:
    """``value^exponent`` if that is rational."""
    roots = [_exact_root(part, exponent.denominator) for part in (value.numerator, value.denominator)]
    if roots[0] is None or roots[1] is None:
        return None
    return Fraction(roots[0], roots[1]) ** exponent.numerator


def _exact_root(value: int, degree: int) -> int | None:
    root = fmpz(value).root(degree)
    return int(root) if root**degree == value else None
