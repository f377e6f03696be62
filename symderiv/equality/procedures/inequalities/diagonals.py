"""What stands on a diagonal against all of a square: ``Σ_i A_ii² ≤ Σ_i Σ_j A_ij²``, ``(tr A)² ≤ n ‖A‖²``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.inequalities.totals import Facts, Total
from symderiv.expression.build import compare, mul, negative, sqrt, subtract
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, Expr

MAX_TOTALS = 5


def of_diagonals(totals: Sequence[Total], facts: Facts) -> Iterator[Expr]:
    """Of sums over a square, of nothing negative, against those over one index and the squares of such."""
    squares = [total for total in totals if _is_square(total) and total.is_nonnegative(total.body, facts)]
    for square in squares[:MAX_TOTALS]:
        one, other = square.indices
        for total in totals[:MAX_TOTALS]:
            if total.ends != square.ends[:1]:
                continue
            [index] = total.indices
            diagonal = substitute(square.body, {one: index, other: index})
            if is_zero(subtract(diagonal, total.body)):
                yield compare("le", total.node, square.node)
            elif is_zero(subtract(diagonal, mul(total.body, total.body))):
                yield from _of_traces(total.node, total.of(ONE), square.node)


def _is_square(total: Total) -> bool:
    return len(total.indices) == 2 and total.ends[0] == total.ends[1]


def _of_traces(trace: Expr, length: Expr, square: Expr) -> Iterator[Expr]:
    """By Cauchy and Schwarz."""
    yield compare("le", mul(trace, trace), mul(length, square))
    roots = mul(sqrt(length), sqrt(square))
    yield compare("le", trace, roots)
    yield compare("le", negative(trace), roots)
