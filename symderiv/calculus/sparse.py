"""The entries of an array that its formula doesn't make zero, without visiting the others.

The Jacobian of a 3×3 convolution by a 32×32 image has 900 × 1024 entries, of which 8 100 are not zero. Range
conditions and deltas in the formula are bounds for the indices, so only those 8 100 are ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.calculus.ranges import linear_form
from symderiv.calculus.reading import Position, reader
from symderiv.errors import ShapeError
from symderiv.expression.build import mul
from symderiv.expression.parts import conjuncts, factors_of
from symderiv.expression.tree import ZERO, Apply, Cases, Expr, Variable
from symderiv.index.integer_sets.affine import Affine
from symderiv.tensor import Tensor


@dataclass(frozen=True, slots=True)
class Bound:
    """``Σ c_k i_k + constant`` is ≥ 0, or = 0; ``last`` is the last axis with a coefficient."""

    coefficients: tuple[int, ...]
    constant: int
    exact: bool
    last: int

    def limits(self, at: Position, low: int, high: int) -> tuple[int, int]:
        """The range of the last index, the ones before it fixed."""
        c = self.coefficients[self.last]
        fixed = self.constant + sum(a * b for a, b in zip(self.coefficients, at, strict=False))
        if c > 0:
            low = max(low, -(fixed // c))
        else:
            high = min(high, fixed // -c)
        if self.exact:
            if fixed % c:
                return 1, 0
            low, high = max(low, -fixed // c), min(high, -fixed // c)
        return low, high


def nonzero_entries(t: Tensor) -> Iterator[tuple[Position, Expr]]:
    """Position and value of every entry that isn't zero by the formula, row by row.

    >>> from symderiv.expression.build import delta
    >>> from symderiv.expression.tree import Number
    >>> diagonal = Tensor.of((Number(2), Number(2)), lambda i, j: delta(i, j))
    >>> [at for at, value in nonzero_entries(diagonal)]
    [(0, 0), (1, 1)]
    """
    if t.sizes is None:
        raise ShapeError(f"the shape {t.shape_text} is not a number")
    bounds, rest = _split(t.value, t.indices)
    read = reader(rest, t.indices)
    if not t.sizes:
        yield (), read(())(0)
        return
    for row, low, high in _rows(t.sizes, bounds, ()):
        entry = read(row)
        for k in range(low, high + 1):
            value = entry(k)
            if value != ZERO:
                yield (*row, k), value


def _rows(sizes: Position, bounds: list[Bound], at: Position) -> Iterator[tuple[Position, int, int]]:
    """All but the last index, and the range of the last."""
    axis = len(at)
    low, high = 0, sizes[axis] - 1
    for bound in bounds:
        if bound.last == axis:
            low, high = bound.limits(at, low, high)
    if axis == len(sizes) - 1:
        yield at, low, high
        return
    for k in range(low, high + 1):
        yield from _rows(sizes, bounds, (*at, k))


def _split(value: Expr, indices: tuple[Variable, ...]) -> tuple[list[Bound], Expr]:
    """Conditions and deltas that are bounds, and what is left to evaluate."""
    if isinstance(value, Cases) and len(value.branches) == 1 and value.otherwise == ZERO:
        condition, inside = value.branches[0]
        parts = conjuncts(condition)
        found = [_bounds(part, indices) for part in parts]
        bounds, rest = _split(inside, indices)
        if all(bound is not None for bound in found):
            return [*(bound for bound in found if bound is not None), *bounds], rest
        return bounds, value
    factors = factors_of(value)
    bounds, left = [], []
    for factor in factors:
        bound = _bounds(factor, indices)
        inner, rest = _split(factor, indices) if bound is None and factor is not value else ([], factor)
        bounds += inner if bound is None else [bound]
        left += [rest] if bound is None else []
    return bounds, mul(*left)


def _bounds(condition: Expr, indices: tuple[Variable, ...]) -> Bound | None:
    """``a ≤ b`` and ``a < b`` of indices as an inequality, ``a = b`` and δ(a, b) as an equation."""
    if not isinstance(condition, Apply) or condition.head not in ("le", "lt", "eq", "delta"):
        return None
    small, large = (linear_form(arg) for arg in condition.args)
    if small is None or large is None:
        return None
    form = large - small - Affine({}, 1 if condition.head == "lt" else 0)
    if not form.is_integral() or not form.terms or any(v not in indices for v in form.terms):
        return None
    coefficients = tuple(int(form.coefficient(v)) for v in indices)
    last = max(axis for axis, c in enumerate(coefficients) if c)
    return Bound(coefficients, int(form.constant), condition.head in ("eq", "delta"), last)
