"""Norms of a vector: the quotient rule, with what the mean, the deviation and the root contribute."""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.derivation.rules.stories.story import letters, matrix
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Index, Number, Variable


def normalised(p: Problem) -> tuple[Rewriting, ...]:
    """((δ_ij - 1/N) σ - (x_i - μ) (x_j - μ)/(N σ)) / σ²."""
    if not isinstance(p.e, Apply) or len(p.shape) != 1 or len(p.e.args) != 1:
        return ()
    options = dict(p.e.options)
    if set(options) - {"eps"}:
        return ()
    n, (i, j, _) = p.shape[0], letters(p, 3)
    mu, sigma = _names(p, options.get("eps", ZERO))
    centred = [Apply("sub", (Index(p.x, (k,)), mu)) for k in (i, j)]
    from_mean = Apply("mul", (Apply("sub", (Apply("delta", (i, j)), Apply("div", (ONE, n)))), sigma))
    from_deviation = Apply("div", (Apply("mul", tuple(centred)), Apply("mul", (n, sigma))))
    entry = Apply("div", (Apply("sub", (from_mean, from_deviation)), Apply("pow", (sigma, Number(2)))))
    where = tuple((v.name, v.definition) for v in (mu, sigma) if v.definition is not None)
    return (
        Rewriting(
            matrix(n, n, i, j, entry),
            f"(u/v)' = (u' v - u v') / v² with u = x_i - {mu.name} and v = {sigma.name}: "
            f"∂{mu.name}/∂x_j = 1/N, and ∂{sigma.name}/∂x_j = (x_j - {mu.name})/(N {sigma.name}), "
            f"because the x_k - {mu.name} sum to 0",
            where,
            rule="quotient rule",
        ),
    )


def scaled(p: Problem) -> tuple[Rewriting, ...]:
    """(δ_ij r - x_i x_j/(N r)) / r² of RMS norm, for r = √(mean x² + ε)."""
    if not isinstance(p.e, Apply) or len(p.shape) != 1 or len(p.e.args) != 1:
        return ()
    options = dict(p.e.options)
    if set(options) - {"eps"}:
        return ()
    n, (i, j, _) = p.shape[0], letters(p, 3)
    square: Expr = Apply("mean", (Apply("hadamard", (p.x, p.x)),))
    eps = options.get("eps", ZERO)
    root = Apply("sqrt", (square if eps == ZERO else Apply("add", (square, eps)),))
    r = Variable(fresh("r", p.taken), definition=root)
    own = Apply("mul", (Apply("delta", (i, j)), r))
    from_root = Apply("div", (Apply("mul", (Index(p.x, (i,)), Index(p.x, (j,)))), Apply("mul", (n, r))))
    entry = Apply("div", (Apply("sub", (own, from_root)), Apply("pow", (r, Number(2)))))
    said = f"(u/v)' = (u' v - u v') / v² with u = x_i and v = {r.name}: ∂{r.name}/∂x_j = x_j/(N {r.name})"
    return (Rewriting(matrix(n, n, i, j, entry), said, ((r.name, root),), rule="quotient rule"),)


def _names(p: Problem, eps: Expr) -> tuple[Variable, Variable]:
    taken = p.taken
    variance: Expr = Apply("var", (p.x,))
    root = Apply("sqrt", (variance if eps == ZERO else Apply("add", (variance, eps)),))
    mu = Variable(fresh("mu", taken), definition=Apply("mean", (p.x,)))
    return mu, Variable(fresh("sigma", taken), definition=root)
