"""The heads of derivatives, and which of them the shapes ask for."""

from __future__ import annotations

# ∂e/∂x as ``head(e, x)``.
PLAIN_DERIVATIVES = frozenset(("diff", "gradient", "jacobian"))
# With ``vjp(G, y, x)``, where a cotangent is multiplied from the left.
DERIVATIVES = PLAIN_DERIVATIVES | {"vjp"}


def derivative_head(rank: int, rank_wrt: int) -> str:
    """``diff`` by a number, ``gradient`` of a number by an array, else ``jacobian``.

    >>> derivative_head(0, 0), derivative_head(0, 2), derivative_head(1, 2)
    ('diff', 'gradient', 'jacobian')
    """
    if not rank_wrt:
        return "diff"
    return "jacobian" if rank else "gradient"
