"""What a derivation is asked for: the derivatives in its goal, what the goal says of indices and sizes."""

from __future__ import annotations

from symderiv.derivation.meaning.closing import range_facts
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Index, walk


def is_open(node: Expr) -> bool:
    """A derivative that is still to be worked out."""
    return isinstance(node, Apply) and node.head in DERIVATIVES and len(node.args) == 2 + (node.head == "vjp")


def ranges_of_indices(goal: Expr) -> tuple[Expr, ...]:
    """What a goal says of indices and sizes: in ``log(p[k])`` k is one of the places of p.

    ``cross_entropy(z, k)`` reads z[k] as well.
    """
    free = {name for name in free_variables(goal) if name.kind.index}
    found: dict[Expr, None] = {}
    function = goal.children[0] if is_open(goal) else goal  # its derivative asks no more of the sizes
    meant = tensor_of(function)
    for node in (*walk(goal), *walk(meant.value)) if free else ():
        if isinstance(node, Index) and free & set(node.indices):
            for k, size in zip(node.indices, tensor_of(node.base).shape, strict=False):
                if k in free and not node.origin:
                    found[range_facts(k, size)] = None
    said = (part for part in conjuncts(meant.defined) if _is_of_sizes(part))
    return tuple(dict.fromkeys((*found, *said)))


def _is_of_sizes(part: Expr) -> bool:
    names = free_variables(part)
    return isinstance(part, Apply) and part.head in ("le", "lt") and all(v.kind.domain.integer for v in names)
