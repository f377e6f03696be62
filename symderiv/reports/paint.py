"""Colours for people: none where ``NO_COLOR`` is set, or where the output is no terminal."""

from __future__ import annotations

import os
from typing import IO

CODES = {"green": "32", "red": "31", "yellow": "33", "dim": "2", "bold": "1"}


class Paint:
    """Wraps texts in colours, or leaves them as they are.

    >>> Paint(False)("green", "right"), Paint(True)("green", "right")
    ('right', '\\x1b[32mright\\x1b[0m')
    """

    def __init__(self, on: bool) -> None:
        self.on = on

    @staticmethod
    def for_stream(stream: IO[str]) -> Paint:
        wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Paint(wanted and stream.isatty())

    def __call__(self, colour: str, text: str) -> str:
        return f"\x1b[{CODES[colour]}m{text}\x1b[0m" if self.on else text


PLAIN = Paint(False)
