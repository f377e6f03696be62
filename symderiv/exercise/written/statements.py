"""Several statements in one answer: ``w = …;  Y = …`` and ``a = b ⇒ c``. One of them is the answer.

The others are steps, or say something of another quantity: they are left out, and the report names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.equations import cut
from symderiv.exercise.written.stretches import inside, stretch

_FOLLOWS = re.compile(r"\\(?:Rightarrow|Longrightarrow|implies|therefore)(?![A-Za-z])|[⇒⟹∴]")
_FOLLOWS_IN_TEXT = re.compile(r"==?>")
_ARROW = re.compile(r"\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])|→")
_CONDITION = re.compile(r"[<>≤≥≠∈]|\\(?:leq?|geq?|neq?|leqslant|geqslant|lt|gt|in|text)(?![A-Za-z])")
_EQUIVALENT = re.compile(r"\\(?:iff|Leftrightarrow|Longleftrightarrow)(?![A-Za-z])|[⇔⟺]|<=>")
_BESIDE = re.compile(r"(?<!\\)[,;]|\n|\\q?quad(?![A-Za-z])")
_ABOUT = re.compile(
    r"≈|≃|\\(?:approx|simeq)(?![A-Za-z])|\A\s*(?:\$\s*)?(?:~|(?:ca|approx)\.?(?!\w)|about(?!\w)|circa(?!\w)|etwa(?!\w))"
)
_LEADING = re.compile(
    r"\A(\s*(?:\$\s*)?)(?:≈|≃|\\(?:approx|simeq)(?![A-Za-z])|~|(?:ca|approx)\.?(?!\w)|about(?!\w)|circa(?!\w)|etwa(?!\w))"
)
_BESIDE_IN_BRACKETS = re.compile(
    r"\s*(?:\\q?quad\s*|\\[ ,;]\s*)?(?:\\left)?\(\s*"
    r"(?P<about>(?:≈|≃|~|\\(?:approx|simeq)(?![A-Za-z]))[^()]*?)"
    r"(?:\\right)?\)\s*\$?\s*\.?\s*\Z"
)
"""``(≈ 0.44)`` behind a value."""
_SIGN = re.compile(r"\s*(?P<sign>(?:<=?|>=?|[≤≥]|\\(?:leq?|geq?|lt|gt)(?![A-Za-z]))\s*0)\s*\$?\s*\.?\s*\Z")
_ASIDE = re.compile(
    r"[,;:|&]|\\(?:q?quad|[ ,;:]|\\|mid|land|lor|wedge|vee|text)"
    r"|(?<!\w)(?:if|for|when|where|whenever|with|provided|given|assuming|falls|für|wenn|mit|and|or|not|else)(?!\w)"
)
"""What may stand between a value and the condition under which it holds: words, commas, gaps."""
_NAME = re.compile(r"[\s$]*\\?[^\W\d]\w*(?:_\{[^{}]*\})?\s*")
MAX_BESIDE = 300
MAX_STATEMENTS = 20
_OPENING, _CLOSING = "([{", ")]}"

Asked = Callable[[Formula], bool]
"""Is a left-hand side what is asked for?"""


def conclusion(answer: Formula) -> tuple[Formula, tuple[Formula, ...]]:
    """What stands behind the last ``⇒``, and the steps before it; ``x > 0 ⇒ 1`` is no step."""
    *steps, last = split(answer, _FOLLOWS)
    if not steps and "=>" in answer.text:  # behind an equation; behind a formula it may be a ≥
        *steps, last = split(answer, _FOLLOWS_IN_TEXT)
        steps, last = (steps, last) if all(cut(step) for step in steps) else ([], answer)
    if not steps and _ARROW.search(answer.text):  # from an array or an equation on to the next
        *steps, last = split(answer, _ARROW)
        steps, last = (steps, last) if all(map(_leads_on, steps)) else ([], answer)
    if not last.text or not steps or any(_CONDITION.search(step.text) for step in steps):
        return answer, ()
    return last, tuple(steps)


def _leads_on(step: Formula) -> bool:
    return cut(step) is not None or step.text.lstrip().startswith(("\\begin{", "\\left[", "[[", "["))


def rounded(answer: Formula, granted: bool) -> tuple[Formula, tuple[Formula, ...]]:
    """Of ``19/117 ≈ 0.162`` what is exact, and the rest; where digits are ``granted``, ≈ is a =.

    >>> rounded(Formula("19/117 ≈ 0.162"), False)[0].text, rounded(Formula("≈ 0.162"), True)[0].text.strip()
    ('19/117', '0.162')
    >>> rounded(Formula("19/117 (≈ 0.162)"), False)[0].text
    '19/117'
    """
    if answer.entries or answer.items:
        return answer, ()
    beside = _BESIDE_IN_BRACKETS.search(answer.text, max(0, len(answer.text) - MAX_BESIDE))
    if beside is not None and answer.text[: beside.start()].strip(" $"):
        about = stretch(answer, beside.start("about"), beside.end("about"))
        exact = stretch(answer, 0, beside.start())
        return (replace(exact, text=exact.text + "$") if _is_open(exact.text) else exact), (about,)
    if not _ABOUT.search(answer.text):
        return answer, ()
    if granted:
        text = _LEADING.sub(r"\1", answer.text, count=1)
        return replace(answer, text=_ABOUT.sub("=", text)), ()
    exact, *others = split(answer, _ABOUT)
    return (exact, tuple(others)) if exact.text else (answer, ())


_ASKS_ABOUT = re.compile(
    r"(?<!\w)(?:approximate(?:ly)?|roughly|to first order|näherungsweise|ungefähr|etwa)(?!\w)", re.IGNORECASE
)


def without_sign(answer: Formula) -> tuple[Formula, tuple[Formula, ...]]:
    """Of ``-p/D^2 < 0`` the value, and what is said of its sign; a name alone says where it lies.

    >>> value, others = without_sign(Formula("-p/D^2 < 0"))
    >>> value.text, others[0].text, without_sign(Formula("D > 0"))[0].text
    ('-p/D^2', '< 0', 'D > 0')
    """
    said = None if answer.entries or answer.items else _SIGN.search(answer.text)
    value = answer.text[: said.start()] if said is not None else ""
    if said is None or _NAME.fullmatch(value) or _CONDITION.search(value) or _ASIDE.search(value):
        return answer, ()
    exact = stretch(answer, 0, said.start())
    sign = stretch(answer, said.start("sign"), said.end("sign"))
    return (replace(exact, text=exact.text + "$") if _is_open(exact.text) else exact), (sign,)


def asks_about(ask: str) -> bool:
    """Does the question ask by how much *approximately*? Its value is exact, and behind ≈ it says so.

    >>> asks_about("By how much does L change approximately?"), asks_about("By how much does L change?")
    (True, False)
    """
    return _ASKS_ABOUT.search(ask) is not None


def _is_open(text: str) -> bool:
    """Does a formula begin with a dollar that is closed no more?"""
    return text.count("$") % 2 == 1


def equivalents(answer: Formula) -> tuple[Formula, ...]:
    """The members of ``a ⇔ b``."""
    members = split(answer, _EQUIVALENT)
    return members if all(member.text for member in members) else (answer,)


def asked_statement(answer: Formula, is_asked: Asked) -> tuple[Formula, tuple[Formula, ...]]:
    """Of several equations that each say what a name is, those of an asked name; and the others.

    >>> kept, others = asked_statement(Formula("w = [1, 2]; Y = 3*x"), lambda left: left.text == "w")
    >>> kept.text, [other.text for other in others]
    ('w = [1, 2]', ['Y = 3*x'])
    """
    pieces = [piece for piece in split(answer, _BESIDE) if piece.text]
    sides = [cut(piece) for piece in pieces]
    if len(pieces) < 2 or any(each is None for each in sides):
        return answer, ()
    asked = [each is not None and is_asked(each[0]) for each in sides]
    if not any(asked) or all(asked):
        return answer, ()
    first = asked.index(True)
    last = len(asked) - 1 - asked[::-1].index(True)
    if not all(asked[first : last + 1]):
        return answer, ()
    others = tuple(piece for piece, kept in zip(pieces, asked, strict=True) if not kept)
    return _from_to(answer, pieces, first, last), others


def _from_to(answer: Formula, pieces: list[Formula], first: int, last: int) -> Formula:
    """The stretch of the answer from one piece to another."""
    if first == last:
        return pieces[first]
    begin = _offset(answer, pieces, first)
    return stretch(answer, begin, _offset(answer, pieces, last) + len(pieces[last].text))


def _offset(answer: Formula, pieces: list[Formula], number: int) -> int:
    at = 0
    for piece in pieces[: number + 1]:
        at = answer.text.index(piece.text, at)
    return at


def split(answer: Formula, sign: re.Pattern[str]) -> tuple[Formula, ...]:
    """The answer cut at a sign outside of all brackets."""
    if answer.entries or answer.items or sign.search(answer.text) is None:
        return (answer,)
    start, end = inside(answer.text)
    spans = list(_spans(answer.text, start, end, sign))
    return (
        (answer,) if not 1 < len(spans) <= MAX_STATEMENTS else tuple(stretch(answer, *span) for span in spans)
    )


def _spans(text: str, start: int, end: int, sign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    depth, at, begin = 0, start, start
    while at < end:
        if text.startswith(("\\begin{", "\\end{"), at):
            depth += 1 if text[at + 1] == "b" else -1
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        found = sign.match(text, at, end) if depth == 0 else None
        if found is None:
            at += 1
            continue
        yield begin, at
        at = begin = found.end()
    yield begin, end
