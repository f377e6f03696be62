"""Several formulas between dollars of their own: ``$a$, $b$`` and ``$x$ for $x > 0$``."""

from __future__ import annotations

import re

from symderiv.language.source import Misread

_IN_WORDS = re.compile(r"\\(?:text|mbox|textrm|textnormal)\s*\{[^{}]*\}")
_BETWEEN = re.compile(r"\$+\s*([,;]?)\s*(and|or|for|if|when|where|with|provided|otherwise|else|)\s*\$+")


def check_dollars(text: str, start: int, end: int) -> None:
    """Dollars within ``text[start:end]`` end a formula and begin another, if one stands before all of it."""
    outside = _IN_WORDS.sub(lambda said: " " * len(said[0]), text[start:end])
    first = outside.find("$")
    opens = text[:start].rstrip().endswith("$") and text[end:].lstrip(" .,;").startswith("$")
    if first >= 0 and not (opens and outside.count("$") % 2 == 0):
        raise Misread(
            "a formula with dollars, and more outside of them",
            start + first,
            start + first + 1,
            expected="LaTeX alone",
            cure="write the formula alone, without words around it",
        )


def between(piece: str, start: int, end: int) -> list[tuple[str, str]]:
    """What stands between two formulas: a comma, one of the words that join them, or both."""
    said = _BETWEEN.fullmatch(piece)
    if said is None or not (said[1] or said[2]):
        message = "two formulas side by side" if said else "what stands between two formulas is no formula"
        cure = "write all of it between one pair of dollars"
        raise Misread(message, start, end, expected="a comma, or a word such as 'for'", cure=cure)
    return [(kind, word) for kind, word in (("PUNCT", said[1]), ("WORD", said[2])) if word]
