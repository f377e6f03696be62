"""Backpropagation: δ of a name from the δ of the names that are computed from it.

    ∂L/∂x = Σ_u (∂u/∂x)ᵀ ∂L/∂u        over the names u whose definitions mention x

Each definition sends its δ = ∂L/∂u back, one operation at a time: see `rules.sending`.
"""

from __future__ import annotations

from symderiv.derivation.dependence import mentions, paths
from symderiv.derivation.rules.backward.sending import crosses, through_layer
from symderiv.derivation.rules.problem import D, Problem, Rewriting, derivative_of, plus, shape
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Expr, Variable


def backward(p: Problem) -> Rewriting | None:
    """∂L/∂x = Σ_u what u sends back to x."""
    if p.shape or not p.wrt or mentions(p.e, p.x):
        return None
    names = consumers(p.e, p.x)
    if any(u.definition is None or paths(u.definition, p.x) for u in names):
        names = paths(p.e, p.x)
        if len(names) != 1:
            return None
    if not names or not all(shape(u) and crosses(u, p.x) for u in names):
        return None
    parts = {u: u.definition for u in names if u.definition is not None}
    upstream = {u: Variable(f"·{u.name}", Kind(shape=tuple(shape(u)))) for u in parts}
    told = {u: through_layer(part, p.x, upstream[u]) for u, part in parts.items()}
    back = plus(*(sent_back for sent_back, _ in told.values()))
    after = substitute(back, {upstream[u]: D(p.e, u) for u in parts})
    said = "; ".join(
        ", ".join((f"the chain rule through {u.name}", *words)) for u, (_, words) in told.items()
    )
    return Rewriting(
        after,
        said,
        tuple((u.name, part) for u, part in parts.items()),
        lemma=_lemma(p, upstream, back),
    )


def _lemma(p: Problem, upstream: dict[Variable, Variable], back: Expr) -> tuple[tuple[Expr, Expr], ...]:
    """What the names' definitions send back to x for a free G."""
    parts = (_weighed(G, u.definition) for u, G in upstream.items() if u.definition is not None)
    return ((derivative_of(plus(*parts), p.x), back),)


def _weighed(G: Expr, u: Expr) -> Expr:
    return Apply("sum", (Apply("hadamard", (G, u)),))


def consumers(e: Expr, x: Variable) -> tuple[Variable, ...]:
    """The names behind ``e`` whose definitions mention x, the ones that come later left to them."""
    found: set[Variable] = set()
    open_names = list(paths(e, x))
    seen: set[Variable] = set()
    while open_names:
        u = open_names.pop()
        if u in seen or u.definition is None:
            continue
        seen.add(u)
        if mentions(u.definition, x):
            found.add(u)
        open_names += [v for v in paths(u.definition, x) if v not in seen]
    return tuple(sorted(found, key=lambda v: v.name))
