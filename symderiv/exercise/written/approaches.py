"""What a quantity tends to, where a limit is asked for: ``p → 1``, ``\\to 1/2``, *it converges to 1*."""

from __future__ import annotations

import re

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.exercise.written.stretches import stretch

_ASKS = re.compile(
    r"limit|\\lim|→|\\to(?![A-Za-z])|\\infty|∞|converg|tends?\b|approach|grenzwert|konvergi", re.IGNORECASE
)
_NAME = r"(?:(?!\\lim)\\?[^\W\d_]+(?:_(?:\{\w+\}|\w)|\([^()]*\))?)"
_ARROW = r"(?:→|⟶|->|\\(?:to|rightarrow|longrightarrow)(?![A-Za-z]))"
_WORDS = r"(?:tends? to|converges? to|goes to|approaches|geht gegen|strebt gegen|konvergiert gegen)(?!\w)"
_TENDS = re.compile(
    rf"\s*\$?\s*(?:(?P<name>{_NAME})\s*|(?:it|this|the\s+\w+|es|das)\s+)?(?:{_ARROW}|{_WORDS})\s*",
    re.IGNORECASE,
)
_VARIES = re.compile(rf"({_NAME})\s*{_ARROW}")


def without_arrow(answer: Formula, ask: str) -> Formula:
    """The value behind the arrow, where the question ``ask``s for a limit; of what varies, it says nothing.

    >>> without_arrow(Formula("p → 1/2"), "The limit for $x \\\\to 0$?").text
    '1/2'
    >>> without_arrow(Formula("x → 0"), "The limit for $x \\\\to 0$?").text
    'x → 0'
    """
    said = (
        None if answer.entries or answer.items or not _ASKS.search(ask) else _TENDS.match(answer.text[:200])
    )
    if said is None or not answer.text[said.end() :].strip(" $"):
        return answer
    if said["name"] and spelt(said["name"]) in {spelt(name) for name in _VARIES.findall(ask)}:
        return answer
    kept = stretch(answer, said.end(), len(answer.text))
    opened = "$" in said[0] and kept.text.rstrip().endswith("$")
    return stretch(answer, said.end(), len(answer.text.rstrip()) - 1) if opened else kept
