"""Mathematics in HTML: MathML, which browsers set themselves, with the LaTeX kept for whoever wants it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

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
    return Markup(_limits_below(mathml) if display else mathml)


def _limits_below(mathml: str) -> str:
    """Bounds of sums and products below and above them, inside brackets too, where the library forgets to."""
    tree = ElementTree.fromstring(mathml)
    for node in tree.iter():
        if node.tag in _AT_THE_SIDE and len(node) and node[0].text in ("∑", "∏"):
            node.tag = _AT_THE_SIDE[node.tag]
    return ElementTree.tostring(tree, encoding="unicode")


_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_AT_THE_SIDE = {f"{_MATHML}msubsup": f"{_MATHML}munderover", f"{_MATHML}msub": f"{_MATHML}munder"}
ElementTree.register_namespace("", _MATHML[1:-1])


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
