"""Letters in the place of arrays that tidying only moves about: what holds for any arrays holds for these.

That (J K)ᵀ g is Kᵀ (Jᵀ g) has nothing to do with what the Jacobians J and K are.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.dependence import depends
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.expression.build import add
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, has_free_index, substitute
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

_LOOKED_INTO = frozenset(
    "add sub neg mul div transpose hadamard log eye ones zeros diag reshape flatten".split()
)
"""What tidying looks into, and what it tells from its form."""


_NUMBERS = frozenset("norm sqrt std var".split())
"""Numbers that are as good as a letter."""


def in_letters(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """Both trees with the same letter for the same array; None if that leaves out nothing that counts.

    Every array after must have stood before too: the one side then exists wherever the other does.
    """
    letters: dict[Expr, Variable] = {}
    lettered = _put(before, letters)
    known = len(letters)
    tidied = _put(after, letters)
    return (lettered, tidied) if letters and len(letters) == known else None


def differing(before: Expr, after: Expr) -> tuple[Expr, Expr]:
    """The smallest parts in which two trees differ, if all round them is the same; these may occur often."""
    return _differing(before, after, {})


Known = dict[tuple[int, int], tuple[Expr, Expr]]


def _differing(before: Expr, after: Expr, known: Known) -> tuple[Expr, Expr]:
    if isinstance(before, Binder) and isinstance(after, Binder) and _binds_alike(before, after):
        return _differing(before.body, after.body, known)
    if not (isinstance(before, Apply) and isinstance(after, Apply) and _alike(before, after)):
        return before, after
    places = (id(before), id(after))
    if places not in known:
        known[places] = _one_of_places(before, after, known)
    return known[places]


def _one_of_places(before: Apply, after: Apply, known: Known) -> tuple[Expr, Expr]:
    """What the arguments differ in, if that is the same in all of those that differ."""
    changed = [k for k, (a, b) in enumerate(zip(before.args, after.args, strict=True)) if a != b]
    if before.head in DERIVATIVES and (before.head != "vjp" or changed != [2]):
        return before, after
    parts = {_differing(before.args[k], after.args[k], known) for k in changed}
    return parts.pop() if len(parts) == 1 else (before, after)


def _binds_alike(a: Binder, b: Binder) -> bool:
    """Whether two sums or lists over the same index differ in their bodies alone."""
    return a.body != b.body and a == b.rebuild((a.body, *b.children[1:]))


def _alike(a: Apply, b: Apply) -> bool:
    return a.head == b.head and len(a.args) == len(b.args) and a.options == b.options


def in_common_letters(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """Both trees with the same letter for an array that is written alike in both; None if there is none."""
    return _in_letters_of(before, after, frozenset())


def in_common_factors(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """The same, quotients and signs looked into: u/r in the one tree may be u and r in the other."""
    return _in_letters_of(before, after, frozenset(("div", "neg", "transpose")))


def _in_letters_of(before: Expr, after: Expr, looked_into: frozenset[str]) -> tuple[Expr, Expr] | None:
    visible = (node for node in _visible(before) if isinstance(node, Apply) and node.head not in looked_into)
    common = set(visible) & set(_visible(after))
    letters: dict[Expr, Variable] = {}
    for node in walk(before):
        if node in common and node not in letters and not has_free_index(node):
            size = shape_of(node)
            if (size or (isinstance(node, Apply) and node.head in _NUMBERS)) and node != before:
                letters[node] = Variable(f"_letter{len(letters)}", Kind(shape=size))
    return (_replaced(before, letters), _replaced(after, letters)) if letters else None


def _visible(tree: Expr) -> Iterator[Expr]:
    """The nodes of a tree, none inside a derivative."""
    yield tree
    if not (isinstance(tree, Apply) and tree.head in DERIVATIVES):
        for child in tree.children:
            yield from _visible(child)


def _replaced(tree: Expr, letters: dict[Expr, Variable]) -> Expr:
    """The largest parts that have a letter replaced, not inside what a derivative is taken of."""
    if tree in letters:
        return letters[tree]
    if (
        isinstance(tree, Binder)
        or not tree.children
        or (isinstance(tree, Apply) and tree.head in DERIVATIVES)
    ):
        return tree
    return tree.rebuild(tuple(_replaced(child, letters) for child in tree.children))


def without_definitions(old: Expr, new: Expr) -> tuple[Expr, Expr] | None:
    """Both sides of ∂e/∂x with plain letters for x and the names without it, if x has a definition."""
    if not isinstance(old, Apply) or len(old.args) < 2 or not isinstance(old.args[1], Variable):
        return None
    x = old.args[1]
    names = free_variables(old) | free_variables(new)
    plain: dict[Expr, Expr] = {
        v: Variable(v.name, v.kind)
        for v in names
        if v.definition is not None and (v == x or not depends(v, x))
    }
    if x.definition is None or not plain:
        return None
    return substitute(old, plain), substitute(new, plain)


def in_plain_names(old: Expr, new: Expr) -> tuple[Expr, Expr] | None:
    """Both sides with plain letters for the names behind which no derivative looks; None without one."""
    moving = _moving(old, new)
    named = filter(_is_computed, free_variables(old) | free_variables(new))
    plain: dict[Expr, Expr] = {
        v: Variable(v.name, v.kind)
        for v in named
        if v not in moving and not any(depends(v, w) for w in moving)
    }
    return (substitute(old, plain), substitute(new, plain)) if plain else None


def _moving(*trees: Expr) -> set[Variable]:
    """The names by which derivatives are taken."""
    return {name for tree in trees for node in walk(tree) if (name := _taken_by(node)) is not None}


def _is_computed(name: Variable) -> bool:
    """Whether a name stands for something computed, rather than for given numbers."""
    return name.definition is not None and not isinstance(name.definition, (Sequence, Number))


def at_plain_names(old: Expr, new: Expr) -> tuple[Expr, Expr] | None:
    """Both sides with plain letters for the names behind names, and for those that derivatives are taken by.

    Of z = W x and p = softmax(z) this leaves p = softmax(z) for any z. A name stays from which one by which a
    derivative is taken is computed; None if nothing is left out.
    """
    moving = _moving(old, new)
    used = free_variables(old) | free_variables(new)
    behind = {v for name in used if name.definition is not None for v in free_variables(name.definition)}
    named = {
        v for v in behind | moving if _is_computed(v) and not any(depends(v, w) for w in moving if v != w)
    }
    if not named:
        return None
    plain: dict[Expr, Expr] = {name: Variable(name.name, name.kind) for name in named}
    return _also_behind_names(old, plain), _also_behind_names(new, plain)


def _also_behind_names(tree: Expr, put: dict[Expr, Expr]) -> Expr:
    """The tree with parts replaced, in the definitions of its names too."""
    put = dict(put)
    for v in free_variables(tree):
        if v.definition is not None and v not in put:
            put[v] = Variable(v.name, v.kind, _also_behind_names(v.definition, put))
    return substitute(tree, put)


def _taken_by(node: Expr) -> Variable | None:
    if not isinstance(node, Apply) or node.head not in DERIVATIVES or len(node.args) < 2:
        return None
    x = node.args[1]
    base = x.base if isinstance(x, Index) else x
    return base if isinstance(base, Variable) else None


def without_constants(old: Expr, new: Expr) -> tuple[Expr, Expr] | None:
    """Both sides of ∂e/∂x with letters for what is computed in e from other names than x.

    What holds for all letters holds for their values, as far as these exist.
    """
    if not isinstance(old, Apply) or len(old.args) < 2 or not isinstance(old.args[1], Variable):
        return None
    letters: dict[Expr, Expr] = {}
    _gather_constants(old.args[0], old.args[1], letters)
    return (_also_behind_names(old, letters), _also_behind_names(new, letters)) if letters else None


def _gather_constants(e: Expr, x: Variable, letters: dict[Expr, Expr]) -> None:
    if isinstance(e, Binder) or e in letters:
        return
    if isinstance(e, Apply) and e.children and not depends(e, x):
        if _computes(e) and not has_free_index(e):
            letters[e] = Variable(f"_constant{len(letters)}", Kind(shape=shape_of(e)))
        return
    for child in e.children:
        _gather_constants(child, x, letters)


def _computes(e: Expr) -> bool:
    """Whether there is an operation on arrays of names in it, rather than a plain number."""
    return bool(free_variables(e)) and bool(shape_of(e))


def _put(tree: Expr, letters: dict[Expr, Variable]) -> Expr:
    if isinstance(tree, Apply) and tree.head == "vjp":
        return _linear(tree, letters)
    if isinstance(tree, Apply) and tree.head not in _LOOKED_INTO and not has_free_index(tree):
        size = shape_of(tree)
        if size:
            return letters.setdefault(tree, Variable(f"_letter{len(letters)}", Kind(shape=size)))
    if isinstance(tree, Binder) or not tree.children:
        return tree
    return tree.rebuild(tuple(_put(child, letters) for child in tree.children))


def _linear(tree: Apply, letters: dict[Expr, Variable]) -> Expr:
    """``vjp(u, x, G)`` is linear in G: Σ_o M[o, x] G[o] with a letter M for ∂u/∂x."""
    u, x, G = tree.args
    outer, inner = shape_of(u), shape_of(x)
    M = letters.setdefault(
        Apply("vjp", (u, x)), Variable(f"_letter{len(letters)}", Kind(shape=(*outer, *inner)))
    )
    indices = tuple(index_variable(f"_at{axis}") for axis in range(len(outer) + len(inner)))
    over, at = indices[: len(outer)], indices[len(outer) :]
    body: Expr = Apply("mul", (Index(M, indices), Index(_put(G, letters), over)))
    for name, size in zip(over, outer, strict=True):
        body = Binder("sum", body, name, ZERO, readable(add(size, MINUS_ONE)))
    for name, size in zip(reversed(at), reversed(inner), strict=True):
        body = Binder("array", body, name, ZERO, readable(add(size, MINUS_ONE)))
    return body
