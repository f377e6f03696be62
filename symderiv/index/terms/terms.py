"""Terms ``c · Π atom^power`` summed over a set of integer points, and their products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from symderiv.errors import LimitExceeded
from symderiv.expression.build import add, mul, power
from symderiv.expression.tree import Apply, Exact, Expr, Number, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import whole
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import key

MAX_TERMS = 3000


@dataclass(frozen=True)
class Term:
    """``coefficient · Π atom^power``, summed over ``dummies`` in ``domain``, 0 where the domain is empty.

    The domain speaks of dummies and parameters alike; a term without dummies is bracketed by it:
    ``[i = j] p_i``.
    """

    coefficient: Exact
    powers: dict[Expr, Exact]
    dummies: tuple[Variable, ...] = ()
    domain: isl.Set = field(default_factory=universe)


Terms = list[Term]
Monomial = tuple[tuple[Expr, Exact], ...]
Pairs = list[tuple[Exact, Monomial]]


def constant(value: Exact) -> Terms:
    return [Term(value, {})] if value != 0 else []


def atom(expr: Expr, exponent: Exact = 1) -> Terms:
    return [Term(1, {expr: exponent})]


def bracket(terms: Terms, points: isl.Set) -> Terms:
    """``[points] terms``."""
    if points is universe():
        return terms
    cut = [Term(t.coefficient, t.powers, t.dummies, t.domain.intersect(points)) for t in terms]
    return [t for t in cut if not t.domain.is_empty()]


def scale(terms: Terms, factor: Exact) -> Terms:
    return [Term(factor * t.coefficient, t.powers, t.dummies, t.domain) for t in terms] if factor else []


def joined_powers(a: dict[Expr, Exact], b: dict[Expr, Exact]) -> dict[Expr, Exact]:
    result = dict(a)
    for base, exponent in b.items():
        total = whole(result.get(base, 0) + exponent)
        if total == 0:
            del result[base]
        else:
            result[base] = total
    return result


def product(a: Terms, b: Terms) -> Terms:
    """All products of a term of ``a`` and one of ``b`` (their dummies must be apart)."""
    if len(a) * len(b) > MAX_TERMS:
        raise LimitExceeded(f"a product of more than {MAX_TERMS} terms")
    return [
        Term(
            s.coefficient * t.coefficient,
            joined_powers(s.powers, t.powers),
            s.dummies + t.dummies,
            _common(s.domain, t.domain),
        )
        for s in a
        for t in b
    ]


def _common(a: isl.Set, b: isl.Set) -> isl.Set:
    if a is universe() or b is universe():
        return b if a is universe() else a
    return a.intersect(b)


def power_expr(base: Expr, exponent: Exact) -> Expr:
    """``base^exponent`` in the entry language; a power of an exponential goes into its exponent."""
    if isinstance(base, Apply) and base.head == "exp":
        return Apply("exp", (mul(Number(exponent), base.args[0]),))
    return power(base, Number(exponent))


def monomial_expr(coefficient: Exact, powers: Iterable[tuple[Expr, Exact]]) -> Expr:
    return mul(Number(coefficient), *(power_expr(base, exponent) for base, exponent in powers))


def ordered(powers: dict[Expr, Exact]) -> Monomial:
    return tuple(sorted(powers.items(), key=lambda item: (key(item[0]), item[1])))


def in_order(pairs: Pairs) -> Pairs:
    """Like monomials added up, in an order that no hash decides."""
    total: dict[Monomial, Exact] = {}
    for coefficient, monomial in pairs:
        total[monomial] = total.get(monomial, 0) + coefficient
    items = [(c, m) for m, c in total.items() if c != 0]
    return sorted(items, key=lambda pair: [(key(base), p) for base, p in pair[1]], reverse=True)


def sum_of(pairs: Pairs) -> Expr:
    """The expression of a normal form: ``Σ coefficient · Π atom^power``."""
    return add(*(monomial_expr(coefficient, monomial) for coefficient, monomial in pairs))
