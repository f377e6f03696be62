"""Rules for vectors and matrices: sums, linear maps, inner products, norms, weights."""

from __future__ import annotations

from symderiv.derivation.dependence import depends, mentions, paths
from symderiv.derivation.rules.names import inner_operations
from symderiv.derivation.rules.numbers import scalar_product
from symderiv.derivation.rules.problem import (
    D,
    Problem,
    Rewriting,
    derivative_of,
    diagonal,
    plus,
    shape,
    times,
    transposed,
)
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable
from symderiv.operations.declaring.shapes import same_shape


def linear(p: Problem) -> Rewriting | None:
    """∂(a + b)/∂x = ∂a/∂x + ∂b/∂x, and likewise for - and a minus sign."""
    if not isinstance(p.e, Apply) or p.e.head not in ("add", "sub", "neg", "pos"):
        return None
    if not all(same_shape(shape(term), p.shape) or _is_beside(term, p) for term in p.e.args):
        return _spread_out(p)
    if p.e.head == "neg":
        return Rewriting(Apply("neg", (D(p.e.args[0], p.x),)), "a minus sign stays outside")
    terms = [(k, term) for k, term in enumerate(p.e.args) if depends(term, p.x)]
    parts = tuple(
        Apply("neg", (D(term, p.x),)) if p.e.head == "sub" and k == 1 else D(term, p.x) for k, term in terms
    )
    dropped = len(p.e.args) - len(parts)
    rest = f"; what doesn't depend on {p.x.name} falls away" if dropped else ""
    said = f"the derivative of a sum is the sum of the derivatives{rest}"
    return Rewriting(plus(*parts), said, lemma=_of_terms(p) if p.shape and p.wrt else ())


def _is_beside(term: Expr, p: Problem) -> bool:
    """Whether a term without x stands beside itself along some axes of three or more."""
    return len(p.shape) > 2 and not depends(term, p.x) and bool(shape(term))


def _of_terms(p: Problem) -> tuple[tuple[Expr, Expr], ...]:
    """∂(a ± b)/∂a = I for letters a and b."""
    assert isinstance(p.e, Apply)
    letters = tuple(Variable(f"·{k}", Kind(shape=tuple(shape(term)))) for k, term in enumerate(p.e.args))
    total, unit = p.e.rebuild(letters), Apply("eye", (readable(mul(*p.shape)),))
    signs = (Apply("neg", (unit,)) if p.e.head == "sub" and k else unit for k in range(len(letters)))
    pairs = zip(p.e.args, letters, signs, strict=True)
    return tuple((D(total, letter), sign) for term, letter, sign in pairs if depends(term, p.x))


def _spread_out(p: Problem) -> Rewriting | None:
    """∂(u - s)/∂x = ∂u/∂x - 1 (∂s/∂x)ᵀ for a number s beside a vector u; by a matrix if s is constant."""
    if not isinstance(p.e, Apply) or len(p.shape) != 1 or not p.wrt:
        return None
    if len(p.wrt) != 1 and any(depends(term, p.x) and not shape(term) for term in p.e.args):
        return None
    if any(shape(term) not in ((), p.shape) for term in p.e.args):
        return None
    ones = Apply("ones", tuple(map(readable, p.shape)))
    parts: list[Expr] = []
    for k, term in enumerate(p.e.args):
        if not depends(term, p.x):
            continue
        part = D(term, p.x) if shape(term) else times(ones, transposed(D(term, p.x)))
        parts.append(Apply("neg", (part,)) if p.e.head == "sub" and k == 1 else part)
    return Rewriting(plus(*parts), "a number beside a vector belongs to every entry")


def quotient(p: Problem) -> Rewriting | None:
    """∂(u/s)/∂x = (∂u/∂x)/s - u (∂s/∂x)ᵀ/s² of a vector u, or by a number of any array, and a number s."""
    if not isinstance(p.e, Apply) or p.e.head != "div" or not p.shape:
        return None
    u, s = p.e.args
    if not same_shape(shape(u), p.shape) or shape(s):
        return None
    if not depends(s, p.x):
        return Rewriting(Apply("div", (D(u, p.x), s)), "a constant denominator stays below")
    if (len(p.shape) > 1 and p.wrt) or len(p.wrt) > 1:
        return None
    slope = transposed(D(s, p.x)) if p.wrt else D(s, p.x)
    second = Apply("div", (times(u, slope), Apply("pow", (s, Number(2)))))
    if not depends(u, p.x):
        return Rewriting(Apply("neg", (second,)), "(1/s)' = -s'/s²")
    return Rewriting(
        Apply("sub", (Apply("div", (D(u, p.x), s)), second)), "the quotient rule: (u/s)' = u'/s - u s'/s²"
    )


