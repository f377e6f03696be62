"""One number as people type it: ``0,5``, ``75,497,472``, ``73 728``, ``1.234,5``, ``32x32x64``.

A comma or a blank between digits means this only where one number is asked for, so that no pair can be meant,
and only where it can't mean two things: ``1,386`` may be a thousand and more, or less than two.
"""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.errors import ReadError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.stretches import inside

_COMMA = re.compile(r"\{,\}")
_BLANKS = "[ '’\u00a0\u2009\u202f]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:(?:,\d{{3}}){{2,}}|(?:{_BLANKS}\d{{3}})+|(?:,\d{{3}})+(?=\.))(?:\.\d+)?")
"""``75,497,472``, ``73 728`` and ``1,234.5``."""
_GERMAN_GROUPS = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+)")
"""``75.497.472`` and ``1.234,5``."""
_DECIMAL = re.compile(r"0+,\d+|\d+,(?:\d{1,2}|\d{4,})|[1-9]\d{3,},\d+|,\d+")
"""``0,5``, ``1,39`` and ``1386,294``: no group of thousands."""
_DOUBTFUL = re.compile(r"(?<![\d}])(\d{1,3})\{,\}(\d{3})(?![\d{.])")
_THOUSANDS = re.compile(r"\A([\s$]*[1-9]\d{0,2}),(?!000)(\d{3})(?=[\s$.]*\Z)")
_TIMES = re.compile(r"\d+(?:\s*[xX×]\s*\d+)+")
_SQUARE = re.compile(r"(\d+)\s*(?:[xX×]|\\times|by)\s*\1")
_ASKS_A_SIDE = re.compile(
    r"(?<!\w)(?:sides?|width|height|wide|receptive field|kernel size|resolution|seite|breite|höhe)(?!\w)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(\s*[-+−]?\s*)(,?\d.*?)(\s*\Z)", re.DOTALL)


def may_be_typed(text: str) -> bool:
    """Is there anything between digits, or before them, that a number may hold?"""
    return re.search(rf"\A\W*,\d|\d(?:\{{?,\}}?|{_BLANKS}|\s*[xX]\s*|\.\d{{3}}[.,])\d", text) is not None


def with_typed_numbers(answer: Formula) -> Formula:
    """The answer, each member of ``a = b`` that is nothing but a number spelt as the language spells it.

    >>> with_typed_numbers(Formula("ln(4) = 1,39")).text, with_typed_numbers(Formula("75,497,472")).text
    ('ln(4) =1.39', '75497472')
    >>> with_typed_numbers(Formula("1,386")).text, with_typed_numbers(Formula("32x32x3")).text
    ('1,386', '32*32*3')
    """
    if answer.entries or answer.items:
        return answer
    start, end = inside(answer.text)
    members = [_spelt(member) for member in split_equations(answer.text[start:end])]
    text = answer.text[:start] + "=".join(members) + answer.text[end:]
    return answer if text == answer.text else replace(answer, text=text)


def refuse_square(answer: Formula, ask: str) -> None:
    """Raise ReadError on ``15x15`` where the question ``ask``s for a side: the square, or its area?

    >>> refuse_square(Formula("15x16"), "How wide is it?"), refuse_square(Formula("15*15"), "Its side?")
    (None, None)
    """
    last = split_equations(answer.text)[-1].strip(" $.")
    said = _SQUARE.fullmatch(last) if _ASKS_A_SIDE.search(ask) else None
    if said is not None and not (answer.entries or answer.items):
        message = f"'{last}' may be a square, or the number of its entries"
        cure = f"write {said[1]}, or {said[1]}*{said[1]} for the product"
        raise ReadError(message, answer.place_of((0, len(answer.text))), "one number", cure)


def with_thousands(answer: Formula) -> Formula:
    """``5,856`` as ``5856`` where a whole number is asked for, which 5.856 is not; ``2,000`` may be 2.

    >>> with_thousands(Formula("1216 + 4640 = 5,856")).text, with_thousands(Formula("2,000")).text
    ('1216 + 4640 = 5856', '2,000')
    """
    members = [_THOUSANDS.sub(r"\1\2", member) for member in split_equations(answer.text)]
    text = "=".join(members)
    return answer if text == answer.text else replace(answer, text=text)


def with_doubtful_commas(answer: Formula) -> Formula:
    """``1{,}386`` as ``1,386``, which is refused: among rounded numbers it isn't surely a thousand and more.

    >>> with_doubtful_commas(Formula("1{,}386")).text, with_doubtful_commas(Formula("1{,}386{,}294")).text
    ('1,386', '1{,}386{,}294')
    """
    return replace(answer, text=_DOUBTFUL.sub(r"\1,\2", answer.text))


def _spelt(member: str) -> str:
    piece = _PIECE.fullmatch(member)
    if piece is None:
        return member
    number = _COMMA.sub(",", piece[2])
    if _GROUPED.fullmatch(number):
        number = re.sub(rf",|{_BLANKS}", "", number)
    elif _GERMAN_GROUPS.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    elif _DECIMAL.fullmatch(number):
        number = ("0" if number[0] == "," else "") + number.replace(",", ".")
    elif _TIMES.fullmatch(number):
        number = re.sub(r"\s*[xX×]\s*", "*", number)
    else:
        return member
    return f"{piece[1].strip()}{number}" if piece[1].strip() else number
