"""A unit behind a number, where the question asks for it by name: ``2 bits`` where bits are asked for.

Another unit changes the value, so ``2 nats`` stays refused there; so does every unit where a question names
two. A percentage is a number, unless it is percentages that a question asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise.formula import Formula

_UNITS = "bit nat byte flop mac ms kb mb gb kib mib gib".split()
_NAMED = re.compile(rf"(?<![A-Za-z])({'|'.join(_UNITS)})s?(?![A-Za-z])", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?<=[\d)}$])\s*(?:\\[,;: ]|~)*\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*)?([A-Za-z]+)\s*\}?"
    r"(\$*)\s*\.?\s*\Z"
)
_PERCENT = re.compile(
    r"(?<![\w.,])(\d+)(\.\d+)?\s*(?:\\[,; ])?\s*\\?%(?=\s*(?:\Z|[,;=\])}$≈]|\.\s*\Z|and\b))"
)
_IN_PERCENT = re.compile(r"%|percent|per cent|prozent|pour\s?cent", re.IGNORECASE)


def with_fractions(answer: Formula, question: str, grants_rounding: bool) -> Formula:
    """``50%`` as ``(50/100)``, where the question doesn't speak of percentages itself.

    One with decimals is rounded, mostly: it counts where the part ``grants_rounding``.

    >>> with_fractions(Formula("p = 12.5%, 25 %"), "The probabilities?", True).text
    'p = (12.5/100), (25/100)'
    >>> [with_fractions(Formula(said), "How many percent?", False).text for said in ("7 % 2", "50%")]
    ['7 % 2', '50%']
    """
    if answer.entries or answer.items or "%" not in answer.text or _IN_PERCENT.search(question):
        return answer
    if not grants_rounding and any(decimals for _, decimals in _PERCENT.findall(answer.text)):
        return answer
    text = _PERCENT.sub(r"(\1\2/100)", answer.text)
    return answer if text == answer.text else replace(answer, text=text)


def without_asked_unit(answer: Formula, question: str) -> Formula:
    """The answer without the unit that the question names.

    >>> without_asked_unit(Formula("2 bits"), "The entropy in bits?").text
    '2'
    >>> without_asked_unit(Formula("2 nats"), "The entropy in bits?").text
    '2 nats'
    >>> without_asked_unit(Formula("2 bits"), "How many bits is a nat?").text
    '2 bits'
    """
    asked = {name.lower() for name in _NAMED.findall(question)}
    said = None if answer.entries or answer.items or len(asked) != 1 else _BEHIND.search(answer.text)
    if said is None or asked.isdisjoint((said[1].lower(), said[1].lower().removesuffix("s"))):
        return answer
    return replace(answer, text=answer.text[: said.start()] + said[2])
