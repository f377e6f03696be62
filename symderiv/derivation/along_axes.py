"""Where free indices run: ``(A*ones(n))[i]`` asks about the entries that there are.

A value that reads ``x[i]`` says so by itself. An array that is computed, or a derivative by ``x[i]``, may
show it no more: ``(eye(n)*ones(n))[i]`` is 1 for i < n, and its formula ``Σ_k δ(i, k)`` is 0 beyond.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.expression.build import compare, subtract
from symderiv.expression.contents import contents
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Index, Number, Sequence, Variable


def along_axes(tree: Expr, free: Collection[Variable]) -> Iterator[Expr]:
    """That free indices lie inside of the computed arrays that are read at them, but for those in a case.

    Said without an end of the index by itself: one that ends is asked about each of its places.

    >>> from symderiv.expression.kinds import INDEX, SIZE
    >>> i, n = Variable("i", INDEX), Variable("n", SIZE)
    >>> print(*along_axes(Index(Apply("ones", (n,)), (i,)), {i}), sep=" and ")
    0 <= i and i + -1*n < 0
    """
    if Index not in contents(tree).classes or contents(tree).free.isdisjoint(free) or isinstance(tree, Cases):
        return
    if isinstance(tree, Binder):
        free = {index for index in free if index.name != tree.variable.name}
    for read in _computed(tree):
        yield from _inside(read, free)
    for child in tree.children:
        yield from along_axes(child, free)


def _computed(tree: Expr) -> Iterator[Index]:
    """An entry of which nothing need be read where it stands."""
    match tree:
        case Index(base=Variable(definition=None, value=None)):
            return
        case Index(base=base) if not isinstance(base, Sequence):
            yield tree
        case Apply(head=head, args=(_, Index(base=Variable()) as by)) if head in PLAIN_DERIVATIVES:
            yield by


def _inside(read: Index, free: Collection[Variable]) -> Iterator[Expr]:
    places = [subtract(tensor_of(at).value, Number(read.origin)) for at in read.indices]
    for place, size in zip(places, tensor_of(read.base).shape, strict=False):
        indices = {name for name in free_variables(place) if name.kind.index}
        if indices and indices.issubset(free):
            yield compare("le", ZERO, place)
            yield compare("lt", subtract(place, size), ZERO)
