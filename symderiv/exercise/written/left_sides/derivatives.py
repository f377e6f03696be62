"""Derivatives in an answer and in a key: is what an answer calls ``∂L/∂z`` the one that is asked for?"""

from __future__ import annotations

from symderiv.exercise.written.left_sides.labels import is_label_of
from symderiv.exercise.written.left_sides.undeclared import is_a_derivative
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.tree import Apply, Call, Expr, Index, Variable, walk
from symderiv.language import Scope

_LOSSES = frozenset("L J E C ell loss Loss cost".split())
"""What students call a loss that the exercise calls otherwise."""


def holds_derivative(key: Expr | None) -> bool:
    return key is not None and any(derivative_of(node) is not None for node in walk(key))


def says_derivative(left: str, key: Expr | None) -> bool:
    """``f'(z)`` where a formula is asked for that nothing in the exercise calls a derivative."""
    return is_a_derivative(left) and not holds_derivative(key)


def is_derivative(tree: Expr) -> bool:
    """Is this ``∂y/∂x``, ``∇L``, or a Jacobian?"""
    return derivative_of(tree) is not None and len(tree.children) > 1


def derivative_of(tree: Expr | None) -> tuple[Expr, Expr] | None:
    """What is derived by what: ``∂H/∂K`` may be a Jacobian or a gradient."""
    is_one = isinstance(tree, Apply) and tree.head in PLAIN_DERIVATIVES and len(tree.args) > 1
    return (tree.args[0], tree.args[1]) if is_one and isinstance(tree, Apply) else None


def is_derivative_of(said: Expr, key: Expr | None, scope: Scope) -> bool:
    """``∂L/∂z_i`` where the key derives by z: what a formula is called that has no name, or L itself."""
    one = key.indices if isinstance(key, Index) else None
    mine, asked = derivative_of(said), derivative_of(key.base if isinstance(key, Index) else key)
    if mine is None or asked is None:
        return False
    function, by = mine
    if one is not None and not (isinstance(by, Index) and by.indices == one):
        return False  # of ∂L/∂s_0 not every derivative by an entry
    by = by.base if isinstance(by, Index) and (one is not None or is_label_of(by, scope)) else by
    if isinstance(function, Call) and function.args == (by,) and function != asked[0]:
        function = function.function  # d/dx g(x) of a g that nobody declared
    is_new = isinstance(function, Variable) and function.name not in scope.names
    is_loss = isinstance(function, Variable) and function.name in _LOSSES
    may_be = is_new and (is_loss or not isinstance(asked[0], Variable))
    return by == asked[1] and (function == asked[0] or may_be)
