"""From a closed form to entries: a small matrix typed out, first in symbols, then with the given numbers."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.expression.build import add
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    MINUS_ONE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
    walk,
)
from symderiv.operations.declaring.bound import bound_names
from symderiv.tensor import Tensor

MAX_SIDE = 8
MAX_TERMS = 5000
"""An entry with more is not worth the attempt to write it out: it would not become a short one."""

_ARITHMETIC = {"add", "sub", "mul", "div", "neg", "pow", "max", "min", "and", "or", "eq", "lt", "le"}
_LETTERS = "ijklpqrstuvw"


def tree_of(t: Tensor) -> Expr:
    """A tree that means the tensor: its table if it is small, else its entry formula."""
    sizes = t.sizes
    if sizes is not None and len(sizes) <= 2 and all(size <= MAX_SIDE for size in sizes):
        return table_of(t)
    return entry_formula(t)


def entry_formula(t: Tensor) -> Expr:
    """The array by a formula for its entries, however small it is."""
    indices = letters_for(t, t.rank)
    body = readable(instantiate(t.value, dict(zip(t.indices, indices, strict=True))))
    for index, size in zip(reversed(indices), reversed(t.shape), strict=True):
        body = Binder("array", body, index, ZERO, readable(add(size, MINUS_ONE)))
    return body


def letters_for(t: Tensor, count: int) -> tuple[Variable, ...]:
    """Index variables ``i, j, …`` that the tensor doesn't use."""
    names = free_variables(t.value).union(*map(free_variables, t.shape))
    taken = {v.name for v in names} | bound_names(t.value)
    return tuple(index_variable(letter) for letter in _LETTERS if letter not in taken)[:count]


def table_of(t: Tensor, instead: Callable[[tuple[int, ...]], Expr | None] = lambda at: None) -> Expr:
    """The array typed out; ``instead`` may say what stands at an index."""

    def entry(*at: int) -> Expr:
        return instead(at) or readable(t.entry(*map(Number, at)))

    def rows(sizes: tuple[int, ...], at: tuple[int, ...]) -> Expr:
        if not sizes:
            return entry(*at)
        return Sequence(tuple(rows(sizes[1:], (*at, k)) for k in range(sizes[0])))

    return rows(t.sizes or (), ())


def by_entries(node: Apply) -> Expr:
    """The derivative of each entry by the calculus of entry formulas."""
    t = tensor_of(node)
    if t.rank and t.value == ZERO:
        return Apply("zeros", tuple(map(readable, t.shape)))
    return tree_of(t)


def _given(tree: Expr) -> frozenset[Variable]:
    """Names that stand for numbers: literal arrays, and symbols with a value."""
    return frozenset(
        v for v in free_variables(tree) if v.value is not None or isinstance(v.definition, (Sequence, Number))
    )


def written_out(tree: Expr) -> Expr | None:
    """A small array in symbols, where its entries are short; numbers only given are kept as symbols."""
    if isinstance(tree, Sequence):
        return None
    if not (_given(tree) or any(isinstance(node, Binder) and node.kind == "array" for node in walk(tree))):
        return None
    t = tensor_of(tree, _given(tree))
    if t.sizes is None or not t.sizes or len(t.sizes) > 2 or max(t.sizes) > MAX_SIDE:
        return None
    if terms(t.value) > MAX_TERMS:
        return None
    table = table_of(t)
    entries = _entries(table)
    if _functions(entries) - _functions([tree]) or not all(map(_is_short, entries)):
        return None
    return table


def _entries(table: Expr) -> list[Expr]:
    if isinstance(table, Sequence):
        return [entry for item in table.items for entry in _entries(item)]
    return [table]


def _functions(trees: list[Expr]) -> set[str]:
    """The functions in trees, other than arithmetic: writing out p = softmax(x) would bring in exp."""
    return {n.head for tree in trees for n in walk(tree) if isinstance(n, Apply)} - _ARITHMETIC


def _is_short(entry: Expr) -> bool:
    return sum(1 for node in walk(entry) if not isinstance(node, (Index, Number))) <= 12


def numbers_put_in(tree: Expr) -> Expr | None:
    """The same with the given numbers, when these leave nothing but numbers."""
    if not _given(tree):
        return None
    t = tensor_of(tree)
    if t.sizes is None or len(t.sizes) > 2 or (t.sizes and max(t.sizes) > MAX_SIDE):
        return None
    return table_of(t)
