"""Text for Markdown: what could be markup is escaped; an author's ``$…$`` stays mathematics."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~!&])")
_MATHEMATICS = re.compile(r"(\$\$.+?\$\$|\$.+?\$|`[^`]+`)", re.DOTALL)


def escape_markdown(text: str) -> str:
    """Any text as Markdown that shows it.

    >>> escape_markdown("a*b <b>")
    'a\\\\*b \\\\<b\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", text)


def prose_markdown(text: str) -> str:
    """An author's words: mathematics and code as they are, all else escaped.

    >>> prose_markdown("a_b is $a_b$")
    'a\\\\_b is $a_b$'
    """
    parts = _MATHEMATICS.split(text)
    return "".join(part if k % 2 else escape_markdown(part) for k, part in enumerate(parts))
