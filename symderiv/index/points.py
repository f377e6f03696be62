"""Sets of integer points, as isl keeps them; parsed once."""

from __future__ import annotations

from functools import lru_cache

import islpy as isl


@lru_cache(maxsize=50_000)
def parse_set(text: str) -> isl.Set:
    """A set of parameters, ``[n] -> { : n >= 1 }``."""
    return isl.Set(text)


UNIVERSE = parse_set("{ : }")
EMPTY = parse_set("{ : 1 = 0 }")
