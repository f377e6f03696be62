"""Letters for sizes: what holds for every length n holds for length 3, and is sooner proved.

If the claim with n wherever 3 stood is proved for all n, then n = 3 gives back the claim as it was written.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import Apply, Expr, Number, Variable, transform, walk

_HEADS = frozenset("batch_norm layer_norm rms_norm softmax log_softmax attention rnn_cell".split())
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

    def general(node: Expr) -> Expr:
        if isinstance(node, Variable) and node.kind.shape:
            return Variable(node.name, _reshaped(node.kind, letters))
        return letters.get(node, node)

    return transform(left, general), transform(right, general)


def _is_size(size: Expr) -> bool:
    return isinstance(size, Number) and size.value > 1


def _reshaped(kind: Kind, letters: dict[Expr, Expr]) -> Kind:
    shape = tuple(size if size is None else letters.get(size, size) for size in kind.shape)
    return replace(kind, shape=shape)
