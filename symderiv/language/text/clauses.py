"""A text cut into clauses at the words and commas outside of its brackets: ``1/x``, ``for x != 0``."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from symderiv.language.provisos import (
    COUNTED,
    DEFINING,
    ELSE,
    MAX_CLAUSES,
    TELLING,
    UNDER,
    WHERE_IT_EXISTS,
    is_remark,
)

_LEADS = sorted(UNDER | ELSE, key=len, reverse=True)
_UNDEFINED = r"(?:(?:but|and) )?(?:is )?(?:undefined|not defined|not differentiable) (?:at|for|if|when|where)"
_WORD = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, _LEADS))}|{_UNDEFINED})(?![\w(])", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"\s(\()\s*(?:{'|'.join(map(re.escape, sorted(UNDER)))}|{_UNDEFINED})\s[^()]*(\))\s*\Z", re.IGNORECASE
)
_DEFINING = tuple(DEFINING)
_KEYWORDS = frozenset(("for", "if", "else"))
"""Words that the grammar knows: where only these stand, it is asked first."""
_LETTERS = re.compile(r"[^\W\d_]+")
_FIRST = frozenset((*(lead.split()[0] for lead in _LEADS), "but", "and", "is", "undefined", "not"))
"""The words that a clause begins with: most formulas hold none, which is quickly seen."""
_OPEN, _CLOSE = "([{", ")]}"
_REMARK = re.compile(r"\s\(\s*(?P<words>\+?\s*[^\W\d_]{2,}[^()=<>*/^]*)\)\s*\Z")
_WHERE_IT_EXISTS = re.compile(rf"[\s,;]+\(?\s*{WHERE_IT_EXISTS}\s*\)?\s*\.?\s*\Z", re.IGNORECASE)
MAX_PHRASE = 60
_COUNTED = re.compile(r"(?<=\d)\s+([^\W\d_]+)\s*\.?\s*\Z")
_DOTS = re.compile(r"\s*(?:\.{2,3}|…)\s*")
_OTHERWISE = re.compile(r"(?<!\w)else(?!\w)")
_AND = re.compile(r"(?<!\w)(?:and|und)(?!\w)")
_LEADING_AND = re.compile(r"\s*(?:and|und)(?!\w)")
_SAYS = re.compile(r"[<>≤≥≠=∈]|(?<!\w)in(?!\w)")
_START = re.compile(r"\s*[^\W\d]\w*\s*=(?!=)")


@dataclass(slots=True)
class Part:
    """A stretch of the text, the sign and the words before it, and what was said of it."""

    words: str
    sign: str
    start: int
    end: int
    conditions: list[tuple[int, int, bool]] = field(default_factory=list)
    elsewhere: bool = False


def may_hold(text: str) -> bool:
    """Does the text hold words that no formula holds?"""
    if _FIRST.isdisjoint(_LETTERS.findall(text.lower())):
        return _end(text) < len(text)
    return any(found[0].lower() not in _KEYWORDS for found in _WORD.finditer(text)) or _end(text) < len(text)


def remarks_in(text: str) -> list[str]:
    """The words at the end of a text that its reading leaves out."""
    said = text[_end(text) :].strip()
    return [said] if said else []


def counted_in(text: str, names: Container[str]) -> str:
    """What a number at the end of a text counts, if that is no name: *parameters* in ``73728 parameters``.

    >>> counted_in("2 * 17 parameters", ()), counted_in("2 layers", ["layers"]), counted_in("2 nats", ())
    ('parameters', '', '')
    """
    said = _COUNTED.search(text)
    return said[1] if said is not None and said[1].lower() in COUNTED and said[1] not in names else ""


def without_brackets(text: str) -> str:
    """``log(x) (for x > 0)``: brackets around a condition at the end are blanks."""
    said = _BRACKETED.search(text)
    if said is None:
        return text
    return f"{text[: said.start(1)]} {text[said.start(1) + 1 : said.end(2) - 1]} {text[said.end(2) :]}"


def _end(text: str) -> int:
    """Where the formula ends, before a bracket that holds words alone."""
    phrase = _WHERE_IT_EXISTS.search(text, max(0, len(text) - MAX_PHRASE))
    if phrase is not None and text[: phrase.start()].strip():
        return phrase.start()
    said = _REMARK.search(text)
    if said is None or not is_remark(said["words"].lstrip("+ ")):
        return len(text)
    return said.start() if TELLING.intersection(said["words"].lower().split()) else len(text)


def parts_of(text: str) -> list[Part]:
    """The clauses in order, ``i = 1, ..., n`` as one; none of a text with too many."""
    found = list(islice(_WORD.finditer(text), MAX_CLAUSES + 1))
    if len(found) > MAX_CLAUSES or text.count(",") + text.count(";") > 4 * MAX_CLAUSES:
        return []
    parts = _counts_joined(text, [part for part in _cut(text, _end(text)) if not _is_empty(text, part)])
    return [piece for at, part in enumerate(parts) for piece in _at_ands(text, part, parts[at + 1 : at + 2])]


def _is_empty(text: str, part: Part) -> bool:
    return not part.words and not text[part.start : part.end].strip()


def _cut(text: str, end: int) -> Iterator[Part]:
    found, depth, at, whole = Part("", "", 0, end), 0, 0, 0
    while at < end:
        character = text[at]
        depth += (character in _OPEN) - (character in _CLOSE)
        word = _WORD.match(text, at, end) if depth == 0 else None
        if word is not None and word[0].lower().endswith("if"):
            whole = max(whole, _choice_end(text, word.end(), end))
        if word is not None and at >= whole:
            if text[found.start : at].strip():
                found.end = at
                yield found
                found = Part(word[0], "", word.end(), end)
            else:
                found = Part(f"{found.words} {word[0]}".strip(), found.sign, word.end(), end)
            at = word.end()
        elif depth == 0 and (character in ",;" or (character == ":" and found.words)):
            found.end = at
            yield found
            found, at = Part("", character, at + 1, end), at + 1
        else:
            at += 1
    found.end = end
    yield found


def _at_ands(text: str, part: Part, following: list[Part]) -> Iterator[Part]:
    """``where s = 1 and t = 2``, ``for x > 0 and 0 otherwise``, cut where the *and* joins no conditions."""
    led = _LEADING_AND.match(text, part.start, part.end) if part.sign and not part.words else None
    if led is not None:  # 1 if x > 0, and 0 otherwise
        part.start = led.end()
    defines = part.words.lower().startswith(_DEFINING) and _START.match(text, part.start, part.end)
    for sign in reversed(list(_AND.finditer(text, part.start, part.end)) if part.words else []):
        is_alone = (
            _SAYS.search(text, sign.end(), part.end) is None
        )  # no condition: the value of the next case
        begins = (
            _START.match(text, sign.end(), part.end)
            if defines
            else is_alone and following and following[0].words
        )
        if begins and _is_outside(text, part.start, sign.start()):
            yield from _at_ands(text, replace(part, end=sign.start()), [])
            yield Part("", ",", sign.end(), part.end)
            return
    yield part


def _is_outside(text: str, start: int, at: int) -> bool:
    """Is every bracket that opens before closed before, too?"""
    return sum((character in _OPEN) - (character in _CLOSE) for character in text[start:at]) == 0


def _choice_end(text: str, start: int, end: int) -> int:
    """Behind the ``else`` of an ``a if c else b`` whose *if* ends at ``start``; 0 where it has none."""
    depth = 0
    for at in range(start, end):
        character = text[at]
        depth += (character in _OPEN) - (character in _CLOSE)
        if depth == 0 and character in ",;":
            return 0
        if depth == 0 and _OTHERWISE.match(text, at, end):
            return at + 4
    return 0


def _counts_joined(text: str, parts: list[Part]) -> list[Part]:
    done: list[Part] = []
    waiting = iter(parts)
    for part in waiting:
        is_dots = _DOTS.fullmatch(text, part.start, part.end) is not None
        last = next(waiting, None) if is_dots and done else None
        if last is None:
            done.append(part)
            continue
        if len(done) > 1 and _START.match(text, done[-2].start, done[-2].end):
            done.pop()  # i = 1, 2, ..., n
        done[-1].end = last.end
    return done
