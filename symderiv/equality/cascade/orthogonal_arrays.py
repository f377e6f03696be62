"""Facts that say of a square array that it is orthogonal: at every size there is one, the identity."""

from __future__ import annotations

from symderiv.equality.given.throughout import said_throughout
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Variable

Facts = tuple[Expr, ...]


def without_orthogonal_arrays(facts: Facts, exception: Expr) -> Facts:
    """The facts but those on orthogonal arrays of which neither the exception nor any other fact speaks.

    Whatever the rest leaves at a size, such an array may stand beside it.
    """
    arrays = {fact: _orthogonal(fact) for fact in facts}
    named = {name for fact in facts if arrays[fact] is None for name in free_variables(fact)}
    named |= free_variables(exception)
    return tuple(fact for fact in facts if arrays[fact] is None or arrays[fact] in named)


def _orthogonal(fact: Expr) -> Variable | None:
    """The square array of which a fact says that ``Qᵀ Q`` or ``Q Qᵀ`` is the identity, and nothing else."""
    said = list(said_throughout(fact)) if isinstance(fact, Binder) else []
    if len(said) != 1 or len(said[0][0]) != 2:
        return None
    ends, equation = said[0]
    match equation:
        case Apply(head="eq", args=(Binder(kind="sum") as total, Apply(head="delta", args=pair))):
            array = _paired(total, pair)
        case Apply(head="eq", args=(Apply(head="delta", args=pair), Binder(kind="sum") as total)):
            array = _paired(total, pair)
        case _:
            return None
    if array is None or set(pair) != set(ends) or total.upper is None:
        return None
    rows, columns = array.kind.shape
    if rows is None or columns is None or not is_zero(subtract(rows, columns)):
        return None
    last = subtract(rows, ONE)
    return array if all(is_zero(subtract(last, end)) for end in (*ends.values(), total.upper)) else None


def _paired(total: Binder, pair: tuple[Expr, ...]) -> Variable | None:
    """Q of ``Σ_k Q[k, i] Q[k, j]`` or ``Σ_k Q[i, k] Q[j, k]``, from 0 on."""
    k = total.variable
    if total.lower != ZERO or total.condition != TRUE:
        return None
    match factors_of(total.body):
        case (Index(base=Variable() as array, indices=one), Index(base=other, indices=two)) if array == other:
            for axis in (0, 1):
                if (
                    len(one) == 2
                    and one[axis] == two[axis] == k
                    and {one[1 - axis], two[1 - axis]} == set(pair)
                ):
                    return array
    return None
