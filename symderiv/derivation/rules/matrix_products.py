"""Jacobians of products of matrices, both flattened row by row: Kronecker products.

    ∂(A X B)/∂X = A ⊗ Bᵀ        ∂(A X v)/∂X = A ⊗ vᵀ        ∂(A Xᵀ v)/∂X = vᵀ ⊗ A
    ∂(u vᵀ)/∂u = I ⊗ v          ∂(u vᵀ)/∂v = u ⊗ I        ∂(A Xᵀ B)_ij/∂X_kl = A_il B_kj

Source: Magnus and Neudecker, *Matrix Differential Calculus*, chapter 2, section 4 (there for columns).
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import D, Problem, Rewriting, plus, shape, times, transposed
from symderiv.derivation.vocabulary import is_row
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, Apply, Expr, Index, Variable
from symderiv.operations.declaring.forms import array_of


def matrix_product(p: Problem) -> Rewriting | None:
    """∂(A u B)/∂x = (A ⊗ Bᵀ) ∂u/∂x, summed over the factors u that depend on x."""
    if not isinstance(p.e, Apply) or p.e.head not in ("mul", "matmul") or not (p.shape and p.wrt):
        return None
    factors = p.e.args
    moving = [k for k, factor in enumerate(factors) if depends(factor, p.x)]
    found = [_through(factors, k, p) for k in moving]
    known = [pair for pair in found if pair is not None]
    if len(known) < len(moving):
        return None
    first = next(factor for factor in factors if shape(factor))
    several = "; each factor in turn (the product rule)" if len(moving) > 1 else ""
    ways = dict.fromkeys(_said(factors[k], first, p) for k in moving)
    said = f"row by row flattened, {'; '.join(ways)}{several}"
    after = plus(*(times(outer, D(inner, p.x)) for outer, inner in known))
    return Rewriting(after, said, lemma=tuple(_lemma(factors, k, p) for k in moving))


def _said(u: Expr, first: Expr, p: Problem) -> str:
    if is_row(u) and u is first:
        return "vᵀ B is Bᵀ v, transposed"
    if len(p.shape) == 2 and _is_transposed(u) and not is_row(u):
        return "X transposed: (A Xᵀ B)_ij is Σ_kl A_il X_kl B_kj"
    if len(p.shape) == 2:
        return "A vᵀ, v transposed, is (A ⊗ I) v" if is_row(u) else "A X B is (A ⊗ Bᵀ) X"
    turned = "A Xᵀ v is (vᵀ ⊗ A) X: transposed, it changes sides"
    return turned if _is_transposed(u) else "A X v is (A ⊗ vᵀ) X"


def _lemma(factors: tuple[Expr, ...], k: int, p: Problem) -> tuple[Expr, Expr]:
    """The same for letters in the place of A, u and B."""
    numbers = tuple(f for f in factors if not shape(f))
    left, right = ([f for f in side if shape(f)] for side in (factors[:k], factors[k + 1 :]))
    before = [_letter(f, f"A{n}") for n, f in enumerate(left)] if _are_matrices(left) else left
    after = right if right and is_row(right[0]) else _as_letters(right)
    u = _letter(factors[k], "u")
    free = (*numbers, *before, u, *after)
    found = _through(free, free.index(u), p)
    assert found is not None
    return D(times(*free), found[1]), found[0]


def _are_matrices(factors: list[Expr]) -> bool:
    return all(len(shape(f)) == 2 for f in factors)


def _as_letters(right: list[Expr]) -> list[Expr]:
    """A letter for each factor; one for all that are together a vector."""
    if len(right) > 1 and _is_column(right[-1]):
        return [Variable("·B", Kind(shape=tuple(shape(times(*right)))))]
    return [_letter(factor, f"B{n}") for n, factor in enumerate(right)]


def _letter(factor: Expr, name: str) -> Expr:
    """A letter in the place of a factor; what is transposed stays so."""
    if isinstance(factor, Apply) and factor.head == "transpose":
        return transposed(_letter(factor.args[0], name))
    return Variable(f"·{name}", Kind(shape=tuple(shape(factor))))


def _through(factors: tuple[Expr, ...], k: int, p: Problem) -> tuple[Expr, Expr] | None:
    """(A ⊗ Bᵀ) and u, for the factor u at place k."""
    u, numbers = factors[k], tuple(f for f in factors if not shape(f))
    left = tuple(f for f in factors[:k] if shape(f))
    right = tuple(f for f in factors[k + 1 :] if shape(f))
    if any(depends(f, p.x) for f in numbers) or (any(map(_is_column, left)) and not is_row(u)):
        return None
    found = _kronecker(left, u, right, p)
    return None if found is None else (times(*numbers, found[0]), found[1])


def _kronecker(
    left: tuple[Expr, ...], u: Expr, right: tuple[Expr, ...], p: Problem
) -> tuple[Expr, Expr] | None:
    """The matrix by which the flattened u (or, of a row uᵀ, u) is multiplied, and what this is."""
    if is_row(u) and len(p.shape) == 2:
        columns = _turned(right, p.shape[1])
        return _pair(times(*left), columns) if left else columns, u.children[0]
    if _is_column(u):
        return _of_column(left, u, right, p)
    if len(shape(u)) != 2 or any(_is_column(f) for f in right[:-1]):
        return None
    rows = times(*left) if left else _unit(shape(u)[0])
    if len(p.shape) == 2 and _is_transposed(u):
        return _of_transposed(left, u.children[0], right, p), u.children[0]
    if len(p.shape) == 2:
        return _pair(rows, _turned(right, p.shape[1])), u
    column = transposed(times(*right))
    if _is_transposed(u):
        return _pair(column, rows), u.children[0]
    return _pair(rows, column), u


def _of_column(
    left: tuple[Expr, ...], u: Expr, right: tuple[Expr, ...], p: Problem
) -> tuple[Expr, Expr] | None:
    rows = times(*left) if left else _unit(shape(u)[0])
    if not right and len(p.shape) == 1:
        return rows, u
    if right and is_row(right[0]) and len(p.shape) == 2:
        column = times(*(_turned_factor(f) for f in reversed(right)))
        return _pair(rows, column), u
    return None


def _of_transposed(left: tuple[Expr, ...], X: Expr, right: tuple[Expr, ...], p: Problem) -> Expr:
    """A_il B_kj at row (i, j) and column (k, l): the entries of Xᵀ are those of X in another order."""
    A, B = (times(*side) if side else None for side in (left, right))

    def entry(i: Expr, j: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        return times(
            Apply("delta", (i, l)) if A is None else Index(A, (i, l)),
            Apply("delta", (k, j)) if B is None else Index(B, (k, j)),
        )

    rows, columns = (mul(*size) for size in (p.shape, shape(X)))
    array = array_of((*p.shape, *shape(X)), entry, *left, *right)
    return readable(Apply("reshape", (array, rows, columns)))


def _turned(right: tuple[Expr, ...], columns: Expr) -> Expr:
    """Bᵀ, the unit matrix where nothing stands to the right."""
    return times(*(_turned_factor(f) for f in reversed(right))) if right else _unit(columns)


def _turned_factor(factor: Expr) -> Expr:
    if isinstance(factor, Apply) and factor.head == "transpose":
        return factor.args[0]
    return transposed(factor)


def _pair(a: Expr, b: Expr) -> Expr:
    """a ⊗ b, of which a unit matrix of one entry is no part."""
    return b if a == _unit(ONE) else Apply("kron", (a, b))


def _unit(size: Expr) -> Expr:
    return Apply("eye", (readable(size),))


def _is_column(factor: Expr) -> bool:
    return len(shape(factor)) == 1


def _is_transposed(u: Expr) -> bool:
    """Xᵀ of a matrix X: flattened, X has its entries in another order."""
    return isinstance(u, Apply) and u.head == "transpose"
