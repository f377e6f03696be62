"""The Jacobian of an inverse: A A⁻¹ = 1 gives ∂A⁻¹ = -A⁻¹ (∂A) A⁻¹, row by row flattened -(A⁻¹ ⊗ A⁻ᵀ) ∂A."""

from __future__ import annotations

from symderiv.derivation.rules.problem import D, Problem, Rewriting, derivative_of, shape, times, transposed
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Variable


def inverse(p: Problem) -> Rewriting | None:
    """∂u⁻¹/∂x = -(u⁻¹ ⊗ u⁻ᵀ) ∂u/∂x."""
    if not isinstance(p.e, Apply) or p.e.head != "inv" or not p.wrt:
        return None
    u = p.e.args[0]
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    whole = Apply("inv", (letter,))
    lemma = ((derivative_of(whole, letter), _by_matrix(whole)),)
    form = _by_matrix(p.e)
    after = form if u == p.x else Apply("neg", (times(form.args[0], D(u, p.x)),))
    return Rewriting(after, "A inv(A) = 1, so inv(A)' = -inv(A) A' inv(A), row by row", lemma=lemma)


def _by_matrix(whole: Expr) -> Apply:
    return Apply("neg", (Apply("kron", (whole, transposed(whole))),))
