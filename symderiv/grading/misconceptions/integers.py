"""Is a tree a whole number whatever sizes its names stand for? Read off the tree, for sizes and counts."""

from __future__ import annotations

from symderiv.expression.tree import Apply, Expr, Number, Variable

_CLOSED = frozenset({"add", "sub", "neg", "mul", "max", "min", "pos", "mod", "floordiv", "abs"})
_WHOLE = frozenset({"floor", "ceil", "len", "parameters", "multiplications", "additions", "operations"})


def is_whole(tree: Expr) -> bool:
    """Sums and products of sizes and whole numbers, floors, counts."""
    if isinstance(tree, Number):
        return isinstance(tree.value, int)
    if isinstance(tree, Variable):
        return not tree.kind.shape and (tree.kind.domain.integer or _defined_whole(tree))
    if isinstance(tree, Apply):
        if tree.head in _WHOLE:
            return True
        if tree.head == "pow":
            return all(is_whole(arg) for arg in tree.args)
        return tree.head in _CLOSED and all(is_whole(arg) for arg in tree.args)
    return False


def _defined_whole(name: Variable) -> bool:
    return name.definition is not None and is_whole(name.definition)
