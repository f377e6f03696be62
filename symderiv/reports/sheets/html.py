"""Mathematics in HTML: MathML, which browsers set themselves, with the LaTeX kept for whoever wants it."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

from latex2mathml.converter import convert
from markupsafe import Markup, escape

from symderiv.reports.sheets.prose import pieces_of


def mathematics(latex: str, display: bool = False) -> Markup:
    """A formula as MathML; what the library can't convert is shown as the LaTeX that it is.

    >>> "<mfrac>" in mathematics(r"\\frac{1}{2}")
    True
    """
    try:
        mathml = convert(_as_it_knows(latex), display="block" if display else "inline")
        tree = ElementTree.fromstring(mathml)
    except Exception:  # the library raises whatever its parser runs into
        return Markup("<code>{}</code>").format(latex)
    if not all(map(_only_shows, tree.iter())):
        return Markup("<code>{}</code>").format(latex)
    _put_names_upright(tree)
    if display:
        _put_limits_below(tree)
    return Markup(ElementTree.tostring(tree, encoding="unicode"))


def _as_it_knows(latex: str) -> str:
    r"""The names that the library has for rows, and ``<`` in ``\text{…}``, which it copies."""
    latex = latex.replace("{aligned}", "{split}").replace("{gathered}", "{matrix}")
    latex = _SPACED_AS.sub("", latex)
    latex = _CODE.sub(lambda code: rf"\texttt{{{code[1]}}}".replace(r"\_", "_"), latex)
    return _WORDS.sub(lambda words: str(escape(words[0].replace(r"\&", "&"))), latex)


def _only_shows(node: ElementTree.Element) -> bool:
    """Whether an element sets mathematics, and neither links nor runs anything."""
    return (
        node.tag.startswith(_MATHML)
        and node.tag[len(_MATHML) :] in _ELEMENTS
        and _ATTRIBUTES.issuperset(node.keys())
    )


def _put_names_upright(tree: ElementTree.Element) -> None:
    """Names of functions as identifiers: as operators they would be set apart from their brackets."""
    for node in tree.iter():
        if node.tag == f"{_MATHML}mo" and node.text and len(node.text) > 1 and node.text.isalpha():
            node.tag = f"{_MATHML}mi"


def _put_limits_below(tree: ElementTree.Element) -> None:
    """Bounds of sums and products below and above them, inside brackets too, where the library forgets to."""
    for node in tree.iter():
        if node.tag in _AT_THE_SIDE and len(node) and node[0].text in ("∑", "∏"):
            node.tag = _AT_THE_SIDE[node.tag]


_SPACED_AS = re.compile(r"\\math(?:bin|rel|op|ord|open|close|punct|inner)(?=\{)")
_CODE = re.compile(r"\\mathtt\{((?:[a-zA-Z\d]|\\_)*)\}")
_WORDS = re.compile(r"\\(?:text|mbox|textrm|textbf|textit|texttt|textnormal)\{[^{}]*\}")
_ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose "
    "msub msup msubsup munder mover munderover mmultiscripts mtable mtr mtd mlabeledtr".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel stretchy fence form largeop movablelimits lspace rspace minsize "
    "maxsize voffset separator symmetric mathvariant width height depth linethickness columnalign rowspacing "
    "columnspacing columnlines rowlines accent accentunder notation open close separators".split()
)
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_AT_THE_SIDE = {f"{_MATHML}msubsup": f"{_MATHML}munderover", f"{_MATHML}msub": f"{_MATHML}munder"}
ElementTree.register_namespace("", _MATHML[1:-1])


def prose_html(text: str) -> Markup:
    """An author's words: ``$…$`` is mathematics, ```…``` code, ``**…**`` bold; all else is text.

    >>> prose_html("a < b")
    Markup('a &lt; b')
    """
    return Markup("").join(_WRITTEN[kind](content) for kind, content in pieces_of(text))


_WRITTEN: dict[str, Callable[[str], Markup]] = {
    "text": escape,
    "code": Markup("<code>{}</code>").format,
    "bold": lambda content: Markup("<strong>{}</strong>").format(prose_html(content)),
    "inline": mathematics,
    "display": lambda latex: mathematics(latex, display=True),
}
