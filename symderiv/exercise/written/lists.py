"""Lists of entries as people write them: ``w_1 = 1, w_2 = 3``, and with decimal commas, ``0,5; 6,5``."""

from __future__ import annotations

import re

from symderiv.errors import ReadError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.left_sides.entry_labels import as_chain_of_lists
from symderiv.expression.tree import Sequence

_NUMBERED = re.compile(
    r"(?:\\[ ,;:]|\\q?quad|\s)*(\\?[^\W\d_]+(?:\s*\{\s*\\?[^\W\d_]+\s*\})?)\s*(?:_?\{?(\d+)\}?|([₀-₉]+))"
    r"\s*=(?!=)(.+)\Z",
    re.DOTALL,
)
_NAMED = re.compile(
    r"(?:\\[ ,;:]|\\q?quad|[\s$])*(?:\\?[^\W\d]\w*|\\(?:text|mathrm|operatorname)\{[^{}]*\})"
    r"(?:_\{[^{}]*\}|[₀-₉]+)?"
    r"\s*(?:=(?!=)|:(?!=))\s*\S"
)
_COMPUTED = re.compile(
    r"\\(?:[dt]?frac|cdot|times|left|right|[lr](?:floor|ceil))(?![A-Za-z])|(?<=\d)e(?=-?\d)"
    r"|(?<![^\W\d_])(?:sqrt|floor|ceil|max|min|exp|log|ln|sin|cos|tanh)(?![^\W\d_])"
)
_LETTER = re.compile(r"[^\W\d_]")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SEMICOLON = re.compile(r"(?<!\\);(?![^([{]*[)\]}])")
_BETWEEN = re.compile(r"(?<!\s)\s*(?:;\s*|,\s+)")
_DECIMAL = re.compile(r"\s*([-+−]?\s*\d+),(\d+)\s*")
_PLAIN = re.compile(r"\s*[-+−]?\s*\d+(?:\.\d+)?(?:\s*/\s*\d+)?\s*")
_BRACKETS = re.compile(r"\s*([(\[])(.*)([)\]])\s*", re.DOTALL)


def as_entries(text: str, key: Sequence) -> str:
    """The list without the names of its entries, its numbers with points for decimal commas.

    >>> as_entries("c_1 = 0,5; c_2 = 6,5", Sequence((Sequence(()), Sequence(()))))
    '0.5, 6.5'
    """
    text = without_numbers(text)
    return with_decimal_commas(text, len(key.items))


def entry_by_entry(answer: Formula, text: str, key: Sequence) -> str:
    """Each entry with its own chain, ``1/2*4 = 2, 3``, as lists that are equal to each other.

    Raises ReadError on ``FPR = 1, TPR = 2``: names don't tell in which order a list is asked for, and of
    ``x, Var(y) = 2`` what stands behind the comma is no condition.

    >>> entry_by_entry(Formula("1/2*4 = 2, 3"), "1/2*4 = 2, 3", Sequence((Sequence(()), Sequence(()))))
    '[1/2*4, 3] = [2, 3]'
    """
    pieces = at_commas(_SEMICOLON.sub(",", text))
    if not len(pieces) == len(key.items) > 1:
        return text
    chains = [split_equations(piece) for piece in pieces]
    left = [_COMPUTED.sub("", each[0]) for each in chains if len(each) > 1]
    if left and not any(map(_LETTER.search, left)):
        return as_chain_of_lists(chains)
    if len(left) == len(chains) or all(map(_NAMED.match, pieces)):
        raise ReadError(
            "the entries of this list are asked for by their order, not by names",
            answer.place_of((0, len(answer.text))),
            "the values alone, in the order in which they are asked for",
            "write (a, b)",
        )
    return text


def has_rows(text: str) -> bool:
    """``1, 2; 3, 4``: are there lists between the semicolons?

    >>> has_rows("1, 2; 3, 4"), has_rows("1; 2"), has_rows("[1, 2]; [3, 4]")
    (True, False, False)
    """
    rows = _SEMICOLON.split(text)
    return len(rows) > 1 and "=" not in text and any(len(at_commas(row)) > 1 for row in rows)


def without_numbers(text: str) -> str:
    """``w_1 = a, w_2 = b`` as ``a, b``: one name, its numbers in a row.

    >>> without_numbers("w_1 = [1, 0], w_2 = [0, 1]"), without_numbers("w_1 = 1, v_2 = 2")
    ('[1, 0], [0, 1]', 'w_1 = 1, v_2 = 2')
    >>> without_numbers("μ₁ = 2/4 = 1/2, μ₂ = 3/1 = 3")
    '[2/4, 3/1] = [1/2, 3]'
    """
    by_semicolon = _SEMICOLON.search(text) is not None
    pieces = _SEMICOLON.split(text) if by_semicolon else at_commas(text)
    found = [_NUMBERED.match(piece) for piece in pieces]
    said = [(piece[1], int((piece[2] or piece[3]).translate(_LOWERED))) for piece in found if piece]
    if len(said) < max(2, len(found)) or said != [(said[0][0], said[0][1] + k) for k in range(len(said))]:
        return text
    chains = [split_equations(piece[4]) for piece in found if piece]
    return as_chain_of_lists(chains, "; " if by_semicolon else ", ")


def with_decimal_commas(text: str, count: int) -> str:
    """The list with decimal points, where only so it has as many entries as are asked for.

    A comma right between two digits is a decimal one, if blanks or semicolons stand between the entries.

    >>> with_decimal_commas("0,5; 6,5", 2), with_decimal_commas("(0,5, 6)", 2)
    ('0.5, 6.5', '(0.5, 6)')
    >>> with_decimal_commas("0,5, 6,5", 4), with_decimal_commas("0,5", 2)
    ('0,5, 6,5', '0,5')
    """
    brackets = _BRACKETS.fullmatch(text)
    inside = brackets[2] if brackets else text
    entries = _BETWEEN.split(inside)
    decimals = [_DECIMAL.fullmatch(entry) for entry in entries]
    if len(entries) != count or count < 2 or not any(decimals):
        return text
    if not all(decimal or _PLAIN.fullmatch(entry) for decimal, entry in zip(decimals, entries, strict=True)):
        return text
    said = ", ".join(
        f"{decimal[1]}.{decimal[2]}" if decimal else entry.strip()
        for decimal, entry in zip(decimals, entries, strict=True)
    )
    return f"{brackets[1]}{said}{brackets[3]}" if brackets else said
