"""The quotient rule as textbooks use it for arrays: y = u/s has y' = (u' - y s')/s.

∂(u/s)/∂x = (∂u/∂x - y (∂s/∂x)ᵀ)/s       ∂(u/‖u‖)/∂x = (I - y yᵀ)/‖u‖ ∂u/∂x
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import D, Problem, Rewriting, shape, times, transposed
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import ONE, Apply, Expr, Variable


def quotient_of_arrays(p: Problem) -> Rewriting | None:
    """(u' - y s')/s of a number or a vector u and a number s, by an array."""
    if not isinstance(p.e, Apply) or p.e.head != "div" or not p.wrt or len(p.shape) > 1:
        return None
    u, s = p.e.args
    if shape(u) != p.shape or shape(s) or not depends(s, p.x) or (p.shape and len(p.wrt) > 1):
        return None
    y = Variable(fresh("y" if p.shape else "c", p.taken), Kind(shape=tuple(p.shape)), definition=p.e)
    where = ((y.name, p.e),)
    if p.shape and is_length(s, u):
        after = times(_off(y, u), D(u, p.x))
        name = y.name
        said = (
            f"{name} = u/‖u‖, u over its norm, changes across itself: {name}' = (I - {name} {name}ᵀ) u'/‖u‖"
        )
        return Rewriting(Apply("div", (after, s)), said, where, lemma=_of_length(u))
    slope = times(y, transposed(D(s, p.x)) if p.shape else D(s, p.x))
    above = Apply("sub", (D(u, p.x), slope)) if depends(u, p.x) else Apply("neg", (slope,))
    said = f"the quotient rule for {y.name} = u/s: {y.name}' = (u' - {y.name} s')/s"
    return Rewriting(Apply("div", (above, s)), said, where, lemma=_of_quotient(u))


def scaled(p: Problem) -> Rewriting | None:
    """∂(s u)/∂x = u (∂s/∂x)ᵀ + s ∂u/∂x of a number s and a vector u; by a number, of any array u."""
    if not isinstance(p.e, Apply) or p.e.head not in ("mul", "matmul") or not p.shape:
        return None
    if p.wrt and (len(p.shape), len(p.wrt)) != (1, 1):
        return None
    s = times(*(f for f in p.e.args if not shape(f)))
    u = times(*(f for f in p.e.args if shape(f)))
    if not depends(s, p.x) or shape(u) != p.shape:
        return None
    after: Expr = times(u, transposed(D(s, p.x))) if p.wrt else times(D(s, p.x), u)
    if depends(u, p.x):
        after = Apply("add", (after, times(s, D(u, p.x))))
    what = "a vector" if len(p.shape) == 1 else "an array"
    said = f"the product rule for a number and {what}: (s u)' = u s' + s u'"
    return Rewriting(after, said, lemma=_of_scaled(u) if p.wrt else ())


def _of_scaled(u: Expr) -> tuple[tuple[Expr, Expr], ...]:
    """∂(s u)/∂s = u and ∂(s u)/∂u = s I for letters s and u."""
    a, s = Variable("·u", Kind(shape=tuple(shape(u)))), Variable("·s")
    unit = Apply("eye", (readable(shape(u)[0]),))
    return (D(times(s, a), s), a), (D(times(s, a), a), times(s, unit))


def _off(y: Expr, u: Expr) -> Expr:
    """I - y yᵀ"""
    return Apply("sub", (Apply("eye", (readable(shape(u)[0]),)), times(y, transposed(y))))


def is_length(s: Expr, u: Expr) -> bool:
    """‖u‖, √(uᵀ u) or √(Σ u ⊙ u)"""
    square = (times(transposed(u), u), Apply("sum", (Apply("hadamard", (u, u)),)))
    return s == Apply("norm", (u,)) or any(s == Apply("sqrt", (each,)) for each in square)


def _of_length(u: Expr) -> tuple[tuple[Expr, Expr], ...]:
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    length = Apply("norm", (letter,))
    y = Apply("div", (letter, length))
    return ((D(y, letter), Apply("div", (_off(y, letter), length))),)


def _of_quotient(u: Expr) -> tuple[tuple[Expr, Expr], ...]:
    """∂(u/s)/∂u = 1/s and ∂(u/s)/∂s = -(u/s)/s for letters u and s."""
    a, s = Variable("·u", Kind(shape=tuple(shape(u)))), Variable("·s")
    y = Apply("div", (a, s))
    unit = Apply("eye", (readable(shape(u)[0]),)) if shape(u) else ONE
    return (D(y, a), Apply("div", (unit, s))), (D(y, s), Apply("neg", (Apply("div", (y, s)),)))


def unit_sent(u: Expr, G: Variable) -> tuple[Expr, dict[Variable, Expr], dict[Variable, Expr]] | None:
    """y = v/‖v‖ sends (G - (yᵀ G) y)/‖v‖ back to v: with a letter for v, and what this stands for."""
    match u:
        case Apply(head="div", args=(v, s)) if len(shape(v)) == 1 and not shape(s) and is_length(s, v):
            letter = Variable("·0", Kind(shape=tuple(shape(v))))
            length = Apply("norm", (letter,))
            y = Apply("div", (letter, length))
            off = Apply("sub", (G, times(times(transposed(y), G), y)))
            return y, {letter: v}, {letter: Apply("div", (off, length))}
    return None
