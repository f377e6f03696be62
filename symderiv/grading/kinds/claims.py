"""A claim as programs state it: ``forall s in nondecreasing: max(map(s, N)) == s(max(N))``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.exercise import Formula
from symderiv.language import Scope

_FOR_ALL = re.compile(r"\s*(?:for\s*all|∀)\s*(\w+)\s+(?:in|∈)\s+(\w+)\s*[:,.]\s*(.+)\Z", re.DOTALL)
_MAP = re.compile(r"\bmap\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_SIDES = re.compile(r"([^=<>!]+)==([^=<>!]+)\Z")
_HELD = re.compile(r"\b(?:if|for|and|or|not)\b")


def as_chain(row: Formula, scope: Scope) -> Formula:
    """The claim about the exercise's own function of that class, as a chain: ``==`` between the members.

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
        own = [name for name, v in scope.names.items() if v.kind.function == said[2]]
        text = re.sub(rf"\b{re.escape(said[1])}\b", own[0], said[3]) if len(own) == 1 else text
    text = _MAP.sub(r"\1(\2)", text)
    sides = _SIDES.match(text)
    if sides and not _HELD.search(text):  # a == that no condition holds
        text = f"{sides[1]}={sides[2]}"
    return row if text == row.text else replace(row, text=text)
