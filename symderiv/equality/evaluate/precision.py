"""How many bits balls have, and the ladder of precisions that is climbed where they can't tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import flint

PRECISIONS = (128, 512, 2048, 4096)


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Ball arithmetic at this many bits."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before
