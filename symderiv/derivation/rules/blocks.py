"""One gate of stacked weights: the rows of W v + b that belong to it, differentiated as blocks.

y = block k of the rows of W v + b, g blocks of n rows each

∂y/∂W = e_kᵀ ⊗ (I ⊗ vᵀ)      ∂y/∂v = block k of W      ∂y/∂b = e_kᵀ ⊗ I
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import D, Lemma, Problem, Rewriting, plus, shape, times, transposed
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.parts import terms_of
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, Apply, Expr, Index, Number, Variable

Factors = dict[Variable, Expr]
"""What stands before ∂u/∂x, for each letter u."""


def block(p: Problem) -> Rewriting | None:
    """∂/∂x of ``reshape(W v + b, g, n)[k]``, for each matrix, vector and shift that moves."""
    match p.e:
        case Index(
            base=Apply(head="reshape", args=(a, Number() as g, n), options=()),
            indices=(Number() as k,),
            origin=0,
        ) if p.wrt and len(p.shape) == 1 and 0 <= k.value < g.value:
            pass
        case _:
            return None
    letters: dict[Variable, Expr] = {}
    terms = terms_of(a)
    lettered = Index(Apply("reshape", (plus(*(_lettered(term, letters) for term in terms)), g, n)), (k,))
    factors: Factors = {}
    for term in lettered.base.children[0].children if len(terms) > 1 else lettered.base.children[:1]:
        factors |= _factors(term, _selection(int(k.value), int(g.value), shape(lettered)[0]), lettered)
    moving = [name for name, given in letters.items() if depends(given, p.x)]
    put: dict[Expr, Expr] = dict(letters.items())
    lemma: Lemma = tuple((D(lettered, name), factors[name]) for name in moving)
    after = plus(*(times(readable(substitute(factors[name], put)), D(letters[name], p.x)) for name in moving))
    said = f"block {k.value} of the {g.value} blocks of rows: block by block, A X v is (A ⊗ vᵀ) X"
    return Rewriting(after, said, lemma=lemma)


def _lettered(term: Expr, letters: dict[Variable, Expr]) -> Expr:
    """``W v`` with a letter for the matrix and one for the vector, one letter for any other term."""
    match term:
        case Apply(head="mul" | "matmul" as head, args=(W, v)) if (len(shape(W)), len(shape(v))) == (2, 1):
            return Apply(head, (_letter(W, letters), _letter(v, letters)))
    return _letter(term, letters)


def _letter(given: Expr, letters: dict[Variable, Expr]) -> Variable:
    name = Variable(f"·{len(letters)}", Kind(shape=tuple(shape(given))))
    letters[name] = given
    return name


def _factors(term: Expr, E: Expr, y: Index) -> Factors:
    """Before ∂W, ∂v and ∂b."""
    _, g, n = y.base.children
    match term:
        case Apply(args=(Variable() as W, Variable() as v)):
            across = readable(shape(v)[0])
            rows = Index(Apply("reshape", (W, g, n, across)), y.indices)
            return {W: Apply("kron", (E, transposed(v))), v: rows}
        case Variable():
            return {term: E}
    return {}


def _selection(k: int, g: int, n: Expr) -> Expr:
    """(0 I 0), n rows and g n columns."""

    def zeros(blocks: int) -> tuple[Expr, ...]:
        sizes = (readable(n), readable(mul(Number(blocks), n)))
        return (Apply("zeros", sizes),) if blocks else ()

    parts = (*zeros(k), Apply("eye", (readable(n),)), *zeros(g - 1 - k))
    return Apply("concat", parts, (("axis", ONE),)) if g > 1 else parts[0]
