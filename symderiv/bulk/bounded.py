"""Lines of a stream that nobody vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from symderiv.bulk.request import MAX_LINE


def bounded_lines(stream: IO[bytes], most: int = MAX_LINE) -> Iterator[str]:
    """The lines of a stream, each cut off where it grows too long: memory stays bounded.

    >>> import io
    >>> list(bounded_lines(io.BytesIO(b"abcdefgh\\nxy"), 4))
    ['abcde', 'xy']
    """
    while line := stream.readline(most + 1):
        cut = line
        while len(cut) > most and not cut.endswith(b"\n"):
            cut = stream.readline(most + 1)
        yield line.decode("utf-8", errors="replace")
