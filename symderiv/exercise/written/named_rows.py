"""Rows of cases, ``('x>0', 'oo', 1)``, by the names under which the exercise asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Names

_ROW = re.compile(r"[(\[]\s*((?:'[^']*'\s*,\s*)+)'?([^()\[\],']+|\w+\([^()]*\))'?\s*[)\]]")
_REGION = re.compile(r"'([^']*)'\s*:\s*([^(),':]+?)(?=\s*[,}])")
_WORD = re.compile(r"'([^']*)'")


def named_rows(text: str, rows: Names[str, list[str]]) -> str:
    """``[('x>0', 'oo', 1), …]`` with the name of each row, its last entry being the value.

    A row that isn't asked for keeps its words as a name, so that the result isn't what is asked.

    >>> named_rows("[('x > 0', 'oo', 1), ('any', 'oo', 0)]", {"positive": ["x>0", "oo"]})
    '{positive: 1, any_oo: 0}'
    """
    text = text.replace('"', "'")
    found = [(_WORD.findall(said), value) for said, value in _ROW.findall(text)]
    rest = _ROW.sub("", text)
    if not found:  # {'x>0': 1, …}: in the one direction that is asked about
        found = [([said], value) for said, value in _REGION.findall(text)]
        rest = _REGION.sub("", text)
        rows = {name: words[:1] for name, words in rows.items()}
    if not found or re.sub(r"[\s,]", "", rest).strip("[](){}"):
        return text
    by_words = {tuple(map(_bare, words)): name for name, words in rows.items()}
    entries = []
    for words, value in found:
        bare = tuple(map(_bare, words))
        entries.append(f"{by_words.get(bare) or _as_name(bare)}: {value.strip()}")
    return f"{{{', '.join(entries)}}}"


def unasked_rows(names: Names[str, object], rows: Names[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Of the names that rows were given, the words of those that are none of the asked: region, direction.

    >>> list(unasked_rows({"any_minus_oo": 0, "zero": 1}, {"zero": ["x=0", "oo"]}))
    [('any', '-oo')]
    """
    for name in names:
        said = re.fullmatch(r"(\w+?)_(minus_)?oo", name)
        if said and name not in rows:
            yield said[1], "-oo" if said[2] else "oo"


def _bare(word: str) -> str:
    return re.sub(r"\s|^\+(?=oo)", "", word.replace("∞", "oo").replace("==", "="))


def _as_name(words: tuple[str, ...]) -> str:
    spelt = "_".join(words).replace("-", "minus_")
    return re.sub(r"\W+", "_", spelt).strip("_") or "row"
