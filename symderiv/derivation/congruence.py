"""Letters in the place of arrays that tidying only moves about: what holds for any arrays holds for these.

That (J K)ᵀ g is Kᵀ (Jᵀ g) has nothing to do with what the Jacobians J and K are.
"""

from __future__ import annotations

from symderiv.derivation.meaning import tensor_of
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Binder, Expr, Variable

_LOOKED_INTO = frozenset(
    "add sub neg mul div transpose hadamard log eye ones zeros diag reshape flatten".split()
)
"""What tidying looks into, and what it tells from its form."""


def in_letters(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """Both trees with the same letter for the same array; None if that leaves out nothing that counts.

    Every array after must have stood before too: the one side then exists wherever the other does.
    """
    letters: dict[Expr, Variable] = {}
    lettered = _put(before, letters)
    known = len(letters)
    tidied = _put(after, letters)
    return (lettered, tidied) if letters and len(letters) == known else None


def _put(tree: Expr, letters: dict[Expr, Variable]) -> Expr:
    if isinstance(tree, Apply) and tree.head not in _LOOKED_INTO and not _has_index(tree):
        size = tuple(tensor_of(tree).shape)
        if size:
            return letters.setdefault(tree, Variable(f"_letter{len(letters)}", Kind(shape=size)))
    if isinstance(tree, Binder) or not tree.children:
        return tree
    return tree.rebuild(tuple(_put(child, letters) for child in tree.children))


def _has_index(tree: Expr) -> bool:
    return any(name.kind.index for name in free_variables(tree))
