"""Bounds of a declared number: ``> 1``, ``>= 0 and < 2``, ``in [0, 1]``."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import gcd

from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Apply, Constant, Expr, Number
from symderiv.language.mentions import walk
from symderiv.language.resolving.resolve import resolve
from symderiv.language.scope import Scope
from symderiv.language.source import Misread
from symderiv.language.syntax import Name
from symderiv.language.text.reading import parse

_RELATION = re.compile(r"\s*(?:,|and\b)?\s*(<=|>=|<|>|≤|≥)\s*([^<>≤≥,]+?)(?=\s*(?:,|and\b|[<>≤≥]|$))")
_INFINITE = frozenset(("oo", "inf", "infinity", "∞"))
_INTERVAL = re.compile(r"\s*(?:in\b|∈)\s*([\[(\]])\s*([^,\[\]()]+)\s*,\s*([^,\[\]()]+)\s*([\])\[])\s*$")


def bounded(domain: Domain, text: str, start: int, end: int) -> Domain:
    """``domain`` within the bounds that stand in the text."""
    interval = _INTERVAL.match(text, start, end)
    if interval:
        return _with_room(_within(domain, interval), start, end)
    at = start
    while at < end and text[at:end].strip():
        relation = _RELATION.match(text[:end], at)
        if relation is None:
            raise Misread(
                "this bound can't be read",
                at,
                end,
                expected="> 1, or in [0, 1]",
                cure="write a number, as in real > 1",
            )
        domain = intersect(domain, _half_line(relation))
        at = relation.end()
    return _with_room(domain, start, end)


def _with_room(domain: Domain, start: int, end: int) -> Domain:
    """Real numbers of which there are many: what holds but for single points says nothing of one alone."""
    if not leaves_many(domain):
        raise Misread(
            "these bounds leave one number, or none",
            start,
            end,
            expected="bounds with numbers between them",
            cure="write the number itself instead of a name",
        )
    return domain


def leaves_many(domain: Domain) -> bool:
    """Are there more numbers than one, where they aren't integers?

    >>> leaves_many(Domain(lower=Fraction(0), upper=Fraction(0))), leaves_many(Domain(lower=Fraction(0)))
    (False, True)
    """
    return domain.integer or domain.lower is None or domain.upper is None or domain.lower < domain.upper


def _half_line(relation: re.Match[str]) -> Domain:
    sign = {"≤": "<=", "≥": ">="}.get(relation.group(1), relation.group(1))
    value = _number(relation, 2)
    if sign[0] == ">":
        return Domain(lower=value, lower_open=sign == ">")
    return Domain(upper=value, upper_open=sign == "<")


def _within(domain: Domain, interval: re.Match[str]) -> Domain:
    lower, upper = _number(interval, 2), _number(interval, 3)
    if lower is not None and upper is not None and lower > upper:
        raise Misread(
            "this interval is empty",
            interval.start(1),
            interval.end(4),
            expected="[lower, upper]",
            cure="turn its ends round",
        )
    opens, closes = interval.group(1) in "(]", interval.group(4) in ")["
    made = Domain(lower=lower, upper=upper)
    if lower is not None:
        made = replace(made, lower_open=opens)
    if upper is not None:
        made = replace(made, upper_open=closes)
    return intersect(domain, made)


def _number(match: re.Match[str], group: int) -> Fraction | None:
    """An exact number, or None for an infinite end."""
    start, end = match.span(group)
    syntax = parse(" " * start + match.group(group))
    if any(isinstance(node, Name) and node.name not in _INFINITE for node in walk(syntax)):
        raise _no_number(start, end)
    tree = resolve(syntax, Scope(strict=False), "text")
    found = exact(tree)
    if found is not None:
        return found
    bare = tree.args[0] if isinstance(tree, Apply) and tree.head in ("neg", "pos") else tree
    if bare == Constant("oo"):
        return None
    raise _no_number(start, end)


def _no_number(start: int, end: int) -> Misread:
    return Misread(
        "this bound is no number", start, end, expected="a number", cure="write it as a condition: x > y"
    )


def exact(tree: Expr) -> Fraction | None:
    """The value of a fraction typed out, such as ``-1/2``; None for anything else."""
    if isinstance(tree, Number):
        return Fraction(tree.value)
    if isinstance(tree, Apply) and tree.head in ("neg", "div"):
        values = [exact(arg) for arg in tree.args]
        if tree.head == "neg" and values[0] is not None:
            return -values[0]
        if tree.head == "div" and values[0] is not None and values[1]:
            return values[0] / values[1]
    return None


def intersect(a: Domain, b: Domain) -> Domain:
    """The numbers in both domains.

    >>> intersect(Domain(integer=True), Domain(lower=Fraction(0), lower_open=True)).contains(0)
    False
    """
    lower, lower_open = max(_ends(a.lower, a.lower_open), _ends(b.lower, b.lower_open), key=_low)
    upper, upper_open = min(_ends(a.upper, a.upper_open), _ends(b.upper, b.upper_open), key=_high)
    modulus, residue = _congruent(a, b)
    return Domain(a.integer or b.integer, lower, lower_open, upper, upper_open, modulus, residue)


def _ends(value: Fraction | None, is_open: bool) -> tuple[Fraction | None, bool]:
    return value, is_open


def _low(end: tuple[Fraction | None, bool]) -> tuple[bool, Fraction, bool]:
    return end[0] is not None, end[0] or Fraction(0), end[1]


def _high(end: tuple[Fraction | None, bool]) -> tuple[bool, Fraction, bool]:
    return end[0] is None, end[0] or Fraction(0), not end[1]


def _congruent(a: Domain, b: Domain) -> tuple[int, int]:
    if a.modulus == 1 or b.modulus == 1:
        return max((a.modulus, a.residue), (b.modulus, b.residue))
    common = a.modulus * b.modulus // gcd(a.modulus, b.modulus)
    for residue in range(common):
        if residue % a.modulus == a.residue and residue % b.modulus == b.residue:
            return common, residue
    raise Misread("no number is both", 0, 1, expected="even or odd", cure="leave one of the two out")
