"""Facts that leave an open set of points, in which null sets are null."""

from __future__ import annotations

from symderiv.equality.refute.atoms import only_integers
from symderiv.expression.tree import Apply, Expr


def leaves_room(fact: Expr) -> bool:
    """Whether the points that satisfy a fact form an open set, in which borders are null sets."""
    if isinstance(fact, Apply) and fact.head == "and":
        return all(map(leaves_room, fact.args))
    return only_integers(fact) or (isinstance(fact, Apply) and fact.head in ("lt", "ne"))
