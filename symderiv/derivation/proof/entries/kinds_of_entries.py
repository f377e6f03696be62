"""Small arrays whose entries are told apart by the entries that they read alone: one of each kind is proved.

What pooling sends back has the same formula at each place, of the entries in its window. Entries of an array
are independent of each other, so that what is proved for letters in their place holds at every place.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

from symderiv.derivation.proof import limits
from symderiv.equality import decide
from symderiv.equality.verdict import EVERYWHERE, Equal
from symderiv.expression.instantiation import expand
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable, walk
from symderiv.tensor import Tensor

MIN_ENTRIES = 12
"""So few are proved one by one."""


def is_comparison(part: Expr) -> bool:
    """One that is quick to use: a choice between several would multiply the cases of a proof."""
    return isinstance(part, Apply) and part.head in ("lt", "le", "ne", "eq")


Pair = tuple[Expr, Expr, Expr, Expr]
"""Two entries, each with the condition under which it exists."""


def by_kinds(left: Tensor, right: Tensor, facts: tuple[Expr, ...], seconds: float) -> Equal | None:
    """left = right, everywhere, if each kind of entries was proved; None where most are of their own kind."""
    entries = prod(left.sizes or ())
    if left.shape != right.shape or entries <= MIN_ENTRIES:
        return None
    kinds: dict[Pair, None] = {}
    for at in product(*(range(size) for size in left.sizes or ())):
        pair = _in_letters(_at(left, right, tuple(map(Number, at))))
        if pair is None:
            return None
        kinds[pair] = None
        if 2 * len(kinds) > entries:
            return None
    end = limits.until(seconds)
    by: list[str] = []
    for a, exists_a, b, exists_b in kinds:
        held = (*facts, *filter(is_comparison, conjuncts(exists_a)))
        verdict = decide(Tensor.scalar(a, exists_a), Tensor.scalar(b, exists_b), held, deadline=end)
        if not isinstance(verdict, Equal) or verdict.scope != EVERYWHERE:
            return None
        by.append(verdict.by)
    return Equal(max(by, key=len))


def _at(left: Tensor, right: Tensor, at: tuple[Expr, ...]) -> Pair:
    parts = (left.formula(*at), left.condition(*at), right.formula(*at), right.condition(*at))
    a, exists_a, b, exists_b = map(expand, parts)
    return a, exists_a, b, exists_b


def _in_letters(pair: Pair) -> Pair | None:
    """The pair with a letter for each entry of an array, as they occur; None if an array is left."""
    letters: dict[Expr, Expr] = {}
    a, exists_a, b, exists_b = (_lettered(part, letters) for part in pair)
    arrays = (node for part in (a, exists_a, b, exists_b) for node in walk(part) if _is_array(node))
    return None if any(True for _ in arrays) else (a, exists_a, b, exists_b)


def _lettered(e: Expr, letters: dict[Expr, Expr]) -> Expr:
    if (
        isinstance(e, Index)
        and isinstance(e.base, Variable)
        and all(isinstance(k, Number) for k in e.indices)
    ):
        name = f"·{len(letters)}"
        return letters.setdefault(e, Variable(name, replace(e.base.kind, shape=(), symmetric=False)))
    children = e.children
    return e.rebuild(tuple(_lettered(child, letters) for child in children)) if children else e


def _is_inside(at: tuple[Expr, ...], shape: tuple[Expr | None, ...]) -> bool:
    """Whether these numbers are a place of the array."""
    pairs = list(zip(at, shape, strict=False))
    plain = all(isinstance(k, Number) and isinstance(n, Number) and 0 <= k.value < n.value for k, n in pairs)
    return plain and len(at) == len(shape)


def _is_array(node: Expr) -> bool:
    return isinstance(node, Variable) and bool(node.kind.shape)
