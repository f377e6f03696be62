"""Names in text as a notation shows them: ``eta_min`` for the name that looks like ``\\eta_{\\min}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from symderiv.language.spelling import loose, normal

_WRAPPED = re.compile(r"\\(?:text|mathrm|textrm|operatorname|mathbf|boldsymbol|bm)\s*\{([^{}]*)\}")
_ACCENTED = re.compile(
    r"\\(?P<accent>bar|overline|hat|widehat|tilde|widetilde|dot|vec)(?![A-Za-z])\s*\{?\s*"
    r"(?P<letter>\\(?:var)?[a-z]+|[^\W\d_])\s*\}?(?P<below>_\{?\w+\}?)?",
    re.IGNORECASE,
)
_ACCENTS = {"overline": "bar", "widehat": "hat", "widetilde": "tilde"}
_PLAIN = re.compile(r"\\?(?:var)?([^\W\d_]+)(?:_\{?\\?(\w+)\}?)?")


def typed(look: str) -> str:
    """How a notation is typed, if it is a letter or a word, perhaps with a subscript; else "".

    >>> typed(r"\\bar\\alpha"), typed(r"\\hat{y}_{t}")
    ('alphabar', 'yhat_t')
    >>> typed(r"\\eta_{\\min}"), typed(r"\\varepsilon"), typed(r"\\mu_1"), typed("w^2"), typed("x_{i+1}")
    ('eta_min', 'epsilon', 'mu_1', '', '')
    """
    accented = _ACCENTED.fullmatch(look.strip())
    if accented is not None:
        accent = _ACCENTS.get(accented["accent"], accented["accent"])
        letter = accented["letter"].removeprefix("\\").removeprefix("var")
        return f"{letter}{accent}" + (accented["below"] or "").replace("{", "").replace("}", "")
    said = _PLAIN.fullmatch(_WRAPPED.sub(r"\1", look).strip())
    if said is None:
        return ""
    return f"{said[1]}_{said[2]}" if said[2] else said[1]


def shown_as(notation: Mapping[str, str], name: str) -> str | None:
    """The declared name that looks as this one is typed, if there is just one."""
    key = _key(name)
    found = [known for known, look in notation.items() if (said := typed(look)) and _key(said) == key]
    return found[0] if len(found) == 1 else None


_ACCENT = re.compile(r"_(?=(?:hat|bar|tilde|dot|vec)(?:_|\Z))")


def _key(name: str) -> str:
    """What the spellings of a name have in common, ``ᾱ_t`` and ``alphabar_t``."""
    return loose(_ACCENT.sub("", normal(name)))
