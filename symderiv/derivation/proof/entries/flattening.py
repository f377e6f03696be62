"""Jacobians before they are flattened: an axis for each index is proved without floors and remainders."""

from __future__ import annotations

from symderiv.calculus import derivative_tensor
from symderiv.derivation.meaning.forms import expanded
from symderiv.derivation.meaning.meaning import NOTHING_KEPT, tensor_of
from symderiv.derivation.meaning.reads import with_forgotten
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.proof.entries.kronecker import with_axes
from symderiv.equality.integers.whole import is_whole
from symderiv.expression.build import add, conjunction, delta, divide, mul
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable, walk
from symderiv.operations.declaring.existence import nonzero
from symderiv.operations.declaring.shapes import same_size
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Tensor


def unflattened(old: Expr, new: Expr) -> tuple[Tensor, Tensor]:
    """Two Jacobians with an axis for each index, before both are flattened in the same way."""
    arrays = _axes(old), _axes(new)
    if arrays[0] is not None and arrays[1] is None:
        arrays = arrays[0], _unit_like(arrays[0], new, _outputs(old))
    if arrays[0] is not None and arrays[1] is not None and arrays[0].shape == arrays[1].shape:
        return arrays[0], arrays[1]
    return tensor_of(old), tensor_of(new)


def _outputs(old: Expr) -> int | None:
    """How many axes of ∂e/∂x are those of e."""
    match old:
        case Apply(head="jacobian", args=(e, _), options=()):
            return len(shape_of(e))
    return None


def _unit_like(t: Tensor, tree: Expr, outputs: int | None) -> Tensor | None:
    """A Kronecker product, or a multiple of the unit matrix, with the axes of a Jacobian."""
    if isinstance(tree, Apply) and tree.head == "concat" and not tree.options:
        return (_unit_among_zeros if t.rank % 2 else _unit_in_rows)(t, tree.args)
    outputs = t.rank // 2 if outputs is None else outputs
    product = with_axes(tree, t, outputs)
    if product is not None:
        return product
    found = _multiple_of_unit(tree)
    if found is None:
        return None
    factor, n = found
    half = t.rank // 2
    outer, inner = t.shape[:half], t.shape[half:]
    if outer != inner or not same_size(mul(*outer), tensor_of(n).value):
        return None
    unit = Tensor.of(t.shape, lambda *at: mul(factor.value, *map(delta, at[:half], at[half:])))
    return unit.where(factor.defined)


def _multiple_of_unit(tree: Expr) -> tuple[Tensor, Expr] | None:
    """c and n of c times the unit matrix of size n: ``-eye(n)``, ``eye(n)/s``, ``a*eye(n)``."""
    units = [node for node in walk(tree) if isinstance(node, Apply) and node.head == "eye"]
    if len(units) != 1 or len(units[0].args) != 1 or not _is_multiple(tree, units[0]):
        return None
    factor = tensor_of(substitute(tree, {units[0]: ONE}))
    return None if factor.rank else (factor, units[0].args[0])


def _is_multiple(tree: Expr, unit: Expr) -> bool:
    """Whether a tree is its one ``eye(n)`` times, or over, numbers."""
    match tree:
        case Apply(head="mul" | "neg", args=factors, options=()):
            return any(_is_multiple(factor, unit) for factor in factors)
        case Apply(head="div", args=(above, _), options=()):
            return _is_multiple(above, unit)
    return tree == unit


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


def _unit_in_rows(t: Tensor, blocks: tuple[Expr, ...]) -> Tensor | None:
    """The unit matrix below zeros and above zeros: row i of a part stands in row s + i of all."""
    heads = [block.head if isinstance(block, Apply) else "" for block in blocks]
    if sorted(heads) != ["eye"] + ["zeros"] * (len(blocks) - 1):
        return None
    axes = t.rank // 2
    outer, inner = t.shape[:axes], t.shape[axes:]
    rows = [tensor_of(block).shape[0] for block in blocks]
    before = add(ZERO, *rows[: heads.index("eye")])
    first = before
    for size in inner[1:]:
        first = tidy_size(divide(first, size))
    wide = all(same_size(tensor_of(block).shape[1], mul(*inner)) for block in blocks)
    whole = is_whole(first) and same_size(mul(first, *inner[1:]), before)
    if not wide or not whole or outer[1:] != inner[1:] or not same_size(add(*rows), mul(*outer)):
        return None

    def entry(a: Expr, *at: Expr) -> Expr:
        return mul(delta(a, add(first, at[axes - 1])), *map(delta, at[: axes - 1], at[axes:]))

    return Tensor.of(t.shape, entry)


def _axes(tree: Expr) -> Tensor | None:
    """The array whose flattening a tree is: ∂e/∂x, ``reshape(…)``, the diagonal of a matrix, any over c."""
    match tree:
        case Apply(head="div", args=(above, below), options=()):
            return _over(_axes(above), tensor_of(below))
        case Apply(head="reshape", args=(array, *_), options=()):
            return tensor_of(array)
        case Apply(head="diag", args=(Apply(head="flatten", args=(matrix,)),), options=()):
            return _diagonal(tensor_of(matrix))
        case Apply(head="jacobian", args=(e, Variable() as x), options=()):
            t = tensor_of(e, frozenset((x,)))
            return expanded(with_forgotten(derivative_tensor(t, x), t), x, NOTHING_KEPT)
    return None


def _over(t: Tensor | None, number: Tensor) -> Tensor | None:
    """The entries over a number that isn't 0."""
    if t is None or number.rank:
        return None
    shared = Tensor(t.shape, t.indices, divide(t.value, number.value), t.defined)
    return shared.where(conjunction(number.defined, nonzero(number.value)))


def _diagonal(t: Tensor) -> Tensor | None:
    """δ_ik δ_jl a_ij, a row of it where a_ij exists; of more axes likewise."""
    if t.rank < 2:
        return None

    def entry(*at: Expr) -> Expr:
        return mul(*map(delta, at[: t.rank], at[t.rank :]), t.formula(*at[: t.rank]))

    whole = Tensor.of((*t.shape, *t.shape), entry)
    return whole.where(t.condition(*whole.indices[: t.rank]))
