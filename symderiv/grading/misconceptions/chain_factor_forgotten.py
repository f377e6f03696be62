"""A factor of the chain rule is forgotten: the inner derivative, or that of an activation on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.derivation import meaning
from symderiv.errors import SymderivError
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Call, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_one_node, replaced
from symderiv.tensor import Tensor

_ACTIVATIONS = ("sigmoid", "tanh", "relu", "exp", "log", "sin", "cos", "softplus", "abs")


def _outer_only(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in PLAIN_DERIVATIVES or len(node.args) != 2:
        return
    what, wrt = node.args
    while isinstance(what, Variable) and what.definition is not None:
        what = what.definition
    for inner in inner_expressions(what, wrt):
        named = _name_for(inner)
        if named is not None:
            yield Apply(node.head, (replaced(what, inner, named), named), node.options)
    for inner in inner_expressions(Apply("pos", (what,)), wrt):
        if _is_activation(inner):
            yield Apply(node.head, (replaced(what, inner, inner.children[0]), wrt), node.options)


def _is_activation(node: Expr) -> bool:
    """A function applied entry by entry: without it, its derivative is 1."""
    return isinstance(node, Call) or (isinstance(node, Apply) and node.head in _ACTIVATIONS)


def inner_expressions(what: Expr, wrt: Expr) -> list[Expr]:
    """Expressions inside ``what`` that still depend on ``wrt``, the outermost first, without ``wrt``."""
    found: list[Expr] = []
    waiting = list(what.children)
    while waiting:
        node = waiting.pop(0)
        if node != wrt and wrt in _deep(node) and node not in found:
            found.append(node)
        waiting.extend(node.children)
        if isinstance(node, Variable) and node.definition is not None:
            waiting.append(node.definition)
    return found[:10]


def _deep(node: Expr) -> frozenset[Variable]:
    names = free_variables(node)
    for name in tuple(names):
        if name.definition is not None:
            names |= _deep(name.definition)
    return names


def _name_for(inner: Expr) -> Variable | None:
    if isinstance(inner, Variable):
        return inner
    try:
        found = meaning(inner)
    except SymderivError:
        return None
    shape = tuple(found.shape) if isinstance(found, Tensor) else ()
    return Variable("_inner", replace(Kind(), shape=shape), definition=inner)


PATTERN = Misconception(
    "chain-factor-forgotten",
    "A factor of the chain rule is missing.",
    at_one_node(_outer_only),
    Example(("x: real",), "diff(exp(3*x), x)", "exp(3*x)"),
)
