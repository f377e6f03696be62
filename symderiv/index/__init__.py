"""Sums, Kronecker deltas, changes of variables and index sets: for all sizes at once."""

from symderiv.index.certain import without_certain
from symderiv.index.counts import size_of
from symderiv.index.deltas import collapse_deltas
from symderiv.index.foralls import in_one_range
from symderiv.index.normal import normalise, normaliser
from symderiv.index.reach import is_out_of_reach, reads_apart, reads_computed
from symderiv.index.sampling import sample_difference

__all__ = [
    "collapse_deltas",
    "in_one_range",
    "is_out_of_reach",
    "normalise",
    "normaliser",
    "reads_apart",
    "reads_computed",
    "sample_difference",
    "size_of",
    "without_certain",
]
