"""A Jacobian has its outputs row by row: it is the same for an array in another shape."""

from __future__ import annotations

from symderiv.derivation.rules.problem import D, Problem, Rewriting, count, shape, times
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Variable


def rearranged(p: Problem) -> Rewriting | None:
    """∂ reshape(u)/∂x = ∂u/∂x: the unit matrix times it."""
    if not isinstance(p.e, Apply) or p.e.head not in ("reshape", "flatten") or not (p.shape and p.wrt):
        return None
    u = p.e.args[0]
    if not shape(u):
        return None
    unit = Apply("eye", (count(u),))
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    lemma = ((D(p.e.rebuild((letter, *p.e.children[1:])), letter), unit),)
    reason = "a Jacobian has its outputs row by row: that of an array in another shape is the same"
    return Rewriting(times(unit, D(u, p.x)) if u != p.x else unit, reason, lemma=lemma)
