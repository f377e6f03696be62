"""A unit behind a number, where the question asks for it by name: ``2 bits`` where bits are asked for.

Another unit changes the value, so ``2 nats`` stays refused there; so does every unit where a question names
two.
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
