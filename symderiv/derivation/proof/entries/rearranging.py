"""What a rearrangement of entries does to derivatives, whatever the sizes are.

    ∂/∂x Σ G ⊙ reshape(x, …) = G in the shape of x         ∂ reshape(x, …)/∂x = 1
    ∂x[k]/∂x = e_kᵀ ⊗ 1

All have the entries row by row: the entry of the output, and of G, that is an entry of x stands at as many
places from the first as this does. So there is nothing to work out.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.vocabulary import count, shape
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import Apply, Expr, Index, Variable
from symderiv.operations.declaring.shapes import same_shape

_IN_A_ROW = ("reshape", "flatten", "vec")


def is_rearranged(left: Expr, right: Expr) -> bool:
    """Whether the right side is what the rearrangement in the left one sends back to a name.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Number
    >>> x, G = (Variable(name, Kind(shape=tuple(map(Number, n)))) for name, n in (("x", (6,)), ("G", (2, 3))))
    >>> weighed = Apply("sum", (Apply("hadamard", (G, Apply("reshape", (x, Number(2), Number(3))))),))
    >>> is_rearranged(Apply("gradient", (weighed, x)), Apply("reshape", (G, Number(6))))
    True
    """
    match left, right:
        case (
            Apply(
                head="gradient",
                args=(Apply(head="sum", args=(Apply(head="hadamard", args=(G, u)),), options=()), x),
                options=(),
            ),
            Apply(head="reshape", args=(sent, *_), options=()),
        ) if sent == G and isinstance(x, Variable) and not depends(G, x):
            return _is_of(u, x) and same_shape(shape(G), shape(u)) and same_shape(shape(right), shape(x))
        case Apply(head="jacobian", args=(u, Variable() as x), options=()), Apply(head="eye", args=(n,)):
            return _is_of(u, x) and n == count(x)
        case (
            Apply(head="jacobian", args=(Index(base=base, indices=(k,), origin=0) as u, Variable() as x)),
            Apply(
                head="kron", args=(Apply(head="transpose", args=(Apply(head="one_hot", args=(i, n)),)), unit)
            ),
        ) if base == x and not left.options:
            return i == k and n == shape_as_written(x)[0] and unit == Apply("eye", (count(u),))
    return False


def shape_as_written(x: Variable) -> tuple[Expr, ...]:
    """The sizes of an array as lines of a derivation have them."""
    return tuple(map(readable, shape(x)))


def _is_of(u: Expr, x: Variable) -> bool:
    return isinstance(u, Apply) and u.head in _IN_A_ROW and u.args[0] == x and not u.options
