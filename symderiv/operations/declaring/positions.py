"""How many different positions s u + d a there are, for 0 ≤ u < n and 0 ≤ a < k.

With g = gcd(s, d), s u + d a stays as it is when u grows by d/g and a falls by s/g; so there are

    n k - max(n - d/g, 0) max(k - s/g, 0)

of them: the outputs of a transposed convolution before it is cut, the entries that overlapping windows read.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd

from symderiv.errors import MeaningError
from symderiv.expression.build import function, mul, subtract
from symderiv.expression.tree import ONE, ZERO, Expr, Index, Number, Variable, walk
from symderiv.operations.declaring.sizes import factors_of


def positions(n: Expr, k: Expr, s: Expr, d: Expr) -> Expr:
    """n k - max(n - d/g, 0) max(k - s/g, 0)

    >>> positions(Number(3), Number(2), Number(3), ONE).value, positions(Number(4), Number(2), ONE, ONE).value
    (6, 5)
    """
    s, d = _coprime(s, d)
    overlaps = mul(_at_least_zero(subtract(n, d)), _at_least_zero(subtract(k, s)))
    return subtract(mul(n, k), overlaps)


def _at_least_zero(size: Expr) -> Expr:
    return function("max", size, ZERO)


def _coprime(s: Expr, d: Expr) -> tuple[Expr, Expr]:
    if isinstance(s, Number) and isinstance(d, Number):
        common = gcd(int(s.value), int(d.value))
        return Number(int(s.value) // common), Number(int(d.value) // common)
    if ONE in (s, d):
        return s, d
    raise MeaningError(
        "positions can't be counted for a stride and a dilation in letters",
        cure="give one of them as a number",
    )


def entries_read(read: Index, ranges: Mapping[Variable, Expr]) -> Expr:
    """How many entries of an array are read at ``x[s i + d a - P, …]``, for all values of the indices.

    >>> from symderiv.expression.build import add
    >>> from symderiv.expression.tree import index_variable
    >>> i, a = index_variable("i"), index_variable("a")
    >>> entries_read(Index(Variable("x"), (add(i, a),)), {i: Number(4), a: Number(2)}).value
    5
    """
    return mul(ONE, *(_along(index, ranges) for index in read.indices))


def _along(position: Expr, ranges: Mapping[Variable, Expr]) -> Expr:
    moving = [node for node in dict.fromkeys(walk(position)) if isinstance(node, Variable) and node in ranges]
    if len(moving) == 2:
        u, a = moving
        factors = factors_of(position)
        if {u, a} <= factors.keys():
            return positions(ranges[u], ranges[a], factors[u], factors[a])
    return mul(ONE, *(ranges[index] for index in moving))
