"""Names in text as a notation shows them: ``eta_min`` for the name that looks like ``\\eta_{\\min}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from symderiv.language.spelling import loose

_WRAPPED = re.compile(r"\\(?:text|mathrm|textrm|operatorname|mathbf|boldsymbol|bm)\s*\{([^{}]*)\}")
_PLAIN = re.compile(r"\\?(?:var)?([^\W\d_]+)(?:_\{?\\?(\w+)\}?)?")


def typed(look: str) -> str:
    """How a notation is typed, if it is a letter or a word, perhaps with a subscript; else "".

    >>> typed(r"\\eta_{\\min}"), typed(r"\\varepsilon"), typed(r"\\mu_1"), typed("w^2"), typed("x_{i+1}")
    ('eta_min', 'epsilon', 'mu_1', '', '')
    """
    said = _PLAIN.fullmatch(_WRAPPED.sub(r"\1", look).strip())
    if said is None:
        return ""
    return f"{said[1]}_{said[2]}" if said[2] else said[1]


def shown_as(notation: Mapping[str, str], name: str) -> str | None:
    """The declared name that looks as this one is typed, if there is just one."""
    key = loose(name)
    found = [known for known, look in notation.items() if (said := typed(look)) and loose(said) == key]
    return found[0] if len(found) == 1 else None
