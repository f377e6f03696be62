"""Arithmetic of oo with numbers: ``oo + 1 = oo``, ``2 oo = oo``, ``1/oo = 0``, ``max(x, -oo) = x``.

``oo - oo``, ``0 oo`` and ``oo/oo`` have no value and are left alone; whatever else has a value is a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import NEGATIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import divide, function, mul, negative
from symderiv.expression.tree import (
    FALSE,
    INFINITY,
    ONE,
    PI,
    TRUE,
    ZERO,
    Apply,
    Expr,
    Number,
    transform,
    walk,
)

LOW = negative(INFINITY)
ENDS: dict[str, tuple[Expr, Expr | None]] = {
    "exp": (INFINITY, ZERO),
    "log": (INFINITY, None),
    "abs": (INFINITY, INFINITY),
    "atan": (divide(PI, Number(2)), negative(divide(PI, Number(2)))),
    "tanh": (ONE, negative(ONE)),
}
"""The limits of functions at oo and at -oo."""


def by_infinities(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with what oo makes of a sum, a product, a power or a maximum."""
    sides = problem.sides
    if not any(map(_has_infinity, sides)):
        return None
    known = knowledge(problem.facts)
    a, b, defined_a, defined_b = (transform(side, lambda node: _settled(node, known)) for side in sides)
    changed = replace(problem, a=a, b=b, defined_a=defined_a, defined_b=defined_b)
    if changed == problem:
        return None
    same = a == b and defined_a == defined_b == TRUE
    proof = Proof("structure") if same else prove(changed)
    return proof and proof.through("arithmetic of oo")


def _has_infinity(expr: Expr) -> bool:
    return any(node == INFINITY for node in walk(expr))


def _settled(node: Expr, known: Knowledge) -> Expr:
    """The value where oo settles it, else the node itself."""
    if not isinstance(node, Apply) or node in (INFINITY, LOW) or not _has_infinity(node):
        return node
    rule = _RULES.get(node.head)
    if rule is not None:
        return rule(node, known) or node
    ends = ENDS.get(node.head)
    if ends is None or node.args[0] not in (INFINITY, LOW):
        return node
    return ends[node.args[0] == LOW] or node


def _parted(node: Apply) -> tuple[set[Expr], list[Expr]] | None:
    """The infinite arguments and the finite ones; nothing where one isn't known to be either."""
    infinite = {arg for arg in node.args if arg in (INFINITY, LOW)}
    finite = [arg for arg in node.args if arg not in infinite]
    return None if any(map(_has_infinity, finite)) else (infinite, finite)


def _sum(node: Apply, known: Knowledge) -> Expr | None:
    found = _parted(node)
    return found[0].pop() if found is not None and len(found[0]) == 1 else None


def _product(node: Apply, known: Knowledge) -> Expr | None:
    rest = [arg for arg in node.args if arg != INFINITY]
    if len(rest) != len(node.args) - 1 or any(map(_has_infinity, rest)):
        return None
    signs = known.quick_signs(mul(*rest))
    return INFINITY if signs == POSITIVE else LOW if signs == NEGATIVE else None


def _power(node: Apply, known: Knowledge) -> Expr | None:
    base, exponent = node.args
    if base not in (INFINITY, LOW) or _has_infinity(exponent):
        return None
    signs = known.quick_signs(exponent)
    if base == LOW:
        whole = isinstance(exponent, Number) and isinstance(exponent.value, int)
        return ZERO if whole and signs == NEGATIVE else None
    return ZERO if signs == NEGATIVE else INFINITY if signs == POSITIVE else None


def _extreme(node: Apply, known: Knowledge) -> Expr | None:
    found = _parted(node)
    if found is None:
        return None
    infinite, finite = found
    winner, loser = (INFINITY, LOW) if node.head == "max" else (LOW, INFINITY)
    if winner in infinite:
        return winner
    return function(node.head, *finite) if finite and loser in infinite else None


def _compared(node: Apply, known: Knowledge) -> Expr | None:
    found = _parted(node)
    if found is None or not found[0] or node.args[0] == node.args[1]:
        return None
    below = node.args[0] == LOW or node.args[1] == INFINITY
    holds = {"lt": below, "le": below, "eq": False, "ne": True}[node.head]
    return TRUE if holds else FALSE


_RULES: dict[str, Callable[[Apply, Knowledge], Expr | None]] = {
    "add": _sum,
    "mul": _product,
    "pow": _power,
    "max": _extreme,
    "min": _extreme,
    "lt": _compared,
    "le": _compared,
    "eq": _compared,
    "ne": _compared,
}
