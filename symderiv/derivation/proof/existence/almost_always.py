"""Conditions that hold almost everywhere, at every size: ‖u‖ ≠ 0, y_i ≠ t_i, 1 - t s ≠ 0.

Each is violated on a null set at each place, and finitely many places have a null set as well.
"""

from __future__ import annotations

from symderiv.derivation.proof.existence.free_entries import almost_never_zero, is_nonnegative
from symderiv.expression.build import subtract
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Number


def almost_always(condition: Expr) -> bool:
    """Whether a condition holds at almost all points, whatever its sizes and indices are."""
    match condition:
        case Binder(kind="forall"):
            return almost_always(condition.body)
        case Apply(head="and", args=parts):
            return all(map(almost_always, parts))
        case Apply(head="or", args=parts):
            return any(map(almost_always, parts))
        case Apply(head="le", args=(Number(value=0), total)) if is_nonnegative(total):
            return True
        case Apply(head="le" | "lt", args=(Number(value=0), total)):
            return is_nonnegative(total) and almost_never_zero(total)
        case Apply(head="ne", args=(a, b)):
            return almost_never_zero(subtract(a, b))
    return condition == TRUE
