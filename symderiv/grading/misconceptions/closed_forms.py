"""The question with its Jacobians stated in closed form, where operations know one."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.grading.misconceptions.rewriting import nodes_of, replaced
from symderiv.operations import OPERATIONS
from symderiv.tensor import Tensor


def stated(tree: Expr) -> Iterator[Expr]:
    """The tree itself, the formula of a number, and the tree with a Jacobian in its closed form.

    What ``len(conv1d(x, w))`` comes to is a formula with a floor and a + 1 that can be forgotten.
    """
    yield tree
    formula = _formula(tree)
    if formula is not None:
        yield formula
    for node in list(nodes_of(tree)):
        form = closed_form(node)
        if form is not None:
            yield replaced(tree, node, form)


def _formula(tree: Expr) -> Expr | None:
    try:
        found = meaning(tree)
    except SymderivError:
        return None
    if (
        isinstance(found, Tensor)
        and not found.rank
        and found.value != tree
        and not isinstance(found.value, Number)
    ):
        return found.value
    return None


def closed_form(node: Expr) -> Expr | None:
    """``diag(p) - p pᵀ`` for ``jacobian(softmax(x), x)``: an operation's own closed form, for vectors."""
    if not isinstance(node, Apply) or node.head != "jacobian" or node.options:
        return None
    what, wrt = node.args
    while isinstance(what, Variable) and what.definition is not None:
        what = what.definition
    if not isinstance(what, Apply) or what.head not in OPERATIONS:
        return None
    operation = OPERATIONS[what.head]
    try:
        bound = operation.bind(what.args, what.options)
        for parameter, given in zip(operation.parameters, bound, strict=True):
            rule = operation.jacobians.get(parameter.name)
            if (
                rule is not None
                and given == wrt
                and isinstance(given, Variable)
                and len(given.kind.shape) == 1
            ):
                return rule(*bound)
    except SymderivError:
        return None
    return None
