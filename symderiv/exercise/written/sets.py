"""Sets as people write them: ``x = 1 or x = -1``, ``x ∈ {1, -1}``, ``x = 0, ±1``."""

from __future__ import annotations

import re

from symderiv.exercise.located.brackets import closing_bracket
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations

_COMPARES = re.compile(r"[<>≤≥≠∈]|==|!=|(?<!\w)(?:if|for|in)(?!\w)|\\(?:leq?|geq?|neq?|in|begin)(?![a-zA-Z])")
_OR = re.compile(
    r"(?<!\s)\s*(?:,\s*)?(?:(?<!\w)(?:or|oder|und)(?!\w)|∨|\\l?or(?![A-Za-z])|\\vee(?![A-Za-z])"
    r"|\\text\s*\{\s*(?:or|oder|und)\s*\})\s*"
)
_NAME = r"\$?(\\?[^\W\d_₀-₉]+)(?:_?\{?\d+\}?|[₀-₉]+)?"
_ELEMENT = re.compile(rf"{_NAME}\s*=(?!=)([^=]+?)\$?", re.DOTALL)
_IN_SET = re.compile(
    r"\s*\\?[^\W\d_]+(?:_?\{?\w+\}?)?\s*(?:∈|\\in(?![A-Za-z])|in(?!\w))\s*(?=(?:\\left)?\s*\\?\{)", re.DOTALL
)
_OPENS = re.compile(r"\s*(?:\\left\s*)?\\?\{")
_CLOSES = re.compile(r"(?:\\right\s*)?\\?\}\s*\Z")
_HOLDS_A_SET = re.compile(r"\\[{}]|\\lbrace|\\in(?![A-Za-z])|[∈∪]|\A[^\\]*\{[^\\]*\Z")
_PLUS_MINUS = re.compile(r"±|\\pm(?![a-zA-Z])|\+/-")


def as_elements(text: str) -> str:
    """The elements of a set one by one, without what is set around them.

    >>> as_elements("x = 1 or x = -1"), as_elements(r"\\mu_1 = 3, \\mu_2 = 1"), as_elements("x = 1 or y = 2")
    ('1, -1', '3, 1', 'x = 1 or y = 2')
    >>> as_elements("x = 0, ±1"), as_elements(r"\\{0, \\pm 1\\}"), as_elements("{0, 1}")
    ('0, + 1, - 1', '0, + 1, - 1', '{0, 1}')
    >>> as_elements(r"\\left\\{ \\pm\\sqrt{3} \\right\\}"), as_elements("{±1} ∪ {2}")
    ('+ \\\\sqrt{3}, - \\\\sqrt{3}', '{±1} ∪ {2}')
    """
    return _both_signs(_without_names(text))


def _without_names(text: str) -> str:
    said_of = _IN_SET.match(text)
    listed = None if said_of is None else _inside_braces(text[said_of.end() :])
    if listed is not None:
        return listed
    if _OR.search(text) and not _COMPARES.search(text) and "=" not in text:
        return _OR.sub(", ", text)
    pieces = [piece.strip() for piece in at_commas(_OR.sub(",", text))]
    said = [_ELEMENT.fullmatch(piece) for piece in pieces]
    if len(said) < 2 or said[0] is None or len({piece[1] for piece in said if piece}) > 1:
        return text
    if any("=" in piece for piece, named in zip(pieces, said, strict=True) if not named):
        return text
    values = (named[2] if named else piece for piece, named in zip(pieces, said, strict=True))
    return ", ".join(value.strip() for value in values)


def _both_signs(text: str) -> str:
    """``(5 ± √33)/2`` as the two values that it stands for."""
    value = split_equations(text)[-1]
    signs = len(_PLUS_MINUS.findall(value))
    if not signs:
        return text
    listed = _inside_braces(value)
    pieces = at_commas(value if listed is None else listed)
    if any(len(_PLUS_MINUS.findall(piece)) > 1 or _HOLDS_A_SET.search(piece) for piece in pieces):
        return text
    return ", ".join(each for piece in pieces for each in _values(piece.strip()))


def _inside_braces(text: str) -> str | None:
    """What stands in the braces of a set, also in ``\\left\\{``; None where they aren't all of the text."""
    said = text.replace("\\lbrace", "\\{").replace("\\rbrace", "\\}").rstrip()
    said = said[:-1] if said.endswith("}.") else said
    opens, closes = _OPENS.match(said), _CLOSES.search(said)
    if opens is None or closes is None or closing_bracket(said, opens.end() - 1) != len(said):
        return None
    return said[opens.end() : closes.start()]


def _values(piece: str) -> list[str]:
    if _PLUS_MINUS.search(piece) is None:
        return [piece]
    return [_PLUS_MINUS.sub(f"{sign} ", piece).replace("  ", " ") for sign in "+-"]
