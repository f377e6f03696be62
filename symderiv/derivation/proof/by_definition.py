"""What ``vjp`` stands for: ``vjp(u, x, G)`` is written for ``∂/∂x Σ G ⊙ u``; the two need no proof."""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.expression.tree import Apply, Expr, Variable


def defines(left: Expr, right: Expr) -> bool:
    """Whether the right side is the left one by the definition of ``vjp``; G must not depend on x.

    >>> G, u, x = (Variable(name) for name in "Gux")
    >>> weighed = Apply("mul", (G, u))
    >>> defines(Apply("gradient", (weighed, x)), Apply("vjp", (u, x, G)))
    True
    >>> defines(Apply("gradient", (weighed, G)), Apply("vjp", (u, G, G)))
    False
    """
    match left, right:
        case (
            Apply(head="gradient", args=(weighed, Variable() as x), options=()),
            Apply(head="vjp", args=(u, y, G), options=()),
        ):
            return x == y and not depends(G, x) and _is_weighed(weighed, G, u)
    return False


def _is_weighed(tree: Expr, G: Expr, u: Expr) -> bool:
    """``Σ G ⊙ u``, or ``G u`` of two numbers."""
    match tree:
        case Apply(head="sum", args=(Apply(head="hadamard", args=pair),), options=()):
            return pair in ((G, u), (u, G))
        case Apply(head="mul", args=pair):
            return pair in ((G, u), (u, G)) and not any(map(_is_array, pair))
    return False


def _is_array(tree: Expr) -> bool:
    """Whether it may be one; of a product of arrays G u is another thing."""
    return not (isinstance(tree, Variable) and not tree.kind.shape)
