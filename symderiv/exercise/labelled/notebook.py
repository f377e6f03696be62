"""Answers in a Jupyter notebook: Markdown in its cells, placed in the file as it is on disk.

An answer stands in the cell of its heading, or in the next one, which may be code that is never run.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from symderiv.errors import FileFault, FileFaults
from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.labelled.blocks import Shown
from symderiv.exercise.labelled.markdown import labelled_answers
from symderiv.exercise.located.nodes import Document
from symderiv.exercise.located.yaml_events import refuse_control_characters

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]+", re.DOTALL
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
    origin, cuts = array("l"), []
    pieces: list[str] = []
    for kind, strings in _cells(document):
        at = strings[0].start()
        for piece, offsets in (*_fence("```\n", kind, at), *_decoded(strings), *_fence("\n```", kind, at)):
            pieces.append(piece)
            origin.extend(offsets)
        pieces.append("\n\n")
        origin.extend((at, at))
        cuts.append(len(origin))
    text = "".join(pieces)
    shown = Shown(document.name, text, document, origin)
    refuse_control_characters(shown)
    return labelled_answers(shown, text, cuts)


def _fence(mark: str, kind: str, at: int) -> tuple[tuple[str, Sequence[int]], ...]:
    """Code stands in a fence, as it would in Markdown."""
    return ((mark, [at] * len(mark)),) if kind == "code" else ()


def _cells(document: Document) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """The kind of each cell that isn't blank, and the strings of its source."""
    strings = list(_STRING.finditer(document.text))
    for cell in _found_cells(document):
        kind = "".join(json.loads(strings[number][0], strict=False) for number in cell.get("cell_type", ()))
        source = [strings[number] for number in cell.get("source", ())]
        if any(not piece.isspace() for piece, _ in _decoded(source)):
            yield kind, source


def _found_cells(document: Document) -> list[_Cell]:
    try:
        root = json.loads(document.text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        place = document.place(error.pos)
        raise FileFaults([FileFault(f"no notebook: {error.msg}", place, "JSON")]) from None
    except (ValueError, RecursionError):
        raise _no_notebook(document, "JSON as Jupyter writes it") from None
    fields = dict(root) if isinstance(root, _Pairs) else {}
    if "worksheets" in fields and "cells" not in fields:
        fault = "a notebook in the old format 3"
        raise FileFaults([FileFault(fault, document.place(0), "format 4: open and save it with Jupyter")])
    cells = fields.get("cells")
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


def _decoded(strings: Sequence[re.Match[str]]) -> Iterator[tuple[str, Sequence[int]]]:
    """What JSON strings stand for, piece by piece, and where each character of it stands in the file."""
    for string in strings:
        for found in _PIECE.finditer(string.string, string.start() + 1, string.end() - 1):
            if found[0][0] == "\\":
                meant = json.loads(f'"{found[0]}"', strict=False).replace("\r", " ")  # lines of Windows
                yield meant, [found.start()] * len(meant)
            else:
                yield found[0], range(found.start(), found.end())
