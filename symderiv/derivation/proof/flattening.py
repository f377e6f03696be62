"""Jacobians before they are flattened: an axis for each index is proved without floors and remainders."""

from __future__ import annotations

from symderiv.calculus import derivative_tensor
from symderiv.derivation.meaning.forms import expanded
from symderiv.derivation.meaning.meaning import NOTHING_KEPT, tensor_of
from symderiv.expression.build import delta, mul
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, Apply, Expr, Number, Variable
from symderiv.operations.shapes import same_size
from symderiv.tensor import Tensor


def unflattened(old: Expr, new: Expr) -> tuple[Tensor, Tensor]:
    """Two Jacobians with an axis for each index, before both are flattened in the same way."""
    arrays = _axes(old), _axes(new)
    if arrays[0] is not None and arrays[1] is None:
        arrays = arrays[0], _unit_like(arrays[0], new)
    if arrays[0] is not None and arrays[1] is not None and arrays[0].shape == arrays[1].shape:
        return arrays[0], arrays[1]
    return tensor_of(old), tensor_of(new)


def _unit_like(t: Tensor, tree: Expr) -> Tensor | None:
    """The unit matrix, or its opposite, with the axes of a Jacobian of as many outputs as inputs."""
    match tree:
        case Apply(head="neg", args=(Apply(head="eye", args=(n,)),)):
            sign: Expr = MINUS_ONE
        case Apply(head="eye", args=(n,)):
            sign = ONE
        case Apply(head="concat", args=blocks, options=()) if t.rank % 2:
            return _unit_among_zeros(t, blocks)
        case _:
            return None
    half = t.rank // 2
    outer, inner = t.shape[:half], t.shape[half:]
    if outer != inner or not same_size(mul(*outer), tensor_of(n).value):
        return None
    return Tensor.of(t.shape, lambda *at: mul(sign, *map(delta, at[:half], at[half:])))


def _unit_among_zeros(t: Tensor, blocks: tuple[Expr, ...]) -> Tensor | None:
    """The unit matrix below zeros and above zeros: δ_ak δ_ij for the entries i of part a of a list."""
    heads = [block.head if isinstance(block, Apply) else "" for block in blocks]
    if sorted(heads) != ["eye"] + ["zeros"] * (len(blocks) - 1) or t.shape[0] != Number(len(blocks)):
        return None
    k, axes = heads.index("eye"), t.rank // 2
    outer, inner = t.shape[1 : axes + 1], t.shape[axes + 1 :]
    if outer != inner or not all(same_size(mul(*outer), tensor_of(block).shape[0]) for block in blocks):
        return None
    own = Number(k)
    return Tensor.of(t.shape, lambda a, *at: mul(delta(a, own), *map(delta, at[:axes], at[axes:])))


def _axes(tree: Expr) -> Tensor | None:
    """The array whose flattening a tree is: of ∂e/∂x, of ``reshape(…)``, of the diagonal of a matrix."""
    match tree:
        case Apply(head="reshape", args=(array, *_), options=()):
            return tensor_of(array)
        case Apply(head="diag", args=(Apply(head="flatten", args=(matrix,)),), options=()):
            return _diagonal(tensor_of(matrix))
        case Apply(head="jacobian", args=(e, Variable() as x), options=()):
            return expanded(derivative_tensor(tensor_of(e, frozenset((x,))), x), x, NOTHING_KEPT)
    return None


def _diagonal(t: Tensor) -> Tensor | None:
    """δ_ik δ_jl a_ij"""
    if t.rank != 2 or t.defined != TRUE:
        return None

    def entry(i: Expr, j: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        return mul(delta(i, k), delta(j, l), t.formula(i, j))

    return Tensor.of((*t.shape, *t.shape), entry)
