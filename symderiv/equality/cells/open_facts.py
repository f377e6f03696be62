"""Facts that leave an open set of points, in which null sets are null."""

from __future__ import annotations

from symderiv.equality.facts import only_integers
from symderiv.expression.tree import Apply, Binder, Cases, Expr, walk

JUMPING = frozenset(("sign", "heaviside", "floor", "delta"))


def leaves_room(fact: Expr) -> bool:
    """Whether the points that satisfy a fact form an open set, in which borders are null sets."""
    if isinstance(fact, Apply) and fact.head == "and":
        return all(map(leaves_room, fact.args))
    if only_integers(fact):
        return True
    return isinstance(fact, Apply) and fact.head in ("lt", "ne") and not any(map(_jumps, walk(fact)))


def strictly(fact: Expr) -> Expr:
    """The fact without its border: where it holds, it holds all around, unless it is an equation.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> strictly(Apply("le", (Variable("x"), ONE))).head
    'lt'
    """
    match fact:
        case Apply(head="le", args=args) if not only_integers(fact):
            return Apply("lt", args)
        case Apply(head="and" | "or", args=args):
            return fact.rebuild(tuple(map(strictly, args)))
        case Binder(kind="forall", body=body):
            return Binder("forall", strictly(body), fact.variable, fact.lower, fact.upper, fact.condition)
    return fact


def _jumps(node: Expr) -> bool:
    return isinstance(node, Cases) or (isinstance(node, Apply) and node.head in JUMPING)
