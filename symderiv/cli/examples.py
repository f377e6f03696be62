"""The examples below a command's help."""

from __future__ import annotations

_AS_WRITTEN = "\b"
"""What a paragraph begins with that click doesn't fill."""


def examples(*lines: str) -> str:
    """A command a line, as somebody may type it.

    >>> examples("symderiv read '2x'").splitlines()[1:]
    ['Example:', "  symderiv read '2x'"]
    """
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join([_AS_WRITTEN, title, *(f"  {line}" for line in lines)])
