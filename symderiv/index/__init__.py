"""Sums, Kronecker deltas, changes of variables and index sets: for all sizes at once."""

from symderiv.index.every_size.asked_by_reads import asks_for
from symderiv.index.every_size.certain import without_certain
from symderiv.index.every_size.foralls import in_one_range
from symderiv.index.every_size.ranged_reads import Ranges, may_be_beyond, may_leave
from symderiv.index.every_size.reach import (
    ended_indices,
    is_out_of_reach,
    reads_apart,
    reads_bent,
    reads_computed,
)
from symderiv.index.every_size.sampling import sampled_differences
from symderiv.index.integer_sets.counts import size_of
from symderiv.index.normal import Normaliser, normalise, normaliser
from symderiv.index.sums.deltas import collapse_deltas

__all__ = [
    "Normaliser",
    "Ranges",
    "asks_for",
    "collapse_deltas",
    "ended_indices",
    "in_one_range",
    "is_out_of_reach",
    "may_be_beyond",
    "may_leave",
    "normalise",
    "normaliser",
    "reads_apart",
    "reads_bent",
    "reads_computed",
    "sampled_differences",
    "size_of",
    "without_certain",
]
