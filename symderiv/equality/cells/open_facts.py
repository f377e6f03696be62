"""Facts that leave an open set of points, in which null sets are null."""

from __future__ import annotations

from symderiv.equality.facts import only_integers
from symderiv.expression.affine import is_affine
from symderiv.expression.tree import Apply, Binder, Cases, Expr, walk

JUMPING = frozenset(("sign", "heaviside", "floor", "delta"))


def leaves_room(fact: Expr) -> bool:
    """Whether the points that satisfy a fact form an open set, in which borders are null sets."""
    if isinstance(fact, Apply) and fact.head == "and":
        return all(map(leaves_room, fact.args))
    if only_integers(fact):
        return True
    return isinstance(fact, Apply) and fact.head in ("lt", "ne") and not any(map(_jumps, walk(fact)))


def fills_a_plane(fact: Expr) -> bool:
    """Whether the points that satisfy a fact are as many as those of a plane, or as all.

    ``x[i] in {0, 1}`` for all i leaves none of which a part is null, nor does ``floor(x) == x``.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> fills_a_plane(Apply("le", (x, ONE))), fills_a_plane(Apply("eq", (Apply("floor", (x,)), x)))
    (True, False)
    """
    if only_integers(fact):
        return True
    match fact:
        case Apply(head="eq", args=(a, b)):
            return a == b or (is_affine(a) and is_affine(b))
        case Apply(head="lt" | "le" | "ne"):
            return not any(map(_jumps, walk(fact)))
        case Apply(head="and", args=args):
            return all(map(fills_a_plane, args))
        case Apply(head="or", args=args):
            return all(not _equates(arg) and fills_a_plane(arg) for arg in args)
        case Apply(head="not", args=(denied,)):
            return not any(_jumps(node) or _denies(node) for node in walk(denied))
        case Binder(kind="forall", body=body):
            return fills_a_plane(body)
    return False


def _equates(fact: Expr) -> bool:
    return any(isinstance(node, Apply) and node.head == "eq" for node in walk(fact))


def _denies(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head in ("ne", "not")


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
    """Does it jump where a real name moves? ``delta(i, j)`` of an identity matrix doesn't."""
    return isinstance(node, Cases) or (
        isinstance(node, Apply) and node.head in JUMPING and not only_integers(node)
    )
