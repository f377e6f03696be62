"""What a Kronecker product sends back: (A ⊗ B)[k i + r, l j + s] = A_ij B_rs.

Σ_rs G[k i + r, l j + s] B_rs  to A            Σ_ij G[k i + r, l j + s] A_ij  to B
"""

from __future__ import annotations

from symderiv.derivation.rules.problem import shape
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.operations.declaring.forms import array_of, entry, plus, times, total


def form(u: Apply, k: int, G: Variable) -> Expr | None:
    """What it sends to its argument number k; None where the axes of the two don't pair up."""
    a, b = u.args
    if not shape(a) or len(shape(a)) != len(shape(b)) or u.options:
        return None
    other, block = u.args[1 - k], shape(b)

    def summed(own: tuple[Expr, ...], at: tuple[Expr, ...]) -> Expr:
        if len(at) < len(block):
            return total(shape(other)[len(at)], lambda i: summed(own, (*at, i)), u, G, *own, *at)
        outer, inner = (at, own) if k else (own, at)
        places = (plus(times(size, i), r) for size, i, r in zip(block, outer, inner, strict=True))
        return times(entry(G, *places), entry(other, *at))

    return array_of(shape(u.args[k]), lambda *own: summed(own, ()), u, G)
