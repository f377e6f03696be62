"""What people write before an answer: ``Answer: 2``, ``The result is 2``, ``So 2``, ``= 2``."""

from __future__ import annotations

import re

from symderiv.exercise.equations import stretch
from symderiv.exercise.formula import Formula
from symderiv.language import Scope

_NOUN = r"(?:answer|ans|result|solution|antwort|lösung|ergebnis)"
_BOLD = r"(?:\*\*|__)?"
_LEAD_IN = re.compile(
    rf"\s*{_BOLD}\s*(?:(?:the|my|our|final|die|das|meine)\s+)*{_NOUN}\s*(?:{_BOLD}\s*:\s*{_BOLD}|(?:is|ist|lautet)\s*:?)"
    r"|\s*(?:so|thus|hence|therefore|finally|daher|somit|folglich)\s*(?:[,:]|(?<=\w)(?=\s))"
    r"|\s*=(?![=>])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")

_UNDER = re.compile(
    r"\s*(?:(?:only|exactly)\s+)?(?:for|if|when|whenever|iff|für|falls|wenn)\s+(?!all\b|any\b|every\b)",
    re.IGNORECASE,
)


def bare_condition(answer: Formula) -> Formula:
    """``for x > 0`` where a condition is asked for.

    >>> bare_condition(Formula("for |w| < 1")).text, bare_condition(Formula("for all x")).text
    ('|w| < 1', 'for all x')
    """
    said = None if answer.entries or answer.items else _UNDER.match(answer.text)
    if said is None or not answer.text[said.end() :].strip():
        return answer
    return stretch(answer, said.end(), len(answer.text))


def without_lead_in(answer: Formula, scope: Scope) -> Formula:
    """The answer behind the words that say no more than that it is one.

    >>> without_lead_in(Formula("The final answer is $2x$."), Scope()).text
    '$2x$.'
    >>> without_lead_in(Formula("= 2*x"), Scope()).text, without_lead_in(Formula("so(x)"), Scope()).text
    ('2*x', 'so(x)')
    """
    said = None if answer.entries or answer.items else _LEAD_IN.match(answer.text)
    if said is None or not answer.text[said.end() :].strip():
        return answer
    if any(word in scope.names or scope.head(word) is not None for word in _WORD.findall(said[0])):
        return answer
    return stretch(answer, said.end(), len(answer.text))
