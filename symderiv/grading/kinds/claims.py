"""A claim as programs state it: ``forall s in nondecreasing: max(map(s, N)) == s(max(N))``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise import Formula
from symderiv.expression.kinds import FUNCTION
from symderiv.expression.tree import Variable
from symderiv.language import Scope

_FOR_ALL = re.compile(
    r"\s*(?:for\s*(?:all|every|any)|∀)\s*(\w+)\s*(?:in\b|∈)\s*([^\W\d][\w -]*?)\s*[:,.]\s*(.+)\Z", re.DOTALL
)
ANOTHER = Variable("another_function", FUNCTION)
"""What a claim about functions of another class is about."""
_LOOSE = ("increasing", "monotone", "monotonic")
"""Words by which some mean nondecreasing, and others not."""
_MAP = re.compile(r"\bmap\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_COMPARES = re.compile(r"[<>!]|(?<!=)=(?!=)")
_HELD = re.compile(r"\b(?:if|for|and|or|not)\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def as_chain(row: Formula, scope: Scope) -> Formula:
    """The claim about the exercise's own function of that class, as a chain: ``==`` between the members.

    Said of another class of functions, it is a claim about one of which no more is known.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Variable
    >>> scope = Scope().declare([Variable("f", Kind(function="nondecreasing"))])
    >>> as_chain(Formula("forall s in nondecreasing: max(map(s, N)) == s(max(N))"), scope).text
    'max(f(N)) = f(max(N))'
    """
    if row.entries or row.items or row.is_latex:
        return row
    said = _FOR_ALL.match(row.text)
    text = row.text
    if said:
        kind = re.sub(r"functions?\Z|[\W_]", "", said[2])
        if kind in _LOOSE:
            return row
        own = [name for name, v in scope.names.items() if v.kind.function == kind]
        name = own[0] if len(own) == 1 else ANOTHER.name
        text = re.sub(rf"\b{re.escape(said[1])}\b", name, said[3])
    text = _MAP.sub(r"\1(\2)", text)
    outside = _outside(text)
    if "==" in outside and not _COMPARES.search(outside) and not _HELD.search(outside):
        text = _with_single_signs(text)
    return row if text == row.text else replace(row, text=text)


def _with_single_signs(text: str) -> str:
    """``a == f(b == c)`` as a = f(b == c)."""
    depth, pieces, start = 0, [], 0
    for at, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if depth == 0 and at >= start and text.startswith("==", at):
            pieces.append(text[start:at])
            start = at + 2
    return "=".join([*pieces, text[start:]])


def _outside(text: str) -> str:
    """What stands outside of all brackets."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text
