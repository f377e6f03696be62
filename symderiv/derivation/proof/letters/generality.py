"""Letters for sizes: what holds for every length n holds for length 3, and is sooner proved.

If the claim with n wherever 3 stood is proved for all n, then n = 3 gives back the claim as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import SymderivError
from symderiv.expression.build import add
from symderiv.expression.kinds import POSITIVE, SIZE, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, Apply, Binder, Expr, Number, Variable, transform, walk

_HEADS = frozenset(
    "batch_norm instance_norm layer_norm rms_norm softmax log_softmax attention rnn_cell inv det".split()
)
"""Operations that are short for all sizes and long written out."""


def for_all_sizes(left: Expr, right: Expr) -> tuple[Expr, Expr] | None:
    """Both sides with letters for the sizes that are numbers; None for other operations, or without one."""
    heads = {node.head for node in walk(left) if isinstance(node, Apply)}
    names = {node for tree in (left, right) for node in walk(tree) if isinstance(node, Variable)}
    if not heads & _HEADS or any(name.definition is not None or name.value is not None for name in names):
        return None
    sizes = {size for name in names for size in name.kind.shape if size is not None and _is_size(size)}
    letters: dict[Expr, Expr] = {
        size: Variable(f"·n{k}", SIZE) for k, size in enumerate(sorted(sizes, key=str))
    }
    if not letters:
        return None

    epsilons = {eps: Variable("·eps", Kind(domain=POSITIVE)) for eps in _epsilons(left)}
    sides = tuple(_general(_lettered(side, epsilons), letters) for side in (left, right))
    return (sides[0], sides[1]) if all(map(_fits, sides)) else None


def _epsilons(tree: Expr) -> set[Expr]:
    """The one positive fraction that stands for ε, which is no size."""
    options = (option for node in walk(tree) if isinstance(node, Apply) for option in node.options)
    found = {value for name, value in options if name == "eps" and not free_variables(value)}
    return found if len(found) == 1 and all(map(_is_positive_fraction, found)) else set()


def _is_positive_fraction(tree: Expr) -> bool:
    if isinstance(tree, Number):
        return isinstance(tree.value, Fraction) and tree.value > 0
    value = tensor_of(tree).value if isinstance(tree, Apply) else tree
    return value != tree and isinstance(value, Number) and _is_positive_fraction(value)


def _lettered(tree: Expr, letters: Mapping[Expr, Variable]) -> Expr:
    return transform(tree, lambda node: letters.get(node, node)) if letters else tree


def _general(tree: Expr, letters: dict[Expr, Expr]) -> Expr:
    """The tree with a letter for each size that is a number; indices run to a size less 1, axes stay."""
    if tree in letters:
        return letters[tree]
    if isinstance(tree, Variable):
        return Variable(tree.name, _reshaped(tree.kind, letters)) if tree.kind.shape else tree
    if isinstance(tree, Binder) and isinstance(tree.upper, Number):
        size = letters.get(Number(tree.upper.value + 1))
        body, condition = (_general(part, letters) for part in (tree.body, tree.condition))
        upper = tree.upper if size is None else add(size, MINUS_ONE)
        return Binder(tree.kind, body, tree.variable, tree.lower, upper, condition)
    children = tree.children
    first = len(children) - (len(tree.options) if isinstance(tree, Apply) else 0)
    general = [
        _general(child, letters) if k < first or _is_array(child) else child
        for k, child in enumerate(children)
    ]
    return tree.rebuild(tuple(general)) if children else tree


def _is_array(option: Expr) -> bool:
    """``gamma=g`` is one, ``axis=2`` isn't."""
    return any(isinstance(node, Variable) and node.kind.shape for node in walk(option))


def _fits(tree: Expr) -> bool:
    """Whether the shapes go together with the letters, as they did with the numbers."""
    try:
        tensor_of(tree)
    except SymderivError:
        return False
    return True


def _is_size(size: Expr) -> bool:
    return isinstance(size, Number) and size.value > 1


def _reshaped(kind: Kind, letters: dict[Expr, Expr]) -> Kind:
    shape = tuple(size if size is None else letters.get(size, size) for size in kind.shape)
    return replace(kind, shape=shape)
