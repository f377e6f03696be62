"""The question in other words: a Jacobian in closed form, a derivative derived, a correlation as a sum."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation import meaning
from symderiv.derivation.derive import unproved_result
from symderiv.errors import SymderivError
from symderiv.expression.build import add, mul
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    MINUS_ONE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Text,
    Variable,
    index_variable,
)
from symderiv.grading.misconceptions.rewriting import nodes_of, option, replaced
from symderiv.grading.misconceptions.written_counts import written_counts
from symderiv.operations import OPERATIONS
from symderiv.tensor import Tensor


def stated(tree: Expr) -> Iterator[Expr]:
    """The tree itself, a number's formula, counts written out, what a derivative comes to, a closed form.

    What ``len(conv1d(x, w))`` comes to is a formula with a floor and a + 1 that can be forgotten.
    """
    yield tree
    for other in (_derived(tree), as_sum(tree), written_counts(tree)):
        if other is not None:
            yield other
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


def _derived(tree: Expr) -> Expr | None:
    """What a derivative comes to by the rules, where that is a formula; unproved: wrong forms are proved."""
    if not isinstance(tree, Apply) or tree.head not in DERIVATIVES:
        return None
    try:
        found = unproved_result(tree)
    except (SymderivError, RecursionError, ArithmeticError):
        return None
    return found if found is not None and free_variables(found) else None


def as_sum(tree: Expr) -> Expr | None:
    """``[Σ_j x[i + j - (k - 1)] w[j] for i in …]`` for the correlation of two vectors, mode full or valid."""
    if not isinstance(tree, Apply) or tree.head != "correlate" or len(tree.args) != 2:
        return None
    x, w = tree.args
    kernel, flipped = (w.args[0], True) if isinstance(w, Apply) and w.head == "flip" else (w, False)
    mode = option(tree, "mode")
    if not isinstance(x, Variable) or not isinstance(kernel, Variable) or mode not in _SHIFTS:
        return None
    length, k = meaning(tree), kernel.kind.shape[0]
    if not isinstance(length, Tensor) or k is None:
        return None
    i, j, last = index_variable("_i"), index_variable("_j"), add(k, MINUS_ONE)
    at = add(last, mul(MINUS_ONE, j)) if flipped else j
    entry = Apply("mul", (Index(x, (add(i, j, mul(Number(_SHIFTS[mode]), last)),)), Index(kernel, (at,))))
    inside = Binder("sum", entry, j, ZERO, last)
    return Binder("array", inside, i, ZERO, add(length.shape[0], MINUS_ONE))


_SHIFTS: dict[Expr | None, int] = {Text("full"): -1, Text("valid"): 0}


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
