"""Caps on what is read, looked at before anything is computed."""

from __future__ import annotations

import re
import unicodedata

from symderiv.errors import LimitExceeded, ReadError
from symderiv.language.source import Misread

MAX_LENGTH = 100_000
MAX_DEPTH = 100
MAX_DIGITS = 1000
MAX_NAME = 100
MAX_INDICES = 12
MAX_NODES = 50_000
MAX_EXPONENT = 10_000
MAX_BITS = 100_000
MAX_FACTORIAL = 10_000

_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff0-\ufffb\U000e0000-\U000e007f]"
)
_FAMILIAR = re.compile(
    "[\u0041-\u024f\u0370-\u03ff\u1d00-\u1dbf\u1e00-\u1fff\u2071-\u209f\u2100-\u214f\U0001d400-\U0001d7ff]"
)
_BRACKET = re.compile(r"[(\[{)\]}]")
_DIGITS = re.compile(rf"\d{{{MAX_DIGITS + 1}}}")


def check_text(text: str) -> None:
    """Refuse a text that is too long, too deep, has a giant number, or characters that nobody can see."""
    if len(text) > MAX_LENGTH:
        raise Misread(
            f"this text has {len(text)} characters",
            MAX_LENGTH,
            MAX_LENGTH + 1,
            expected=f"at most {MAX_LENGTH}",
            error=LimitExceeded,
        )
    unseen = _UNWANTED.search(text)
    if unseen:
        raise Misread(
            f"an invisible or control character (U+{ord(unseen.group()):04X})",
            unseen.start(),
            unseen.end(),
            cure="delete it",
            error=ReadError,
        )
    digits = _DIGITS.search(text)
    if digits:
        raise Misread(
            "this number is too long",
            digits.start(),
            digits.end(),
            expected=f"at most {MAX_DIGITS} digits",
            error=LimitExceeded,
        )
    _check_brackets(text)


def check_letters(name: str, start: int) -> None:
    """Refuse letters that only look like those of a formula: a Cyrillic х is no x."""
    if name.isascii():
        return
    for at, letter in enumerate(name, start):
        if letter.isalpha() and not _FAMILIAR.match(letter):
            raise Misread(
                f"'{letter}' is a letter of another alphabet ({unicodedata.name(letter, 'unnamed').lower()})",
                at,
                at + 1,
                expected="Latin or Greek letters",
                cure="write it anew, with the letter of your keyboard",
            )


def _check_brackets(text: str) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket.group() in "([{" else -1
        if depth > MAX_DEPTH:
            raise too_deep(bracket.start(), bracket.end())


def too_large(start: int, end: int) -> Misread:
    return Misread(
        "this formula is too large",
        start,
        end,
        expected=f"at most {MAX_NODES} pieces",
        error=LimitExceeded,
    )


def too_deep(start: int, end: int) -> Misread:
    return Misread(
        "this is nested too deeply",
        start,
        end,
        expected=f"at most {MAX_DEPTH} levels",
        error=LimitExceeded,
    )
