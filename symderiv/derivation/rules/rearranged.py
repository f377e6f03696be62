"""A Jacobian has its outputs and inputs row by row: that of an array in another shape, and of one slice."""

from __future__ import annotations

from symderiv.derivation.rules.problem import D, Problem, Rewriting, count, shape, times
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import Apply, Index, Number, Variable


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


def one_slice(p: Problem) -> Rewriting | None:
    """∂x[k]/∂x: the unit matrix in block k of the columns, zero in the others."""
    match p.e:
        case Index(base=base, indices=(k,)) if base == p.x and p.shape:
            place = Apply("sub", (k, Number(p.e.origin))) if p.e.origin else k
            block = Apply("transpose", (Apply("one_hot", (place, readable(p.wrt[0]))),))
            after = Apply("kron", (block, Apply("eye", (readable(mul(*p.shape)),))))
            return Rewriting(after, f"one slice of {p.x.name}: its own block of columns, zero in the others")
    return None
