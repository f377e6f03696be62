"""A letter for what comes back from later layers: vjp(u, x, δ), where δ = ∂L/∂u has become long.

The layers before it see δ as one array, as textbooks write it; its formula is said once.
"""

from __future__ import annotations

from symderiv.derivation.dependence import reached, sizes
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.tidying.slices_back import bound_in
from symderiv.expression.contents import contents
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import Apply, Expr, Variable, walk

LONG = 150
"""From how many nodes on it has a letter."""


def named_upstream(node: Apply, line: Expr) -> tuple[Expr, Variable] | None:
    """The G of ``vjp(u, x, G)`` and a name for it, if it is long and stands for an array."""
    G = node.args[2] if node.head == "vjp" else None
    if G is None or contents(G).size < LONG or not shape_of(G) or not _is_plain(node.args[0]):
        return None
    names, bound = reached(line), bound_in(line)
    if bound & reached(G):
        return None
    taken = {v.name for v in names} | sizes(names) | {k.name for k in bound}
    name = fresh("Delta" if len(shape_of(G)) > 1 else "delta", taken)
    return G, Variable(name, Kind(shape=shape_of(G)), definition=G)


def _is_plain(u: Expr) -> bool:
    """Whether u is still a layer to be gone through, not a last product."""
    return any(isinstance(node, Apply) and node.head in _LAYERS for node in walk(u))


_LAYERS = frozenset("sigmoid tanh relu softmax gelu silu layer_norm batch_norm".split())
