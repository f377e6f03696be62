"""``X[k]`` in the place of the name that it had while it was differentiated by: outside, k says nothing."""

from __future__ import annotations

from symderiv.derivation.dependence import reached
from symderiv.errors import MeaningError
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Binder, Expr, Variable, transform, walk


def slices_back(tree: Expr) -> Expr | None:
    """The tree without names for what changes with a bound index; None where there are none."""
    after = transform(tree, _written_out)
    return None if after == tree else after


def _written_out(node: Expr) -> Expr:
    if not isinstance(node, Binder):
        return node
    body, index = node.body, frozenset((node.variable,))
    while found := moving(body, index):
        if index & bound_in(body):
            raise MeaningError(f"the index {node.variable.name} means two things here (take another letter)")
        body = _put_in(body, found)
    return node.rebuild((body, *node.children[1:]))


def _put_in(body: Expr, found: dict[Expr, Expr]) -> Expr:
    return transform(body, lambda part: found.get(part, part))


def moving(tree: Expr, bound: frozenset[Variable]) -> dict[Expr, Expr]:
    """The names in a tree whose definitions change with bound indices, each with its definition."""
    return {
        v: v.definition
        for v in free_variables(tree)
        if v.definition is not None and bound & reached(v.definition)
    }


def bound_in(tree: Expr) -> frozenset[Variable]:
    """The indices that are bound somewhere in a tree."""
    return frozenset(node.variable for node in walk(tree) if isinstance(node, Binder))
