"""A number that is computed from arrays: what its outermost operation sends back, and so on inwards.

Σ u ⊙ v sends v to u,   tr U the unit matrix,   uᵀ v sends v to u,   ‖u‖² sends 2 u,   ‖u‖ sends u/‖u‖,
mean u sends 1/N to each entry,   var u sends 2 (u - mean u)/N,   std u sends (u - mean u)/(N std u)
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends, paths
from symderiv.derivation.rules.backward import is_plain, sent_to
from symderiv.derivation.rules.problem import Problem, Rewriting, plus, shape, times
from symderiv.expression.build import mul
from symderiv.expression.display import readable
from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable

Sent = list[tuple[Expr, Expr]]


def scalar_back(p: Problem) -> Rewriting | None:
    """∂s/∂x = Σ_u (∂u/∂x)ᵀ G_u over the arrays u that the number s is computed from at once."""
    if not is_plain(p.e, p.x):
        return None
    return operations_back(p)


def operations_back(p: Problem) -> Rewriting | None:
    """The same through operations that say what they send back, at arguments without a name."""
    if p.shape or not p.wrt or paths(p.e, p.x) or not isinstance(p.e, Apply) or p.e.options:
        return None
    factor, found = _sent(p.e, p.x)
    terms = [sent_to(u, p.x, G) for u, G in found]
    kept = [term for term in terms if term is not None]
    if not kept or len(kept) < len(terms):
        return None
    return Rewriting(times(factor, plus(*kept)), "what each operation sends back, from the outermost inwards")


def _sent(s: Apply, x: Variable) -> tuple[Expr, Sent]:
    """The arrays that s is computed from and that depend on x, each with ∂s/∂u, a number taken out."""
    match s:
        case Apply(head="pow", args=(Apply(head="norm", args=(u,), options=()), Number(value=2))):
            return Number(2), [(u, u)]
        case Apply(head="var", args=(u,), options=()) if shape(u):
            return Apply("div", (Number(2), entries(u))), [(u, centred(u))]
        case Apply(head="std", args=(u,), options=()) if shape(u):
            return Apply("div", (ONE, times(entries(u), s))), [(u, centred(u))]
        case Apply(head="norm", args=(u,)):
            return Apply("div", (ONE, s)), [(u, u)]
        case Apply(head="neg", args=(Apply() as inner,)):
            factor, found = _sent(inner, x)
            return Apply("neg", (factor,)), found
    return ONE, [(u, G) for u, G in _pairs(s) if depends(u, x)]


def entries(u: Expr) -> Expr:
    """N"""
    return readable(mul(*shape(u)))


def centred(u: Expr) -> Expr:
    """u - mean(u): what the mean does to the squares adds up to 0."""
    return Apply("sub", (u, Apply("mean", (u,))))


def _pairs(s: Apply) -> Sent:
    match s:
        case Apply(head="sum", args=(Apply(head="hadamard", args=(u, v)),)) if shape(u) == shape(v):
            return [(u, v), (v, u)]
        case Apply(head="sum", args=(u,)) if shape(u):
            return [(u, Apply("ones", tuple(map(readable, shape(u)))))]
        case Apply(head="mean", args=(u,)) if shape(u):
            return [(u, Apply("div", (Apply("ones", tuple(map(readable, shape(u)))), entries(u))))]
        case Apply(head="trace", args=(u,)):
            return [(u, Apply("eye", (readable(shape(u)[0]),)))]
        case Apply(head="mul" | "matmul", args=(Apply(head="transpose", args=(u,)), *rest)):
            v = times(*rest)
            return [(u, v), (v, u)] if len(shape(u)) == 1 and shape(v) == shape(u) else []
    return []