def product(p: Problem) -> Rewriting | None:
    """∂(u v)/∂x = u' v + u v' of numbers; A ∂u/∂x where A is constant."""
    if not isinstance(p.e, Apply) or p.e.head not in ("mul", "matmul"):
        return None
    moving = [k for k, factor in enumerate(p.e.args) if depends(factor, p.x)]
    if all(not shape(f) for f in p.e.args):
        return scalar_product(p, moving)
    if len(moving) == 1 and moving[0] == len(p.e.args) - 1 and p.shape:
        return _constant_matrix(p, p.e.args[:-1], p.e.args[-1])
    return _inner_product(p)


def _constant_matrix(p: Problem, left: tuple[Expr, ...], u: Expr) -> Rewriting | None:
    if len(shape(u)) != 1 and any(shape(a) for a in left):
        return None
    said = "a constant factor stays outside (u ↦ A u is linear)"
    if not p.wrt or not any(shape(a) for a in left):
        return Rewriting(times(*left, D(u, p.x)), said)
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    A = Variable("·A", Kind(shape=tuple(shape(times(*left)))))
    return Rewriting(times(*left, D(u, p.x)), said, lemma=((D(times(A, letter), letter), A),))


def _inner_product(p: Problem) -> Rewriting | None:
    """∂(uᵀ v)/∂x = (∂u/∂x)ᵀ v + (∂v/∂x)ᵀ u."""
    if p.shape or len(p.wrt) != 1 or not isinstance(p.e, Apply):
        return None
    left, v = p.e.args[0], times(*p.e.args[1:])
    if not shape(left) and not shape(v) and not depends(left, p.x):
        return Rewriting(times(left, D(v, p.x)), "a constant factor stays outside")
    if not (isinstance(left, Apply) and left.head == "transpose" and len(shape(v)) == 1):
        return None
    u = left.args[0]
    if len(shape(u)) != 1:
        return None
    terms = [times(transposed(D(a, p.x)), b) for a, b in ((u, v), (v, u)) if depends(a, p.x)]
    return Rewriting(plus(*terms), "the product rule for uᵀ v")


def entrywise_product(p: Problem) -> Rewriting | None:
    """∂(u ⊙ v)/∂x = diag(v) ∂u/∂x + diag(u) ∂v/∂x of vectors, of matrices flattened."""
    if not isinstance(p.e, Apply) or p.e.head != "hadamard" or not p.shape or not p.wrt:
        return None
    u, v = p.e.args
    moving = [(a, b) for a, b in ((u, v), (v, u)) if depends(a, p.x)]
    if not all(same_shape(shape(a), p.shape) for a, _ in moving):
        return None
    terms = [times(diagonal(_spread(b, p)), D(a, p.x)) for a, b in moving]
    return Rewriting(plus(*terms), "the product rule, entry by entry", lemma=_of_factors(p))


def _spread(a: Expr, p: Problem) -> Expr:
    """An array that stands beside itself along some axes, in full."""
    if not shape(a) or same_shape(shape(a), p.shape):
        return a
    return Apply("hadamard", (Apply("ones", tuple(map(readable, p.shape))), a))


def _of_factors(p: Problem) -> tuple[tuple[Expr, Expr], ...]:
    """∂(u ⊙ v)/∂u = diag(v) for letters in the place of u and v."""
    assert isinstance(p.e, Apply)
    names = zip(("·u", "·v"), p.e.args, strict=True)
    u, v = (Variable(name, Kind(shape=tuple(shape(a)))) for name, a in names)
    pairs = zip(p.e.args, (u, v), (v, u), strict=True)
    product = Apply("hadamard", (u, v))
    return tuple((D(product, a), diagonal(_spread(b, p))) for factor, a, b in pairs if depends(factor, p.x))


