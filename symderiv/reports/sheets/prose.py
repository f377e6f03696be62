"""An author's words cut into pieces: text, mathematics between dollars, code between backticks, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symderiv.reports.sheets.mathematics import mathematics_of

# as in Pandoc: a dollar before a space opens nothing, one after a space or before a digit closes nothing
_MARKS = re.compile(
    r"\\\$|\$\$(?P<display>.+?)\$\$|\$(?=\S)(?P<inline>[^$]+?)(?<=\S)\$(?!\d)"
    r"|`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*",
    re.DOTALL,
)


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    r"""``(kind, content)``, of kind text, display, inline, code or bold; what isn't mathematics is text.

    >>> list(pieces_of(r"as $x^2$, not $\input{x}$"))
    [('text', 'as '), ('inline', 'x^2'), ('text', ', not '), ('text', '$\\input{x}$')]
    """
    end = 0
    for match in _MARKS.finditer(text):
        if match.start() > end:
            yield "text", text[end : match.start()]
        yield _piece(match)
        end = match.end()
    if end < len(text):
        yield "text", text[end:]


def _piece(match: re.Match[str]) -> tuple[str, str]:
    kind = match.lastgroup
    if kind is None:
        return "text", "$"
    content = match[kind]
    if kind in ("display", "inline"):
        latex = mathematics_of(content.strip())
        return (kind, latex) if latex is not None else ("text", match.group())
    return kind, content
