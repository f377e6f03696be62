"""Entries that are zero beside a window, or off the diagonal: proved where they may be something else.

c [g] u = d [g] v      if c u = d v where g holds          δ_ik is [i = k]
"""

from __future__ import annotations

from symderiv.expression.build import add, compare, conjunction, disjunction, mul, negation
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts, disjuncts, factors_of
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Cases, Expr, Variable
from symderiv.tensor import Tensor

Pair = tuple[Tensor, Tensor]
Guard = frozenset[Expr]
Sizes = dict[Variable, Expr]


def where_not_zero(left: Tensor, right: Tensor) -> Pair | None:
    """Both arrays where the condition holds without which they are zero; None if there is no such one.

    Elsewhere the right side may ask for nothing more than the left one does.

    >>> from symderiv.expression.build import cases
    >>> from symderiv.expression.tree import Number, index_variable
    >>> i = index_variable("_0")
    >>> one = Tensor((Number(9),), (i,), cases(((compare("lt", i, Number(2)), i),), ZERO))
    >>> [str(side.value) for side in where_not_zero(one, one) or ()]
    ['_0', '_0']
    """
    at = left.indices
    sizes = dict(zip(at, left.shape, strict=True))
    guard, value = _parted(left.value, sizes)
    other_guard, other_value = _parted(right.formula(*at), sizes)
    if not guard or guard != other_guard:
        return None
    told, asked = conjuncts(left.defined), conjuncts(right.condition(*at))
    if not all(part in told or any(_fails(each, guard) for each in disjuncts(part)) for part in asked):
        return None
    sides = ((value, told), (other_value, (*told, *asked)))
    first, second = (_where(guard, left, entry, parts) for entry, parts in sides)
    return first, second


def _parted(value: Expr, sizes: Sizes) -> tuple[Guard, Expr]:
    """g and c u, of c [g] u; in g is nothing that the rest of it says."""
    guard: set[Expr] = set()
    rest: list[Expr] = []
    waiting = list(factors_of(value))
    while waiting:
        match waiting.pop(0):
            case Cases(branches=((condition, inner),), otherwise=otherwise) if otherwise == ZERO:
                guard.update(conjuncts(condition))
                waiting = [*factors_of(inner), *waiting]
            case Apply(head="delta" | "eq", args=(i, k)):
                guard.add(compare("eq", *sorted((i, k), key=str)))
            case factor:
                rest.append(factor)
    return frozenset(map(_in_order, guard - _bounds(guard, sizes))), mul(*rest)


def _bounds(guard: set[Expr], sizes: Sizes) -> set[Expr]:
    """0 ≤ a and a < n, which a = i says, too, for an index i of n entries."""
    pairs = {each.args for each in guard if isinstance(each, Apply) and each.head == "eq"}
    return {
        bound
        for pair in pairs
        for place, index in (pair, pair[::-1])
        if isinstance(index, Variable) and index in sizes
        for bound in _between(place, sizes[index])
    }


def _between(place: Expr, size: Expr) -> tuple[Expr, ...]:
    """As conditions write it."""
    last = add(size, MINUS_ONE)
    return compare("le", ZERO, place), compare("le", place, last), compare("lt", place, size)


def _in_order(condition: Expr) -> Expr:
    """The same for i = k and k = i."""
    if isinstance(condition, Apply) and condition.head == "eq":
        return compare("eq", *sorted(condition.args, key=str))
    return condition


def _where(guard: Guard, like: Tensor, value: Expr, asked: tuple[Expr, ...]) -> Tensor:
    """An entry where the guard holds: of indices that are the same the first."""
    put: dict[Variable, Expr] = {}
    sizes: Sizes = dict(zip(like.indices, like.shape, strict=True))
    for each in guard:
        match each:
            case Apply(head="eq", args=(Variable() as i, Variable() as k)) if i in sizes and k in sizes:
                put[k] = put.get(i, i)
    kept = (disjunction(*(each for each in disjuncts(part) if not _fails(each, guard))) for part in asked)
    defined = conjunction(*sorted(guard, key=str), *kept)
    return Tensor(like.shape, like.indices, instantiate(value, put), instantiate(defined, put))


def _fails(condition: Expr, guard: Guard) -> bool:
    """Whether a condition is the opposite of some of what is held."""
    opposite = conjuncts(negation(condition))
    return all(_in_order(part) in guard for part in opposite)