def weights(p: Problem) -> Rewriting | None:
    """∂L/∂W = δ vᵀ where L depends on W through u = W v + …, and δ = ∂L/∂u."""
    if p.shape or len(p.wrt) != 2:
        return None
    through = paths(p.e, p.x)
    if len(through) != 1 or mentions(p.e, p.x) or through[0].definition is None:
        return None
    u = through[0]
    v = _multiplied_by(through[0].definition, p.x)
    if v is None:
        return None
    return Rewriting(
        times(D(p.e, u), transposed(v)),
        f"{p.x.name} enters through {u.name} = {p.x.name} v + …; by linearity and the product rule "
        f"∂{u.name}_i/∂{p.x.name}_kl = δ_ik v_l",
        ((u.name, through[0].definition),),
        lemma=(_weights_of_letters(p.x, u, v),),
    )


def _weights_of_letters(W: Variable, u: Variable, v: Expr) -> tuple[Expr, Expr]:
    """∂/∂W Σ G ⊙ W v = G vᵀ, for letters in the place of G and v."""
    G, letter = (Variable(f"·{name}", Kind(shape=tuple(shape(a)))) for name, a in (("G", u), ("v", v)))
    weighed = Apply("sum", (Apply("hadamard", (G, times(W, letter))),))
    return derivative_of(weighed, W), times(G, transposed(letter))


def _multiplied_by(u: Expr, w: Variable) -> Expr | None:
    """v, where u is W v, or a sum of W v and terms without W."""
    if isinstance(u, Apply) and u.head == "add":
        moving = [term for term in u.args if depends(term, w)]
        return _multiplied_by(moving[0], w) if len(moving) == 1 else None
    if isinstance(u, Apply) and u.head in ("mul", "matmul") and len(u.args) == 2 and u.args[0] == w:
        return u.args[1] if len(shape(u.args[1])) == 1 and not depends(u.args[1], w) else None
    return None


def squared_norm(p: Problem) -> Rewriting | None:
    """∂‖u‖²/∂x = 2 (∂u/∂x)ᵀ u; 2 Σ u ⊙ ∂u/∂t by a number t."""
    if not isinstance(p.e, Apply) or p.e.head != "pow" or p.e.args[1] != Number(2) or len(p.wrt) > 1:
        return None
    root = p.e.args[0]
    if not isinstance(root, Apply) or root.head != "norm" or len(root.args) != 1 or root.options:
        return None
    u = root.args[0]
    if not p.wrt and shape(u):
        moved = Apply("sum", (Apply("hadamard", (u, D(u, p.x))),))
        return Rewriting(times(Number(2), moved), "‖u‖² = Σ u ⊙ u, and the product rule")
    if len(shape(u)) != 1 or not p.wrt:
        return None
    return Rewriting(times(Number(2), transposed(D(u, p.x)), u), "‖u‖² = uᵀ u, and the product rule")


def total(p: Problem) -> Rewriting | None:
    """∂(Σ u_i)/∂x = (∂u/∂x)ᵀ 1."""
    if not isinstance(p.e, Apply) or p.e.head != "sum" or len(p.e.args) != 1 or p.e.options:
        return None
    u = p.e.args[0]
    if len(shape(u)) != 1 or len(p.wrt) != 1 or inner_operations(p) or paths(p.e, p.x):
        return None
    ones = Apply("ones", tuple(map(readable, shape(u))))
    return Rewriting(times(transposed(D(u, p.x)), ones), "a sum adds up the rows of the Jacobian")


def pairing(p: Problem) -> Rewriting | None:
    """∂(Σ a ⊙ x)/∂x = a."""
    if not isinstance(p.e, Apply) or p.e.head != "sum" or len(p.e.args) != 1 or p.e.options:
        return None
    product = p.e.args[0]
    if not isinstance(product, Apply) or product.head != "hadamard":
        return None
    for a, x in (product.args, product.args[::-1]):
        if x == p.x and not depends(a, p.x) and shape(a) == p.wrt:
            return Rewriting(a, f"the sum is linear in {p.x.name}, with these coefficients")
    return None


def entry_of_vector(p: Problem) -> Rewriting | None:
    """∂u_k/∂x is row k of ∂u/∂x."""
    if not isinstance(p.e, Index) or p.shape or len(p.wrt) != 1 or len(p.e.indices) != 1:
        return None
    if isinstance(p.e.base, Variable) and p.e.base == p.x:
        place = Apply("sub", (p.e.indices[0], Number(p.e.origin))) if p.e.origin else p.e.indices[0]
        hot = Apply("one_hot", (place, readable(p.wrt[0])))
        return Rewriting(hot, "one entry of the vector itself: 1 at its place, 0 elsewhere")
    row = Index(D(p.e.base, p.x), p.e.indices, p.e.origin)
    return Rewriting(row, "one entry of a vector: one row of its Jacobian")
