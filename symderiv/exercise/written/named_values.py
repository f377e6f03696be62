"""Several results by their names, as people write them: ``k = 3, s = 2``, a line each, ``w_1 = w_2 = 1``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symderiv.exercise.written.commas import at_commas

_NAMED = re.compile(r"\s*([^\W\d]\w*|\([\w\s,]*\))\s*(?:=(?!=)|->|→|↦|:)(.+)\Z", re.DOTALL)
_BESIDE = re.compile(r"(?:\s*(?:(?<!\\);|\n|,\s*\n)\s*)+")
_DOLLARS = re.compile(r"\A\s*\$(.*)\$\s*\Z", re.DOTALL)


def named_values(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Name and value of each result; none unless every piece is one.

    Commas, semicolons or lines stand between them; a word asked for needs no sign behind it, and may have a
    capital.

    >>> named_values("k = 3; s = 2", ()), named_values("w_1 = w_2 = 1, b = f(1, 2)", ())
    ([('k', '3'), ('s', '2')], [('w_1', '1'), ('w_2', '1'), ('b', 'f(1, 2)')])
    >>> named_values("Time O(n), memory 1", ("time", "memory")), named_values("a = 1, 2", ())
    ([('time', 'O(n)'), ('memory', '1')], [])
    """
    asked = tuple(names)
    found = [_named(piece, asked) for piece in at_commas(with_commas(text))]
    return [pair for each in found for pair in each] if all(found) else []


def _named(piece: str, asked: tuple[str, ...]) -> list[tuple[str, str]]:
    said = _NAMED.match(piece) or _with_a_blank(piece, asked)
    if said is None:
        return []
    name, value = _as_asked(said[1].strip(), asked), said[2].strip().rstrip(".")
    dollars = _DOLLARS.match(value)
    value = dollars[1].strip() if dollars and "$" not in dollars[1] and "\\" not in dollars[1] else value
    again = _NAMED.match(value) if _single_equals(value) else None
    if again is None:
        return [(name, value)]
    further = _named(value, asked)
    return [(name, further[-1][1]), *further] if further else []


def _single_equals(value: str) -> bool:
    """Does a further name stand behind the =: ``w_2 = 1`` of ``w_1 = w_2 = 1``?"""
    return re.match(r"\s*[^\W\d]\w*\s*=(?!=)", value) is not None


def _with_a_blank(piece: str, asked: tuple[str, ...]) -> re.Match[str] | None:
    """``time O(n)`` where *time* is a word asked for, and no letter that could be a factor."""
    words = [re.escape(name) for name in asked if len(name) > 2]
    return re.match(rf"\s*({'|'.join(words)})\s+(.+)\Z", piece, re.DOTALL | re.IGNORECASE) if words else None


def _as_asked(name: str, asked: tuple[str, ...]) -> str:
    alike = [each for each in asked if each.casefold() == name.casefold()]
    return alike[0] if name not in asked and len(alike) == 1 and len(name) > 2 else name


def with_commas(text: str) -> str:
    """The text with commas for the semicolons and line ends that stand in no bracket.

    >>> with_commas("a = 1; b = f(1; 2)\\nc = 3")
    'a = 1, b = f(1; 2), c = 3'
    """
    return "".join(_BESIDE.sub(", ", piece) if outside else piece for outside, piece in _levels(text.strip()))


def _levels(text: str) -> Iterator[tuple[bool, str]]:
    depth, start = 0, 0
    for at, character in enumerate(text):
        if character in "([{":
            if depth == 0:
                yield True, text[start:at]
                start = at
            depth += 1
        elif character in ")]}" and depth:
            depth -= 1
            if depth == 0:
                yield False, text[start : at + 1]
                start = at + 1
    yield depth == 0, text[start:]
