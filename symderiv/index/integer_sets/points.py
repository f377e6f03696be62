"""Sets of integer points, as isl keeps them; parsed once."""

from __future__ import annotations

from functools import lru_cache

from symderiv.index.integer_sets import isl


@lru_cache(maxsize=50_000)
def parse_set(text: str) -> isl.Set:
    """A set of parameters, ``[n] -> { : n >= 1 }``."""
    return isl.Set(text)


@lru_cache(maxsize=1)
def universe() -> isl.Set:
    """Every value of every parameter; always the same object."""
    return parse_set("{ : }")


@lru_cache(maxsize=1)
def empty() -> isl.Set:
    """No value at all; always the same object."""
    return parse_set("{ : 1 = 0 }")
