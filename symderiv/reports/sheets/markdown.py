"""Text for Markdown: what could be markup is escaped; an author's ``$…$`` stays mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable

from symderiv.reports.sheets.prose import pieces_of

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~!&])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


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
    return "".join(_WRITTEN[kind](content) for kind, content in pieces_of(text))


def formula_markdown(latex: str) -> str:
    r"""A formula in which nothing begins a tag of HTML, which Markdown would pass on.

    >>> formula_markdown("x<y < 1")
    'x\\lt y < 1'
    """
    return _TAG.sub(r"\\lt ", latex)


def _code(content: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", content)), default=0))
    return f"{fence}{content}{fence}"


_WRITTEN: dict[str, Callable[[str], str]] = {
    "text": escape_markdown,
    "code": _code,
    "bold": lambda content: f"**{prose_markdown(content)}**",
    "inline": lambda latex: f"${formula_markdown(latex)}$",
    "display": lambda latex: f"$${formula_markdown(latex)}$$",
}
