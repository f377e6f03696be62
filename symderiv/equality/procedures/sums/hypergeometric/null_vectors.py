"""Vectors of polynomials that a matrix of polynomials sends to zero, by elimination without fractions."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.procedures.sums.hypergeometric.ratios import Poly, Ring

MAX_TERMS = 400


def null_vectors(rows: list[list[Poly]], ring: Ring) -> Iterator[list[Poly]]:
    """One vector a column that holds no pivot; none where the polynomials grow long."""
    pivots: dict[int, list[Poly]] = {}
    for row in rows:
        for column, pivot in pivots.items():
            row = _cleared(row, column, pivot)
        lead = next((c for c, entry in enumerate(row) if not entry.is_zero()), None)
        if lead is None:
            continue
        if max(map(len, row)) > MAX_TERMS:
            return
        pivots = {column: _cleared(other, lead, row) for column, other in pivots.items()}
        pivots[lead] = row
    for free in range(len(rows[0])):
        if free not in pivots:
            yield _vector(free, pivots, len(rows[0]), ring)


def _cleared(row: list[Poly], column: int, pivot: list[Poly]) -> list[Poly]:
    """A row with a zero in a column, by a multiple of a pivot's row."""
    if row[column].is_zero():
        return row
    up, down = pivot[column], row[column]
    changed = [up * entry - down * other for entry, other in zip(row, pivot, strict=True)]
    shared = changed[0]
    for entry in changed[1:]:
        shared = shared.gcd(entry)
    return changed if shared.is_zero() else [entry / shared for entry in changed]


def _vector(free: int, pivots: dict[int, list[Poly]], width: int, ring: Ring) -> list[Poly]:
    whole = ring.one
    for column, row in pivots.items():
        whole = whole * row[column] / whole.gcd(row[column])
    vector = [ring.context.constant(0)] * width
    vector[free] = whole
    for column, row in pivots.items():
        vector[column] = -row[free] * whole / row[column]
    return vector
