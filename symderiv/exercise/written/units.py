"""A unit behind a number, where the question asks for it by name: ``2 bits`` where bits are asked for.

Another unit changes the value, so ``2 nats`` stays refused there; so does every unit where a question names
two. A percentage is a number, unless it is percentages that a question asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.language import Scope
from symderiv.language.names import declared
from symderiv.language.provisos import WHERE_IT_EXISTS

MAX_NOUN = 80
"""How far from its end an answer may say what it counts."""
_UNITS = "bit nat byte flop mac ms kb mb gb kib mib gib".split()
_NAMED = re.compile(rf"(?<![A-Za-z])(?<!\d)(?<!\d[ -])({'|'.join(_UNITS)})s?(?![A-Za-z])", re.IGNORECASE)
"""A unit that is asked for: the one of *16-bit numbers* is none."""
_BEHIND = re.compile(
    r"(?<=[\d)}$])\s*(?:\\[,;: ]|~)*\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*)?([A-Za-z]+)\s*\}?"
    r"(\$*)\s*\.?\s*\Z"
)
_PERCENT = re.compile(
    r"(?<![\w.,])(\d+)(\.\d+)?\s*(?:\\[,; ])?\s*\\?%(?=\s*(?:\Z|[,;=\])}$≈]|\.\s*\Z|and\b))"
)
_SPELT = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)\s*(?:percent|per cent|prozent)(?!\w)", re.IGNORECASE)
_IN_PERCENT = re.compile(r"%|percent|per cent|prozent|pour\s?cent", re.IGNORECASE)


def with_fractions(answer: Formula, question: str, grants_rounding: bool) -> Formula:
    """``50%`` as ``(50/100)``, where the question doesn't speak of percentages itself.

    One with decimals is rounded, mostly: it counts where the part ``grants_rounding``.

    >>> with_fractions(Formula("p = 12.5%, 25 %"), "The probabilities?", True).text
    'p = (12.5/100), (25/100)'
    >>> [with_fractions(Formula(said), "How many percent?", False).text for said in ("7 % 2", "50%")]
    ['7 % 2', '50%']
    """
    if answer.entries or answer.items or _IN_PERCENT.search(question):
        return answer
    spelt = _SPELT.sub(r"\1 %", answer.text)
    answer = answer if spelt == answer.text else replace(answer, text=spelt)
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


_COUNTED = re.compile(
    r"(?<=[\w)}\]$!⌉⌋])\s*(?:\\[,;: ]|~)*\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*|(?<=\s))"
    r"((?:[^\W\d_]{3,}[ -])?[^\W\d_]{3,})\s*\}?(\$*)\s*\.?\s*\Z"
)
_HOW_MANY = r"how many|number of|wie\s?viele|anzahl(?: der| von)?"
_SCALES = frozenset(
    "million millions billion billions thousand thousands hundred hundreds dozen dozens percent times half"
    " twice plus minus less more this its das des is as".split()
)
"""Words that change the value before them, or are none of what is counted."""


def without_asked_noun(answer: Formula, question: str, scope: Scope) -> Formula:
    """The formula without the word for what it counts, where the question has it: ``n + 1 entries``.

    >>> without_asked_noun(Formula("n + 1 entries"), "How many entries?", Scope()).text
    'n + 1'
    >>> without_asked_noun(Formula("n + 1 rows"), "How many entries?", Scope()).text
    'n + 1 rows'
    >>> without_asked_noun(Formula("$2^L$ linear pieces"), "How many linear pieces?", Scope()).text
    '$2^L$'
    """
    said = None if answer.entries or answer.items else _COUNTED.search(answer.text[-MAX_NOUN:])
    if said is None:
        return answer
    if re.search(rf"(?<!\w){WHERE_IT_EXISTS}\W*\Z", answer.text[-MAX_NOUN:], re.IGNORECASE):
        return answer
    words = said[1].casefold().replace("-", " ").split()
    asked = question.casefold().replace("-", " ")
    if any(declared(scope, word) is not None for word in said[1].replace("-", " ").split()):
        return answer
    if not all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", asked) for word in words):
        return answer
    counts = rf"(?:{_HOW_MANY})\s+(?:\w+\s+)?{re.escape(words[-1])}"
    is_counted = words[-1].endswith("s") or re.search(counts, asked)
    units = {name.casefold() for name in _NAMED.findall(question)}
    if len(units) > 1 and not units.isdisjoint((words[-1], words[-1].removesuffix("s"))):
        return answer
    if not is_counted or not _SCALES.isdisjoint(words):
        return answer
    start = len(answer.text) - len(answer.text[-MAX_NOUN:]) + said.start()
    return replace(answer, text=answer.text[:start] + said[2])
