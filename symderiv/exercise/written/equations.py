"""A text cut at its ``=``: the left side and the rest, and the members of a chain ``a = b = c``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.stretches import inside, stretch
from symderiv.language.limits import MAX_LENGTH

_OPENING, _CLOSING = "([{", ")]}"
_ASIDE = re.compile(
    r"(?<![\w\\])(?:where|with|when|whenever|if|for|given|provided)(?!\w)"
    r"|\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:,\s*)?(?:where|with|when|whenever|if|for|given|provided)(?![\w])"
)
_BESIDE = re.compile(r"(?<!\\)[,;]|\\q?quad(?![A-Za-z])")
_SET_LINES, _NEW_LINE = " \t\r\n&", "\\\\"
MAX_MEMBERS = 300
"""How many members a chain ``a = b = c`` may have: each is read by itself."""


def cut(answer: Formula) -> tuple[Formula, Formula] | None:
    """What stands left and right of the first ``=``, if there is one outside of all brackets."""
    start, end = inside(answer.text)
    text = answer.text[start:end]
    left = chain(text)[0]
    if len(left) == len(text):
        return None
    behind = start + len(left) + 1
    first, last = _line(answer.text, start, behind - 1)
    if not answer.text[first:last].strip(":") or not answer.text[behind:end].strip():
        return None
    last = first + len(answer.text[first:last].rstrip(" :"))
    return stretch(answer, first, last), _opened(answer, behind, end)


def _opened(answer: Formula, start: int, end: int) -> Formula:
    """What stands from ``start`` on; of ``$H = X$ where $X = …$`` its dollars open before the =."""
    said = stretch(answer, start, end)
    before = answer.text[:start]
    dollars = next((sign for sign in ("$$", "$") if before.count(sign) % 2), "")
    if "$" not in said.text or not dollars:
        return said
    said = stretch(answer, start, len(answer.text))
    if said.text.startswith(dollars):  # $H =$ $X$
        return stretch(said, len(dollars), len(said.text))
    return replace(said, text=f"{dollars}{said.text}")


def members(right: Formula) -> tuple[Formula, ...]:
    """What stands between the ``=`` of a chain, member by member."""
    start, end = inside(right.text)
    found: list[Formula] = []
    at = start
    pieces = chain(right.text[start:end])
    for piece in pieces if len(pieces) <= MAX_MEMBERS else ():
        is_last = len(found) == len(pieces) - 1
        found.append((_opened if is_last else stretch)(right, *_line(right.text, at, at + len(piece))))
        at += len(piece) + 1
    return (right,) if len(found) < 2 or any(not each.text for each in found) else tuple(found)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a member of a chain begins and ends, without the signs that set lines: ``&`` and ``\\\\``."""
    while start < end and (text[start] in _SET_LINES or text.startswith(_NEW_LINE, start, end)):
        start += 1 if text[start] in _SET_LINES else 2
    while start < end and (text[end - 1] in _SET_LINES or text.endswith(_NEW_LINE, start, end)):
        end -= 1 if text[end - 1] in _SET_LINES else 2
    return start, end


def split_equations(text: str) -> list[str]:
    """``text`` cut at each ``=`` outside brackets that is no ``==``, ``<=``, ``>=``, ``!=``.

    What stands behind *where*, *if* and the like says something of the last member.

    >>> split_equations("f(x, k=1) = 2 == y = 3"), split_equations("f = s*(1 - s) where s = g(x)")
    (['f(x, k=1) ', ' 2 == y ', ' 3'], ['f ', ' s*(1 - s) where s = g(x)'])
    """
    if len(text) > MAX_LENGTH:  # nobody will read it
        return [text]
    pieces, depth, start = [], 0, 0
    for offset, character in enumerate(text):
        if text.startswith("\\begin{", offset):
            depth += 1
        elif text.startswith("\\end{", offset):
            depth -= 1
        if depth == 0 and character in "wifgp\\" and _ASIDE.match(text, offset):
            break
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "=" and depth == 0 and not _compares(text, offset):
            pieces.append(text[start:offset])
            start = offset + 1
    return [*pieces, text[start:]]


def chain(text: str) -> list[str]:
    """The members of ``a = b``; behind a comma another statement begins, whose ``=`` is its own.

    >>> chain("y = 2*s, s = 3"), chain("y = f(2, 3) = 6")
    (['y ', ' 2*s, s = 3'], ['y ', ' f(2, 3) ', ' 6'])
    """
    members = split_equations(text)
    for number, member in enumerate(members[:-1]):
        if _says_more(member):
            return [*members[:number], "=".join(members[number:])]
    return members


def _says_more(member: str) -> bool:
    """Does anything stand behind a comma, a semicolon or a gap outside of brackets?"""
    depth, at = 0, 0
    while at < len(member):
        if member.startswith(("\\begin{", "\\end{"), at):
            depth += 1 if member[at + 1] == "b" else -1
        depth += (member[at] in _OPENING) - (member[at] in _CLOSING)
        sign = _BESIDE.match(member, at) if depth == 0 else None
        at = at + 1 if sign is None else sign.end()
        if sign is not None and member[at:].strip(_SET_LINES + "\\,;"):
            return True
    return False


def _compares(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (before in ("<", ">", "!", "=") and before != "") or after == "="
