"""Where an equality holds, in words: everywhere, or except on null sets that are named."""

from __future__ import annotations

from symderiv.equality.cells import Problem
from symderiv.equality.facts import parts
from symderiv.equality.prove import Proof
from symderiv.equality.verdict import EVERYWHERE
from symderiv.expression.build import compare
from symderiv.expression.text import to_text
from symderiv.expression.tree import FALSE, Apply, Expr, Number


def scope_of(exceptions: tuple[Expr, ...]) -> str:
    """``everywhere`` or ``except where x = 0``.

    >>> from symderiv.expression.tree import Apply, Variable, ZERO
    >>> scope_of((Apply("eq", (Variable("x"), ZERO)),))
    'except where x = 0'
    """
    named = dict.fromkeys(_named(e) for e in exceptions)
    return f"except where {' or '.join(sorted(named))}" if named else EVERYWHERE


def _named(equation: Expr) -> str:
    assert isinstance(equation, Apply)
    left, right = equation.args
    return f"{to_text(left)} = {to_text(right)}"


def structural(problem: Problem) -> Proof | None:
    """The same expression under the same conditions; its denominators' zeros are the scope."""
    if problem.a != problem.b or problem.defined_a != problem.defined_b:
        return None
    return Proof("structure", tuple(_zeros(problem.defined_a)))


def _zeros(defined: Expr) -> list[Expr]:
    found = []
    for part in parts((defined,)):
        equation = compare("eq", *part.args) if part.head == "ne" else FALSE
        if equation != FALSE and not all(isinstance(arg, Number) for arg in part.args):
            found.append(equation)
    return found


def shared_poles(problem: Problem, exceptions: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The exceptions left where "undefined" counts as a value that both sides may share."""
    shared = set(_zeros(problem.defined_a)) & set(_zeros(problem.defined_b))
    return tuple(e for e in exceptions if e not in shared)
