"""Words before an answer, ``Answer: 2``, ``So 2``, ``= 2``, and behind its dollars, ``$0$ otherwise``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.errors import ReadError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.stretches import stretch
from symderiv.language import Scope
from symderiv.language.provisos import ELSE, WHERE_IT_EXISTS, is_remark

MAX_WORDS = 500
"""How far the words before an answer, or behind it, may reach."""
_NOUN = r"(?:answer|ans|result|solution|antwort|lösung|ergebnis)"
_BOLD = r"(?:\*\*|__)?"
_LEAD_IN = re.compile(
    rf"\s*{_BOLD}\s*(?:(?:the|my|our|final|die|das|meine)\s+)*{_NOUN}\s*(?:{_BOLD}\s*:\s*{_BOLD}|(?:is|ist|lautet)\s*:?)"
    r"|\s*(?:exactly|precisely|only|genau|nur)(?:\s+(?:for|für)(?=\s+\S+\s*=))?(?=\s)"
    r"|\s*at(?=\s+\$?\\?\w+\s*=)"
    r"|\s*(?:for|when|für|bei)(?=\s+\$?\\?\w+\$?\s*=\s*[^=,:;]+\Z)"
    r"|\s*(?:so|thus|hence|therefore|finally|daher|somit|folglich)\s*(?:[,:]|(?<=\w)(?=\s))"
    r"|\s*=(?![=>])",
    re.IGNORECASE,
)
_EQUALS_IN_DOLLARS = re.compile(r"\s*(\$+)\s*=(?![=>])(?=[^$]*[^$\s])")
_EXAMPLE = re.compile(
    r"\s*(?:for\s+(?:example|instance)|e\.\s?g\.|take|let|choose|consider|set|with|z\.\s?b\.|zum\s+beispiel|wähle|sei|nimm)"
    r"\s*(?:[,:]|(?=\s))\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s*([^\W\d_]{3,}(?:\s+[^\W\d_]+){0,4})\s*:(?![=:])")
_IS = re.compile(
    r"\s*(?P<open>\$?)\s*(?P<name>\\?[^\W\d]\w*)\s*(?P<close>\$?)\s+"
    r"(?:is|equals|must\s+be|has\s+to\s+be|should\s+be|ist|lautet)\s+(?:equal\s+to\s+)?(?=[-+−\d$(\[{.\\])",
    re.IGNORECASE,
)
_ASKED_WORD = re.compile(r"\s*([^\W\d_]\w+)\s*:(?![=:])(?=\s*\S)")
_NUMBERED = re.compile(r"\s*(\d{1,2}\.)\s+(?=[\w(\[{$\\√‖|])")
_TAIL = re.compile(rf"(\$+)\s*({WHERE_IT_EXISTS}|[^\W\d_]+|\([^()$\\=<>]*\))\s*\.?\s*\Z")
_QUANTITY = re.compile(
    r"\s*(?:the|its|der|die|das)\s+([^\W\d_]+(?:[ -][^\W\d_]+){0,2}?)\s+(?:is|equals|are|ist|sind|lautet)"
    r"\s*:?\s+(?!not\b|no\b|nicht\b|kein)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!\w)(?:give|what (?:is|are)|compute|calculate|find|derive|determine|state|write(?: down)?"
    r"|berechne|bestimme|was ist)"
    r"\s+(?:the|its|der|die|das|den)\s+([^\W\d_]+(?:[ -][^\W\d_]+)*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")

_UNDER = re.compile(
    r"\s*(?:(?:only|exactly)\s+)?(?:for|if|when|whenever|iff|für|falls|wenn)\s+(?!all\b|any\b|every\b)",
    re.IGNORECASE,
)


def with_tail_inside(answer: Formula, scope: Scope) -> Formula:
    """Words behind the last dollar as words of the formula.

    >>> with_tail_inside(Formula("$1$ if $x > 0$, $0$ otherwise"), Scope()).text
    '$1$ if $x > 0$, $0\\\\text{ otherwise}$'
    >>> with_tail_inside(Formula("$w$ (by symmetry)"), Scope()).text
    '$w\\\\text{ (by symmetry)}$'
    >>> with_tail_inside(Formula("$w$ times 2"), Scope()).text
    '$w$ times 2'
    """
    if answer.entries or answer.items or not answer.text.lstrip().startswith("$"):
        return answer
    said = _TAIL.search(answer.text, max(0, len(answer.text) - MAX_WORDS))
    if said is None or not (said[2] in ELSE or is_remark(said[2])):
        return answer
    is_phrase = re.fullmatch(WHERE_IT_EXISTS, said[2]) is not None
    if not is_phrase and any(word in scope.names for word in _WORD.findall(said[2])):
        return answer
    text = f"{answer.text[: said.start()]}\\text{{ {said[2]}}}{said[1]}"
    return replace(answer, text=text)


def bare_condition(answer: Formula) -> Formula:
    """``for x > 0`` where a condition is asked for.

    >>> bare_condition(Formula("for |w| < 1")).text, bare_condition(Formula("for all x")).text
    ('|w| < 1', 'for all x')
    """
    said = None if answer.entries or answer.items else _UNDER.match(answer.text[:MAX_WORDS])
    if said is None or not answer.text[said.end() :].strip():
        return answer
    return stretch(answer, said.end(), len(answer.text))


def refuse_enumeration(answer: Formula) -> None:
    """Raise ReadError on ``2. x + 1``: the second of a list, or twice x + 1?"""
    said = None if answer.entries or answer.items else _NUMBERED.match(answer.text[:MAX_WORDS])
    if said is not None:
        message = f"'{said[1]}' may be the number of an item, or a factor"
        cure = "leave it out, or write * behind it"
        raise ReadError(message, answer.place_of((said.start(1), said.end(1))), "the formula alone", cure)


def without_lead_in(answer: Formula, scope: Scope) -> Formula:
    """The answer behind the words that say no more than that it is one.

    >>> without_lead_in(Formula("The final answer is $2x$."), Scope()).text
    '$2x$.'
    >>> without_lead_in(Formula("= 2*x"), Scope()).text, without_lead_in(Formula("so(x)"), Scope()).text
    ('2*x', 'so(x)')
    >>> [without_lead_in(Formula(each), Scope()).text for each in ("for t = 1/2", "for t = 0: 1")]
    ['t = 1/2', 'for t = 0: 1']
    >>> without_lead_in(Formula("$= a - a = 0$"), Scope()).text
    '$ a - a = 0$'
    """
    if not (answer.entries or answer.items) and (led := _EQUALS_IN_DOLLARS.match(answer.text)):
        return replace(answer, text=led[1] + answer.text[led.end() :])
    said = None if answer.entries or answer.items else _LEAD_IN.match(answer.text[:MAX_WORDS])
    if said is None or not answer.text[said.end() :].strip():
        return answer
    if any(word in scope.names or scope.head(word) is not None for word in _WORD.findall(said[0])):
        return answer
    return stretch(answer, said.end(), len(answer.text))


def with_equals_sign(answer: Formula, scope: Scope) -> Formula:
    """``c must be 1`` of a declared c as ``c = 1``.

    >>> from symderiv.expression.tree import Variable
    >>> scope = Scope().declare([Variable("c")])
    >>> said = ("c must be 1", "$c$ is $1$", "it is 1", "c is positive")
    >>> [with_equals_sign(Formula(each), scope).text for each in said]
    ['c = 1', '$c = 1$', 'it is 1', 'c is positive']
    """
    said = None if answer.entries or answer.items else _IS.match(answer.text[:MAX_WORDS])
    if said is None or said["name"].lstrip("\\") not in scope.names or said["open"] != said["close"]:
        return answer
    value = answer.text[said.end() :]
    if said["open"] and not value.startswith("$"):
        return answer
    dollar = "$" if value.startswith("$") and not value.startswith("$$") else ""
    return replace(answer, text=f"{dollar}{said['name']} = {value.removeprefix(dollar)}")


def without_quantity(answer: Formula, ask: str, scope: Scope) -> Formula:
    """The value behind the words for what the question ``ask``s for: *The variance is 2*.

    >>> without_quantity(Formula("The variance is 2"), "What is the variance of x?", Scope()).text
    '2'
    >>> without_quantity(Formula("The mean is 2"), "What is the variance, if the mean is 0?", Scope()).text
    'The mean is 2'
    """
    said = None if answer.entries or answer.items else _QUANTITY.match(answer.text[:MAX_WORDS])
    if said is None or not answer.text[said.end() :].strip():
        return answer
    words = " ".join(said[1].lower().split())
    asked = (" ".join(each.lower().split()) for each in _ASKED.findall(ask))
    if not any(each == words or each.startswith(f"{words} ") for each in asked):
        return answer
    if any(word in scope.names for word in _WORD.findall(said[1])):
        return answer
    return stretch(answer, said.end(), len(answer.text.rstrip(" .")))


def without_example(answer: Formula, scope: Scope) -> Formula:
    """The object behind *for example*, *take* or *let*.

    >>> without_example(Formula("e.g. [[0, 1], [0, 0]]"), Scope()).text
    '[[0, 1], [0, 0]]'
    """
    said = None if answer.entries or answer.items else _EXAMPLE.match(answer.text[:MAX_WORDS])
    if said is None or not answer.text[said.end() :].strip():
        return answer
    if any(word in scope.names for word in _WORD.findall(said[0])):
        return answer
    return stretch(answer, said.end(), len(answer.text.rstrip(" .")))


def without_heading(answer: Formula, scope: Scope, ask: str = "") -> Formula:
    """The answer behind words and a colon: ``Gradient: 2x``, or behind a word of the question, ``conv2: 5``.

    >>> without_heading(Formula("The new centres: 1/2, 3"), Scope()).text
    '1/2, 3'
    >>> without_heading(Formula("for all x: x > 0"), Scope()).text
    'for all x: x > 0'
    >>> without_heading(Formula("fc1: 5"), Scope(), "How many weights has fc1?").text
    '5'
    """
    is_plain = not (answer.entries or answer.items) and answer.text.count(":") == 1
    word = _ASKED_WORD.match(answer.text[:MAX_WORDS]) if is_plain and ask else None
    if word is not None and word[1] not in scope.names and re.search(rf"(?<!\w){word[1]}(?!\w)", ask):
        return stretch(answer, word.end(), len(answer.text))
    said = _HEADING.match(answer.text[:MAX_WORDS]) if is_plain else None
    if said is None or not answer.text[said.end() :].strip():
        return answer
    if not is_remark(said[1]) or any(word in scope.names for word in _WORD.findall(said[1])):
        return answer
    return stretch(answer, said.end(), len(answer.text))
