"""Sums, Kronecker deltas, changes of variables and index sets: for all sizes at once."""

from symderiv.index.normal import normalise

__all__ = ["normalise"]
