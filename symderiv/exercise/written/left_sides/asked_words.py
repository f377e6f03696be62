"""What a question calls the values of a list by words, *(i) untied, (ii) tied*, *mean and variance*: an
answer may say these before its values, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence as Items
from functools import lru_cache

from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.left_sides.entry_labels import as_chain_of_lists

_WORDS = r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}"
_IN_BRACKETS = re.compile(rf"\(\s*({_WORDS}(?:\s*,\s*{_WORDS})+)\s*\)")
_IN_A_ROW = re.compile(
    r"([^\W\d_]+(?:-[^\W\d_]+)*(?:,\s+[^\W\d_]+(?:-[^\W\d_]+)*)*),?\s+(?:and|und)\s+"
    r"(?:(?:the|der|die|das)\s+)?([^\W\d_]+(?:-[^\W\d_]+)*)"
)
_NUMBERED = re.compile(r"(\((?:i{1,3}|iv|v|[a-e]|[1-6])\))\s*([^\W\d_]+(?:-[^\W\d_]+)*)?")
_FORMULA = re.compile(r"\$[^$]*\$")
_BETWEEN = " \t\n,;&"
MAX_TEXT = 2000


@lru_cache(maxsize=512)
def asked_words(ask: str) -> tuple[tuple[str, ...], ...]:
    """The rows of words by which a question calls several values.

    >>> asked_words("How many (i) untied, (ii) tied? Give a pair.")
    (('(i)', '(ii)'), ('untied', 'tied'))
    >>> asked_words("Mean and variance of $y$ (a pair)"), asked_words("as a pair (greedy, other)")
    ((('Mean', 'variance'),), (('greedy', 'other'),))
    """
    return tuple(row for row in _rows(_FORMULA.sub("$", ask)) if len(set(row)) == len(row) > 1)


def _rows(ask: str) -> Iterator[tuple[str, ...]]:
    numbered = _NUMBERED.findall(ask)
    yield tuple(number for number, _ in numbered)
    if all(word for _, word in numbered):
        yield tuple(word for _, word in numbered)
    for said in _IN_BRACKETS.findall(ask):
        yield tuple(word.strip() for word in said.split(","))
    for first, last in _IN_A_ROW.findall(ask):
        yield (*(word.strip() for word in first.split(",")), last)


def in_asked_order(text: str, rows: Items[Items[str]], count: int) -> str:
    """The list of the values behind the words of one row, in the order of the question.

    >>> in_asked_order("tied: 1, untied: 4/2 = 2", [("untied", "tied")], 2)
    '[4/2, 1] = [2, 1]'
    >>> in_asked_order("(i) a (ii) b", [("(i)", "(ii)")], 2)
    'a, b'
    """
    for row in rows if len(text) <= MAX_TEXT else ():
        values = _values(text, row) if len(row) == count else []
        if values:
            chains = [split_equations(value) for value in values]
            said = as_chain_of_lists(chains)
            return f"${said}$" if "$" in text else said
    return text


def _values(text: str, row: Items[str]) -> list[str]:
    """What stands behind each of the words, if each of them is said once; otherwise nothing."""
    found = [list(_label(word).finditer(text)) for word in row]
    if not all(len(each) == 1 for each in found):
        return []
    spans = sorted((each[0].start(), each[0].end(), place) for place, each in enumerate(found))
    if text[: spans[0][0]].strip(" $\t\n"):
        return []
    values = [""] * len(row)
    for (_, start, place), (end, *_) in zip(spans, [*spans[1:], (len(text), 0, 0)], strict=True):
        piece = text[start:end].strip(_BETWEEN)
        piece = re.sub(r"(?:,\s*)?(?<!\w)(?:and|und)\s*\Z", "", piece.replace("$", "")).strip(_BETWEEN + ".")
        values[place] = piece
    return values if all(values) else []


def _label(word: str) -> re.Pattern[str]:
    if word.startswith("("):
        return re.compile(rf"(?<![\w)]){re.escape(word)}(?=\s)", re.IGNORECASE)
    return re.compile(
        rf"(?<![\w\\-])(?:\\text\s*\{{\s*)?{re.escape(word)}\s*\}}?\s*(?::|=)(?!=)", re.IGNORECASE
    )
