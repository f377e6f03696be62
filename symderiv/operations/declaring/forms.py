"""Words for writing closed forms as trees: entries, nested arrays, deltas, and the shapes that names carry.

A closed form is written for arguments that are names or literal arrays: their shape is known without
evaluating anything. Whoever has compound arguments names them first.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError
from symderiv.expression.build import add as add_sizes
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
    walk,
)
from symderiv.operations.declaring.bound import names_in

_LETTERS = ("i", "j", "k", "l", "p", "q", "r", "s", "t", "u", "v", "w")


def shape_of(tree: Expr) -> tuple[Expr, ...]:
    """The shape of a name, of a slice of one, or of a literal array.

    >>> [n.value for n in shape_of(Sequence((ONE, ZERO, ONE)))]
    [3]
    """
    if isinstance(tree, Variable):
        if any(size is None for size in tree.kind.shape):
            raise MeaningError(f"the shape of {tree.name} is not known")
        return tuple(size for size in tree.kind.shape if size is not None)
    if isinstance(tree, Sequence) and tree.items:
        return (Number(len(tree.items)), *shape_of(tree.items[0]))
    if isinstance(tree, Index):
        return shape_of(tree.base)[len(tree.indices) :]
    return ()


def call(head: str, *args: Expr, **options: Expr) -> Expr:
    return Apply(head, args, tuple(options.items()))


def plus(*terms: Expr) -> Expr:
    """a + b + …, zeros left out."""
    kept = tuple(term for term in terms if term != ZERO)
    return ZERO if not kept else kept[0] if len(kept) == 1 else Apply("add", kept)


def minus(a: Expr, b: Expr) -> Expr:
    if isinstance(a, Number) and isinstance(b, Number):
        return Number(a.value - b.value)
    return a if b == ZERO else Apply("neg", (b,)) if a == ZERO else Apply("sub", (a, b))


def times(*factors: Expr) -> Expr:
    """a b …, ones left out."""
    if ZERO in factors:
        return ZERO
    kept = tuple(factor for factor in factors if factor != ONE)
    return ONE if not kept else kept[0] if len(kept) == 1 else Apply("mul", kept)


def over(a: Expr, b: Expr) -> Expr:
    return a if b == ONE else Apply("div", (a, b))


def squared(a: Expr) -> Expr:
    return Apply("pow", (a, Number(2)))


def entry(array: Expr, *at: Expr) -> Expr:
    """``array[at]``; a scalar is its own entry."""
    return Index(array, at) if at else array


def delta(i: Expr, j: Expr) -> Expr:
    return Apply("delta", (i, j))


def deltas(left: tuple[Expr, ...], right: tuple[Expr, ...]) -> Expr:
    return times(*(delta(i, j) for i, j in zip(left, right, strict=True)))


def where(condition: Expr, value: Expr, otherwise: Expr = ZERO) -> Expr:
    """``value if condition else otherwise``."""
    return value if condition == TRUE else Cases(((condition, value),), otherwise)


def both(*conditions: Expr) -> Expr:
    kept = tuple(part for condition in conditions for part in conjuncts(condition))
    return TRUE if not kept else kept[0] if len(kept) == 1 else Apply("and", kept)


def letters(count: int, *trees: Expr) -> tuple[Variable, ...]:
    """``i, j, k, …`` as index variables that occur in none of the trees."""
    taken = set(names_in(*trees, *_sizes_in(*trees)))
    chosen: list[Variable] = []
    for letter in _LETTERS[:count] if count <= len(_LETTERS) else ("i",) * count:
        name = fresh(letter, taken)
        taken.add(name)
        chosen.append(index_variable(name))
    return tuple(chosen)


def _sizes_in(*trees: Expr) -> tuple[Expr, ...]:
    """The sizes of the arrays in trees: a letter of them that is bound would hide the size."""
    arrays = {node for tree in trees for node in walk(tree) if isinstance(node, Variable)}
    return tuple(size for array in arrays for size in array.kind.shape if size is not None)


def array_of(shape: tuple[Expr, ...], formula: Callable[..., Expr], *trees: Expr) -> Expr:
    """``[[formula(i, j) for j in range(m)] for i in range(n)]``; the letters avoid those of ``trees``."""
    indices = letters(len(shape), *trees, *shape)
    body = formula(*indices)
    for index, size in zip(reversed(indices), reversed(shape), strict=True):
        body = Binder("array", body, index, ZERO, add_sizes(size, MINUS_ONE))
    return body


def total(size: Expr, formula: Callable[[Expr], Expr], *trees: Expr) -> Expr:
    """``sum(formula(m), (m, 0, size - 1))``, m a letter that occurs nowhere in it."""
    probe = formula(index_variable("_m"))
    taken = names_in(probe, *trees, *_sizes_in(probe, *trees))
    free = next((letter for letter in "mlqs" if letter not in taken), "m")
    index = index_variable(fresh(free, taken))
    return Binder("sum", formula(index), index, ZERO, add_sizes(size, MINUS_ONE))
