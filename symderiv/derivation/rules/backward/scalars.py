"""A number that is computed from arrays: what its outermost operation sends back to each of them.

Σ u ⊙ v sends v to u,   tr U the unit matrix,   uᵀ v sends v to u,   ‖u‖² sends 2 u,   ‖u‖ sends u/‖u‖,
mean u sends 1/N to each entry,   var u sends 2 (u - mean u)/N,   std u sends (u - mean u)/(N std u)
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.backward.determinants import matrix_of, sent_to_matrix, with_matrix
from symderiv.derivation.rules.backward.sending import crosses
from symderiv.derivation.rules.problem import (
    Problem,
    Rewriting,
    count,
    derivative_of,
    plus,
    sent,
    shape,
    times,
)
from symderiv.expression.build import subtract
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, Apply, Expr, Index, Number, Variable
from symderiv.operations.declaring.shapes import same_shape

Sent = list[tuple[Expr, Expr]]

_SAID = {"ddof"}
"""Options that these forms speak of."""


def scalar_back(p: Problem) -> Rewriting | None:
    """∂s/∂x = Σ_u (∂u/∂x)ᵀ G_u over the arrays u that the number s is computed from at once."""
    if isinstance(p.e, Index) and not p.shape:
        return _one_entry(p, p.e)
    if p.shape or not isinstance(p.e, Apply) or not {name for name, _ in p.e.options} <= _SAID:
        return None
    factor, said, found = _sent(p.e)
    moving = [(u, G) for u, G in found if depends(u, p.x)]
    if not moving or not all(crosses(u, p.x) for u, _ in moving):
        return None
    after = times(factor, plus(*(sent(u, p.x, G) for u, G in moving)))
    return Rewriting(after, said, lemma=_lemma(p.e, p.x))


def _one_entry(p: Problem, s: Index) -> Rewriting | None:
    """u_k sends δ to the place k of u, and nothing to the others."""
    u, size = s.base, shape(s.base)
    if not isinstance(u, Apply) or not crosses(u, p.x) or len(size) not in (1, 2):
        return None
    places = (Apply("sub", (k, Number(s.origin))) if s.origin else k for k in s.indices)
    hot = [Apply("one_hot", (k, readable(n))) for k, n in zip(places, size, strict=True)]
    G = hot[0] if len(hot) == 1 else times(hot[0], Apply("transpose", (hot[1],)))
    letter = Variable("·u", Kind(shape=tuple(size)))
    lemma = ((derivative_of(Index(letter, s.indices, s.origin), letter), G),)
    return Rewriting(sent(u, p.x, G), "one entry of an array: 1 at its place, 0 elsewhere", lemma=lemma)


def _lemma(s: Apply, x: Variable) -> tuple[tuple[Expr, Expr], ...]:
    """The same of letters for the arrays, each apart from the others."""
    letters: dict[Expr, Expr] = {}
    plain = _lettered(s, letters)
    factor, _, found = _sent(plain)
    forms = {u: times(factor, G) for u, G in found if u in letters and depends(letters[u], x)}
    return tuple((derivative_of(plain, u), G) for u, G in forms.items())


def _lettered(s: Apply, letters: dict[Expr, Expr]) -> Expr:
    """s with a letter in the place of each array that it is computed from."""
    matrix = matrix_of(s)
    if matrix is not None:
        return with_matrix(s, _letter(matrix, letters))
    match s:
        case Apply(head="pow", args=(Apply(head="norm", args=(u,)) as root, n)):
            return Apply("pow", (root.rebuild((_letter(u, letters),)), n))
        case Apply(head="sum", args=(Apply(head="hadamard", args=(u, v)) as product,)):
            return Apply("sum", (product.rebuild((_letter(u, letters), _letter(v, letters))),))
        case Apply(head="mul" | "matmul", args=(Apply(head="transpose", args=(u,)), *rest)):
            row = Apply("transpose", (_letter(u, letters),))
            return Apply(s.head, (row, _letter(times(*rest), letters)))
    return Apply(s.head, tuple(_letter(u, letters) if shape(u) else u for u in s.args), s.options)


def _letter(u: Expr, letters: dict[Expr, Expr]) -> Variable:
    letter = Variable(f"·{len(letters)}", Kind(shape=tuple(shape(u))))
    letters[letter] = u
    return letter


def _sent(s: Expr) -> tuple[Expr, str, Sent]:
    """The arrays that s is computed from, each with ∂s/∂u, a number taken out, and what is said of it."""
    matrix = matrix_of(s)
    if matrix is not None:
        said, G = sent_to_matrix(s, matrix)
        return ONE, said, [(matrix, G)]
    match s:
        case Apply(head="pow", args=(Apply(head="norm", args=(u,), options=()), Number(value=2))):
            return Number(2), "the squared norm ‖u‖² = Σ u ⊙ u sends 2 u back (the power rule)", [(u, u)]
        case Apply(head="var", args=(u,)) if shape(u):
            N = "(N - ddof)" if s.options else "N"
            said = f"var u = Σ (u - mean u)²/{N} sends 2 (u - mean u)/{N} back to u"
            return Apply("div", (Number(2), _freedom(s))), said, [(u, centred(u))]
        case Apply(head="std", args=(u,)) if shape(u):
            N = "(N - ddof)" if s.options else "N"
            said = f"std u = √(var u) sends (u - mean u)/({N} std u) back to u"
            return Apply("div", (ONE, times(_freedom(s), s))), said, [(u, centred(u))]
        case Apply(head="norm", args=(u, Number(value=1))) if shape(u):
            sign = Apply("sign", (u,))
            return ONE, "the 1-norm Σ |u_i| sends sign u back to u, where no u_i is 0", [(u, sign)]
        case Apply(head="norm", args=(u,), options=()):
            return Apply("div", (ONE, s)), "the norm ‖u‖ sends u/‖u‖ back to u, where u ≠ 0", [(u, u)]
    said, found = _pairs(s)
    return ONE, said, found


def _freedom(s: Apply) -> Expr:
    """N, or N - ddof."""
    (u,), ddof = s.args, dict(s.options).get("ddof")
    return count(u) if ddof is None else readable(subtract(count(u), ddof))


def centred(u: Expr) -> Expr:
    """u - mean(u): what the mean does to the squares adds up to 0."""
    return Apply("sub", (u, Apply("mean", (u,))))


def _pairs(s: Expr) -> tuple[str, Sent]:
    match s:
        case Apply(head="sum", args=(Apply(head="hadamard", args=(u, v)),)) if same_shape(shape(u), shape(v)):
            return "the sum Σ u ⊙ v sends v back to u, u to v", [(u, v), (v, u)]
        case Apply(head="sum", args=(u,)) if shape(u):
            return "a sum sends 1 back to each entry", [(u, _ones(u))]
        case Apply(head="mean", args=(u,)) if shape(u):
            return "a mean sends 1/N back to each entry", [(u, Apply("div", (_ones(u), count(u))))]
        case Apply(head="trace", args=(u,)):
            return "the trace sends the unit matrix back", [(u, Apply("eye", (readable(shape(u)[0]),)))]
        case Apply(head="dot", args=(u, v)) if len(shape(u)) == len(shape(v)) == 1:
            return "the product rule: dot(u, v) = uᵀ v sends v back to u, u to v", [(u, v), (v, u)]
        case Apply(head="mul" | "matmul", args=(Apply(head="transpose", args=(u,)), *rest)):
            v = times(*rest)
            paired = len(shape(u)) == 1 and same_shape(shape(v), shape(u))
            return "the product rule: uᵀ v sends v back to u, u to v", [(u, v), (v, u)] if paired else []
    return "", []


def _ones(u: Expr) -> Expr:
    return Apply("ones", tuple(map(readable, shape(u))))
