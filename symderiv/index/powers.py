"""Powers, exponentials and logarithms read as terms: what is constant in a sum comes apart."""

from __future__ import annotations

from fractions import Fraction

import islpy as isl

from symderiv.expression.build import power
from symderiv.expression.tree import EULER, ZERO, Apply, Exact, Expr, Number
from symderiv.index.affine import Affine
from symderiv.index.integers import affine, integer_expr
from symderiv.index.reading import inner, pairs_of, read, split
from symderiv.index.session import Session
from symderiv.index.terms import (
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
    """``exp(2a + b c) = exp(a)² exp(b c)``, so that what is constant in a sum can be pulled out of it."""
    lifted = split(session, expr, outer)
    if lifted is not None:
        return lifted
    powers: dict[Expr, Exact] = {}
    for coefficient, monomial in pairs_of(session, read(session, expr.args[0], outer), outer):
        powers[Apply("exp", (monomial_expr(1, list(monomial)),))] = coefficient
    return [Term(1, powers)]


def read_log(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``log(exp(a) b) = a + log(b)``."""
    lifted = split(session, expr, outer)
    if lifted is not None:
        return lifted
    pairs = pairs_of(session, read(session, expr.args[0], outer), outer)
    if len(pairs) != 1:
        return atom(Apply("log", (sum_of(pairs),)))
    c, monomial = pairs[0]
    result: Terms = []
    for base, exponent in monomial:
        if isinstance(base, Apply) and base.head == "exp":
            result += scale(read(session, base.args[0], outer), exponent)
    rest = [(b, p) for b, p in monomial if not (isinstance(b, Apply) and b.head == "exp")]
    return result + (atom(Apply("log", (monomial_expr(c, rest),))) if rest or c != 1 else [])


def read_pow(session: Session, expr: Apply, outer: isl.Set) -> Terms:
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
    return atom(Apply("pow", (inner(session, base, outer), inner(session, exponent, outer))))


def _number_power(session: Session, base: Exact, form: Affine) -> Terms:
    """``2^(i + 3) = 8 · 2^i`` and ``(1/2)^i = 2^(-i)``."""
    if abs(base) < 1:
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
        return [Term(only.coefficient**n, {a: p * n for a, p in only.powers.items()}, (), only.domain)]
    if len(first) ** n > MAX_EXPANSION or n > 6:
        return atom(sum_of(pairs_of(session, first, outer)), n)
    result = first
    for _ in range(n - 1):
        result = product(result, read(session, base, outer))
    return result


def _reciprocal(session: Session, base: Expr, exponent: Exact, outer: isl.Set) -> Terms:
    """``base^exponent`` for a negative or broken exponent: single products apart, common factors out."""
    pairs = pairs_of(session, read(session, base, outer), outer)
    if not isinstance(exponent, int):
        return _root(session, pairs, exponent)
    if not pairs:
        return atom(Apply("pow", (ZERO, Number(exponent))))
    lead = pairs[0][0]
    common = _common(pairs)
    powers = {a: p * exponent for a, p in common.items()}
    if len(pairs) > 1:
        rest = in_order([(Fraction(c), _over(m, common)) for c, m in pairs])
        lead = rest[0][0]
        rest = [(Fraction(c) / lead, m) for c, m in rest]
        powers[sum_of(rest)] = exponent
    return [Term(Fraction(lead) ** exponent, powers)]


def _common(pairs: Pairs) -> dict[Expr, Exact]:
    """The greatest common factor, exponentials to the least power: exp(-a) + 1 is exp(-a) (1 + exp(a))."""
    monomials = [dict(monomial) for _, monomial in pairs]
    common: dict[Expr, Exact] = {}
    for base in dict.fromkeys(base for monomial in monomials for base in monomial):
        exponents = [monomial.get(base, 0) for monomial in monomials]
        positive = isinstance(base, Apply) and base.head == "exp"
        if positive or min(exponents) > 0:
            found = min(exponents)
        else:
            found = min(max(exponents), 0)
        if found:
            common[base] = found
    return common


def _over(
    monomial: Monomial, common: dict[Expr, Exact]
) -> Monomial:
    left = joined_powers(dict(monomial), {a: -p for a, p in common.items()}).items()
    return ordered({a: p for a, p in left if p != 0})


def _root(
    session: Session,
    pairs: Pairs,
    exponent: Exact,
) -> Terms:
    if len(pairs) == 1:
        c, monomial = pairs[0]
        positive = {a: p for a, p in monomial if isinstance(a, Apply) and a.head == "exp"}
        rest = [(a, p) for a, p in monomial if a not in positive]
        powers: dict[Expr, Exact] = {a: p * exponent for a, p in positive.items()}
        if rest or c != 1:
            powers[monomial_expr(c, rest)] = exponent
        return [Term(1, powers)]
    return atom(sum_of(pairs), exponent)
