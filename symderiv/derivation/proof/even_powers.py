"""Sums of even powers of entries, as norms over windows have them: never negative, and 0 on a null set alone.

Σ_a X[s i + a]^(2m) = 0 only where X[s i] = 0 too, which is a null set; finitely many windows have one as well
"""

from __future__ import annotations

from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Index, Number, Variable


def almost_always(condition: Expr) -> bool:
    """Whether a condition speaks of such sums alone and holds almost everywhere, at every size."""
    match condition:
        case Binder(kind="forall"):
            return almost_always(condition.body)
        case Apply(head="and", args=parts):
            return all(map(almost_always, parts))
        case Apply(head="or", args=parts):
            return any(map(almost_always, parts))
        case Apply(head="le" | "lt", args=(Number(value=0), total)):
            return _is_even_sum(total)
        case Apply(head="ne", args=(power, Number(value=0))):
            return _is_even_sum(_base(power))
    return condition == TRUE


def _base(power: Expr) -> Expr:
    """u of u^q for a q > 0, which is 0 where u is."""
    match power:
        case Apply(head="pow", args=(base, Number(value=q))) if q > 0:
            return _base(base) if _is_even_sum(base) else power
    return power


def _is_even_sum(total: Expr) -> bool:
    """Σ over ranges that aren't empty of X[…]^(2m), X an array of free reals."""
    match total:
        case Binder(kind="sum", lower=Number(value=lower), upper=Number(value=upper), condition=condition):
            return lower <= upper and condition == TRUE and _is_even_sum(total.body)
        case Apply(head="pow", args=(Index(base=Variable() as X), Number(value=int(k)))):
            return k > 0 and k % 2 == 0 and _is_free(X)
    return False


def _is_free(X: Variable) -> bool:
    domain = X.kind.domain
    open_ = domain.lower is None or domain.lower != domain.upper
    plain = X.definition is None and X.value is None and not X.kind.zero_outside
    return plain and not domain.integer and open_
