"""Letters for the indices of a printed entry formula."""

from __future__ import annotations

from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import Binder, Expr, Variable, index_variable, walk
from symderiv.tensor import Tensor


def free_letters(tensor: Tensor) -> tuple[Variable, ...]:
    """Letters for the indices of a tensor that nothing in it uses."""
    taken = {v.name for v in free_variables(tensor.value)}
    taken |= {v.name for size in tensor.shape for v in free_variables(size)}
    taken |= _bound_names(tensor.value)
    letters: list[Variable] = []
    for name in ("i", "j", "k", "l", "m", "n")[: tensor.rank] + ("i",) * max(0, tensor.rank - 6):
        letter = fresh(name, taken)
        taken.add(letter)
        letters.append(index_variable(letter))
    return tuple(letters)


def _bound_names(expr: Expr) -> set[str]:
    return {node.variable.name for node in walk(expr) if isinstance(node, Binder)}
