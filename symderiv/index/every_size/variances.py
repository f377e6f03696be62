"""``E[u²] − E[u]² ≥ 0``: a mean of squares is no less than the square of the mean (Cauchy and Schwarz)."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.build import mul, power, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, Apply, Binder, Expr, Number
from symderiv.index.every_size.positivity import is_nonnegative
from symderiv.index.session import Session
from symderiv.index.terms.reading import pairs_of, read
from symderiv.index.terms.terms import Pairs, monomial_expr, sum_of

TWO = Number(2)


def beyond_variance(session: Session, value: Expr) -> Expr | None:
    """The rest of a value ``c Σ(u − Σu/N)² + rest`` in which nothing is negative; None if it is none.

    N is the number of terms; ``Σu² − (Σu)²/N = Σ(u − Σu/N)²``.
    """
    for coefficient, monomial in _pairs(session, value):
        for base, exponent in monomial:
            spread = _spread(base) if exponent == 1 and isinstance(base, Binder) else None
            factor = monomial_expr(coefficient, [(b, p) for b, p in monomial if b != base])
            if spread is not None and is_nonnegative(factor):
                rest = sum_of(_pairs(session, subtract(value, mul(factor, spread))))
                if is_nonnegative(rest):
                    return rest
    return None


def _pairs(session: Session, value: Expr) -> Pairs:
    return pairs_of(session, read(session, value, session.context), session.context)


def _spread(squares: Binder) -> Expr | None:
    """``Σu² − (Σu)²/N`` of ``Σu²``, over one range or several."""
    nest = list(_nest(squares))
    body = nest[-1].body
    if not (isinstance(body, Apply) and body.head == "pow" and body.args[1] == TWO):
        return None
    if any(binder.kind != "sum" or binder.condition != TRUE for binder in nest):
        return None
    root = body.args[0]
    square = mul(power(_over(nest, root), TWO), power(_over(nest, ONE), MINUS_ONE))
    return subtract(squares, square)


def _nest(binder: Binder) -> Iterator[Binder]:
    yield binder
    if isinstance(binder.body, Binder):
        yield from _nest(binder.body)


def _over(nest: list[Binder], body: Expr) -> Expr:
    for binder in reversed(nest):
        body = Binder("sum", body, binder.variable, binder.lower, binder.upper)
    return body
