"""Rules for numbers: product, quotient, power, cases."""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import D, Problem, Rewriting, plus, times
from symderiv.expression.tree import ONE, Apply, Binder, Cases, Number


def scalar_product(p: Problem, moving: list[int]) -> Rewriting:
    factors = p.e.children
    fixed = [f for k, f in enumerate(factors) if k not in moving]
    live = [factors[k] for k in moving]
    if len(live) == 1:
        return Rewriting(times(*fixed, D(live[0], p.x)), "a constant factor stays outside")
    terms = (times(*fixed, *live[:k], D(live[k], p.x), *live[k + 1 :]) for k in range(len(live)))
    return Rewriting(plus(*terms), "the product rule: (u v)' = u' v + u v'")


def quotient(p: Problem) -> Rewriting | None:
    """(u/v)' = (u' v - u v') / v² of numbers."""
    if not isinstance(p.e, Apply) or p.e.head != "div" or p.shape:
        return None
    u, v = p.e.args
    if not depends(v, p.x):
        return Rewriting(Apply("div", (D(u, p.x), v)), "a constant denominator stays below")
    below = Apply("pow", (v, Number(2)))
    second = times(u, D(v, p.x))
    above = Apply("sub", (times(D(u, p.x), v), second)) if depends(u, p.x) else Apply("neg", (second,))
    return Rewriting(Apply("div", (above, below)), "the quotient rule: (u/v)' = (u' v - u v') / v²")


def power(p: Problem) -> Rewriting | None:
    """(u^n)' = n u^(n-1) u'."""
    if not isinstance(p.e, Apply) or p.e.head != "pow" or p.shape:
        return None
    u, n = p.e.args
    if depends(n, p.x):
        return None
    lower = Number(n.value - 1) if isinstance(n, Number) else Apply("sub", (n, ONE))
    rest = u if lower == ONE else Apply("pow", (u, lower))
    inner = () if u == p.x else (D(u, p.x),)
    return Rewriting(times(n, rest, *inner), "the power rule: (u^n)' = n u^(n-1) u'")


def sum_of_terms(p: Problem) -> Rewriting | None:
    """(Σ_i f_i)' = Σ_i f_i' by a number."""
    if not isinstance(p.e, Binder) or p.e.kind != "sum" or p.shape or p.wrt:
        return None
    if any(depends(part, p.x) for part in p.e.children[1:]):
        return None
    after = p.e.rebuild((D(p.e.body, p.x), *p.e.children[1:]))
    return Rewriting(after, "the derivative of a sum is the sum of the derivatives, term by term")


def cases(p: Problem) -> Rewriting | None:
    """Branch by branch, inside each case."""
    if not isinstance(p.e, Cases) or not p.scalar:
        return None
    branches = tuple((c, D(value, p.x)) for c, value in p.e.branches)
    otherwise = None if p.e.otherwise is None else D(p.e.otherwise, p.x)
    return Rewriting(Cases(branches, otherwise), "case by case, away from where the cases meet")
