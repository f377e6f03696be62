"""Derivatives in an answer and in a key: is what an answer calls ``∂L/∂z`` the one that is asked for?"""

from __future__ import annotations

import time

from symderiv.derivation import meaning
from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.errors import SymderivError
from symderiv.exercise.written.left_sides.labels import is_label_of
from symderiv.exercise.written.left_sides.undeclared import is_a_derivative
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.tree import Apply, Call, Expr, Index, Variable, walk
from symderiv.language import Scope

_LOSSES = frozenset("L J E C ell loss Loss cost".split())
"""What students call a loss that the exercise calls otherwise."""

SECONDS = 0.2
"""How long a left side may take to be told for what is asked."""


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
    if mine is None:
        return False
    function, by = mine
    if asked is None:
        return _is_of_a_loss(function, by, key, scope)
    if one is None and (entry := _entry_of(function, by, scope)) is not None:
        return entry == asked  # ∂y_i/∂x_j
    if one is not None and not (isinstance(by, Index) and by.indices == one):
        return False  # of ∂L/∂s_0 not every derivative by an entry
    by = by.base if isinstance(by, Index) and (one is not None or is_label_of(by, scope)) else by
    if isinstance(function, Call) and function.args == (by,) and function != asked[0]:
        function = function.function  # d/dx g(x) of a g that nobody declared
    is_new = isinstance(function, Variable) and function.name not in scope.names
    is_loss = isinstance(function, Variable) and function.name in _LOSSES
    may_be = is_new and (is_loss or not isinstance(asked[0], Variable))
    return by == asked[1] and (function == asked[0] or may_be or is_written_out(function, asked[0]))


def is_written_out(function: Expr, asked: Expr) -> bool:
    """``d/dx ln(1 + e^x)`` where the key derives a name that stands for this."""
    if isinstance(function, Variable | Call):
        return False
    try:
        verdict = decide(meaning(function), meaning(asked), deadline=time.thread_time() + SECONDS)
    except (SymderivError, RecursionError, ArithmeticError):
        return False
    return isinstance(verdict, Equal)


def _is_of_a_loss(function: Expr, by: Expr, key: Expr | None, scope: Scope) -> bool:
    """``∂L/∂x`` of a loss that nobody declared, where the key is what the chain rule makes of it."""
    is_new = isinstance(function, Variable) and function.name not in scope.names
    inner = [] if key is None else [found for node in walk(key) if (found := derivative_of(node)) is not None]
    is_loss = is_new and isinstance(function, Variable) and function.name in _LOSSES
    return is_loss and any(by == asked for _, asked in inner)


def _entry_of(function: Expr, by: Expr, scope: Scope) -> tuple[Expr, Expr] | None:
    """What is derived by what, of ``∂y_i/∂x_j``; None where its indices aren't the axes of a result."""
    if not (isinstance(function, Index) and isinstance(by, Index)):
        return None
    places = [*function.indices, *by.indices]
    names = [place.name for place in places if isinstance(place, Variable)]
    are_axes = len(names) == len(places) == len(set(names)) and names == sorted(names)
    if not (are_axes and is_label_of(function, scope) and is_label_of(by, scope)):
        return None
    return function.base, by.base
