"""Functions that jump: constant on both sides, no derivative at the jump.

sign(u)' = 0, H(u)' = 0    where no entry of u is 0        ⌊u⌋' = 0    where no entry of u is whole
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import Problem, Rewriting, zero
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply

_WHERE = {
    "sign": ("0", "from -1 to 1", "is constant on both sides of 0", "from neither side"),
    "heaviside": ("0", "from 0 to 1", "is constant on both sides of 0", "from neither side"),
    "floor": ("whole", "by 1", "is constant between whole numbers", "only that from the right, 0"),
    "ceil": ("whole", "by 1", "is constant between whole numbers", "only that from the left, 0"),
}
"""Where a function jumps, by how much, what it is elsewhere, and what is left of the derivative there."""


def jump(p: Problem) -> Rewriting | None:
    """∂ sign(u)/∂x = 0, and where this doesn't exist."""
    if not isinstance(p.e, Apply) or p.e.head not in _WHERE or len(p.e.args) != 1 or not depends(p.e, p.x):
        return None
    u = p.e.args[0]
    if p.e.head == "heaviside" and p.scalar and u == p.x:
        return None
    place, by, said, left = _WHERE[p.e.head]
    named = f"an entry of {to_text(u)}" if p.shape else to_text(u)
    return Rewriting(
        zero(p),
        f"{p.e.head} {said}: its derivative is 0; where {named} is {place} it jumps {by}, and there is no "
        f"derivative, {left}",
    )
