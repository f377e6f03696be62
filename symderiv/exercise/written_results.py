"""Results as people write them: ``3×3`` for a shape, ``128, 64, 32`` for a list, rows of cases by name.

Each is read only where the key says what is asked, so that nothing has to be guessed: ``3×3`` is a product
everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from dataclasses import replace

from symderiv.exercise.equations import split_equations
from symderiv.exercise.formula import Formula
from symderiv.expression.tree import Expr, Mapping, Sequence

_SIDES = re.compile(r"(?<![\w.])\d+(?:\s*(?:[x×]|\\times(?![a-zA-Z]))\s*\d+)+(?![\w.])")
_BETWEEN = re.compile(r"\s*(?:[x×]|\\times)\s*")
_ROW = re.compile(r"\(\s*((?:'[^']*'\s*,\s*)+)([^(),']+)\)")
_WORD = re.compile(r"'([^']*)'")
_DOLLARS = re.compile(r"\A\s*\$+|\$+\s*\Z")


def as_result(answer: Formula, key: Expr | None, rows: Names[str, list[str]]) -> Formula:
    """The answer, respelt where it is a shape, a bare list or rows of cases, and the key is of that kind."""
    if answer.entries or (answer.items and not rows):
        return answer
    text = answer.text
    if rows and isinstance(key, Mapping):
        text = named_rows(text, rows)
    elif isinstance(key, Sequence):
        text = _SIDES.sub(_shape, text) if asks_for_shapes(key) else text
        bare = _DOLLARS.sub("", text)
        text = f"[{bare.strip()}]" if len(_at_commas(bare)) > 1 else text
    return answer if text == answer.text else replace(answer, text=text, items=())


def asks_for_shapes(key: Expr) -> bool:
    """Is the key a tuple of sizes, or a list of such tuples?"""
    if not isinstance(key, Sequence):
        return False
    if all(isinstance(item, Sequence) for item in key.items):
        return bool(key.items) and all(map(asks_for_shapes, key.items))
    return key.kind == "tuple"


def _shape(said: re.Match[str]) -> str:
    return f"({', '.join(_BETWEEN.split(said[0]))})"


def _at_commas(text: str) -> list[str]:
    """The text cut at commas outside of brackets."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces if len(split_equations(text)) == 1 and all(piece.strip() for piece in pieces) else [text]


def named_rows(text: str, rows: Names[str, list[str]]) -> str:
    """``[('x>0', 'oo', 1), …]`` with the name of each row, its last entry being the value.

    A row that isn't asked for keeps its words as a name, so that the result isn't what is asked.

    >>> named_rows("[('x > 0', 'oo', 1), ('any', 'oo', 0)]", {"positive": ["x>0", "oo"]})
    '{positive: 1, any_oo: 0}'
    """
    found = _ROW.findall(text)
    if not found or re.sub(r"[\s,]", "", _ROW.sub("", text)).strip("[](){}"):
        return text
    by_words = {tuple(map(_bare, words)): name for name, words in rows.items()}
    entries = []
    for said, value in found:
        words = tuple(_bare(word) for word in _WORD.findall(said))
        entries.append(f"{by_words.get(words) or _as_name(words)}: {value.strip()}")
    return f"{{{', '.join(entries)}}}"


def _bare(word: str) -> str:
    return re.sub(r"\s|^\+(?=oo)", "", word.replace("∞", "oo").replace("==", "="))


def _as_name(words: tuple[str, ...]) -> str:
    spelt = "_".join(words).replace("-", "minus_")
    return re.sub(r"\W+", "_", spelt).strip("_") or "row"
