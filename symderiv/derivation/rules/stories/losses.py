"""Log-softmax and cross-entropy: the logarithm of a sum of exponentials, and p - t."""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.derivation.rules.stories.story import letters, matrix, probabilities
from symderiv.expression.build import add
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Binder, Expr, Index, Variable

_LOG_OF_SUM = "∂ log Σ_k e^(x_k)/∂x_j = e^(x_j)/Σ_k e^(x_k), and ∂x_i/∂x_j is 1 if i = j, else 0"


def log_softmax(p: Problem) -> tuple[Rewriting, ...]:
    """δ_ij - e^(x_j) / Σ_k e^(x_k)."""
    if len(p.shape) != 1 or not isinstance(p.e, Apply) or p.e.options:
        return ()
    n = p.shape[0]
    i, j, k = letters(p, 3)
    exponentials = (Apply("exp", (Index(p.x, (letter,)),)) for letter in (j, k))
    one, each = exponentials
    share = Apply("div", (one, Binder("sum", each, k, ZERO, readable(add(n, MINUS_ONE)))))
    return (
        Rewriting(
            matrix(n, n, i, j, Apply("sub", (Apply("delta", (i, j)), share))), _LOG_OF_SUM, rule="chain rule"
        ),
    )


def cross_entropy(p: Problem) -> tuple[Rewriting, ...]:
    """Σ_i t_i (p_j - δ_ij) for labels that are a vector, p the softmax."""
    if not isinstance(p.e, Apply) or p.e.options or len(p.e.args) != 2 or len(p.wrt) != 1:
        return ()
    z, t = p.e.args
    if z != p.x or not isinstance(t, Variable) or t.kind.shape != p.x.kind.shape:
        return ()
    i, j, _ = letters(p, 3)
    s, where = probabilities(p, Apply("softmax", (z,)), p.wrt)
    term = Apply("mul", (Index(t, (i,)), Apply("sub", (Index(s, (j,)), Apply("delta", (i, j))))))
    last: Expr = readable(add(p.wrt[0], MINUS_ONE))
    entry = Binder("array", Binder("sum", term, i, ZERO, last), j, ZERO, last)
    return (Rewriting(entry, _LOG_OF_SUM.replace("x", "z"), where, rule="chain rule"),)
