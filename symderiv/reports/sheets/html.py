"""Mathematics in HTML: MathML, which browsers set themselves, with the LaTeX kept for whoever wants it."""

from __future__ import annotations

import re

from latex2mathml.converter import convert
from markupsafe import Markup, escape

_PIECES = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|`([^`]+)`|\*\*(.+?)\*\*", re.DOTALL)


def mathematics(latex: str, display: bool = False) -> Markup:
    """A formula as MathML; what the library can't convert is shown as the LaTeX that it is.

    >>> "<mfrac>" in mathematics(r"\\frac{1}{2}")
    True
    """
    try:
        mathml = convert(latex, display="block" if display else "inline")
    except Exception:  # the library raises whatever its parser runs into
        return Markup("<code>{}</code>").format(latex)
    return Markup(mathml)


def prose_html(text: str) -> Markup:
    """An author's words: ``$…$`` is mathematics, ```…``` code, ``**…**`` bold; all else is text.

    >>> prose_html("a < b")
    Markup('a &lt; b')
    """
    parts: list[Markup] = []
    end = 0
    for match in _PIECES.finditer(text):
        parts += [escape(text[end : match.start()]), _piece(match)]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _piece(match: re.Match[str]) -> Markup:
    display, inline, code, bold = match.groups()
    if code is not None:
        return Markup("<code>{}</code>").format(code)
    if bold is not None:
        return Markup("<strong>{}</strong>").format(bold)
    return mathematics(display or inline, display=display is not None)
