"""Answers in a Jupyter notebook: Markdown in its cells, placed in the file as it is on disk.

An answer stands in the cell of its heading, or in the next one, which may be code that is never run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from symderiv.errors import FileFault, FileFaults
from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.labelled import Shown
from symderiv.exercise.located import Document
from symderiv.exercise.markdown_answers import labelled_answers
from symderiv.exercise.yaml_events import refuse_control_characters

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


class _Pairs(list[tuple[str, Any]]):
    """A JSON object, its pairs in the order written."""


class _Cell(dict[str, list[int]]):
    """The fields of a cell, each with the numbers of the strings in it."""


def notebook_answers(document: Document) -> AnswerFile:
    """The answers of a notebook.

    >>> cells = [{"cell_type": "raw", "source": "---\\nexercise: sum\\n---"},
    ...          {"cell_type": "markdown", "source": ["## Answer a\\n", "$1 + 1$"]}]
    >>> notebook = Document("4711.ipynb", json.dumps({"cells": cells}))
    >>> notebook_answers(notebook).answers["a"].text
    '$1 + 1$'
    """
    text, origin, cuts = [], [], []
    for kind, characters in _cells(document):
        fenced = kind == "code"
        at = characters[0][1]
        pieces = [*_made("```\n" if fenced else "", at), *characters, *_made("\n```" if fenced else "", at)]
        for character, offset in [*pieces, *_made("\n\n", characters[-1][1])]:
            text.append(character)
            origin.append(offset)
        cuts.append(len(text))
    shown = Shown(document.name, "".join(text), document, origin)
    refuse_control_characters(shown)
    return labelled_answers(shown, shown.text, cuts)


def _made(text: str, offset: int) -> list[tuple[str, int]]:
    return [(character, offset) for character in text]


def _cells(document: Document) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The kind of each cell that isn't blank, and its characters with their offsets in the file."""
    strings = list(_STRING.finditer(document.text))
    for cell in _found_cells(document):
        kind = "".join(_text(strings[number]) for number in cell.get("cell_type", ()))
        numbers = cell.get("source", [])
        characters = [pair for number in numbers for pair in _characters(strings[number])]
        if any(not character.isspace() for character, _ in characters):
            yield kind, characters


def _found_cells(document: Document) -> list[_Cell]:
    try:
        root = json.loads(document.text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        place = document.place(error.pos)
        raise FileFaults([FileFault(f"no notebook: {error.msg}", place, "JSON")]) from None
    except (ValueError, RecursionError):
        raise _no_notebook(document, "JSON as Jupyter writes it") from None
    cells = dict(root).get("cells") if isinstance(root, _Pairs) else None
    if not isinstance(cells, list) or not all(isinstance(cell, _Pairs) for cell in cells):
        raise _no_notebook(document, 'an object with "cells"')
    return _numbered(root)


def _no_notebook(document: Document, expected: str) -> FileFaults:
    return FileFaults([FileFault("no notebook", document.place(0), expected)])


def _numbered(root: _Pairs) -> list[_Cell]:
    """The cells, their strings numbered in the order in which they stand in the file, keys included."""
    found: list[_Cell] = []
    number = 0
    for key, value in root:
        number += 1
        if key != "cells" or not isinstance(value, list) or isinstance(value, _Pairs):
            number += _count(value)
            continue
        for pairs in value:
            cell = _Cell()
            for field, content in pairs if isinstance(pairs, _Pairs) else ():
                number += 1
                count = _count(content)
                cell.setdefault(field, list(range(number, number + count)))
                number += count
            if not isinstance(pairs, _Pairs):
                number += _count(pairs)
            found.append(cell)
    return found


def _count(value: Any) -> int:
    """How many strings stand in a value, keys included."""
    count, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            count += 1
        elif isinstance(each, list):
            waiting.extend(part for pair in each for part in pair) if isinstance(each, _Pairs) else (
                waiting.extend(each)
            )
    return count


def _text(string: re.Match[str]) -> str:
    return str(json.loads(string[0], strict=False))


def _characters(string: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Each character that a JSON string stands for, and where it stands in the file."""
    for found in _CHARACTER.finditer(string.string, string.start() + 1, string.end() - 1):
        shown = found[0]
        yield (json.loads(f'"{shown}"', strict=False) if shown[0] == "\\" else shown), found.start()
