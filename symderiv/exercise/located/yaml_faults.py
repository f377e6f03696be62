"""What is wrong with a file that is no YAML, in words, with its place and its cure."""

from __future__ import annotations

import re

import yaml

from symderiv.errors import FileFault, Place
from symderiv.exercise.located.nodes import Document

QUOTE = "put the value in single quotes"
_READABLE = {
    "found character that cannot start any token": "a character that YAML reserves",
    "did not find expected comment or line break": "a value that begins with | or >",
    "found unknown escape character": "a backslash in double quotes, which YAML would swallow",
    "did not find expected alphabetic or numeric character": "a value that begins with * or &",
    "could not find expected ':'": "a line without a colon",
    "did not find expected node content": "a bracket that is opened and never closed",
}
_UNCLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
_NO_BLANK = re.compile(r"\s*(?:-\s+)?['\"]?[\w-]+['\"]?(:)(?=[^\s:/])")
_WITH_VALUE = re.compile(r"\s*(?:-\s+)?[^#'\"\s][^#]*?:\s+[^\s#>|]")
_APOSTROPHE = re.compile(r":\s+'[^']*[^\W_]'[^\W_]")


def syntax_fault(document: Document, error: yaml.MarkedYAMLError) -> FileFault:
    """The fault that the YAML parser found."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return FileFault(error.problem or "no YAML", Place(document.name), "YAML", QUOTE)
    at, problem = mark.index, error.problem or "no YAML"
    if document.text[at : at + 1] == "\t":
        place = document.place(at)
        return FileFault(
            "a tab before a line, where YAML takes blanks only", place, "blanks", "indent with blanks"
        )
    if problem == "mapping values are not allowed in this context":
        return _second_colon(document, at)
    opened = error.context_mark.index if error.context_mark else at
    if problem in _UNCLOSED:
        cure = "close it, or put the value in single quotes"
        return FileFault("a bracket that doesn't close", document.place(opened), "YAML", cure)
    if problem == "found unexpected end of stream":
        return FileFault("a quote that is never closed", document.place(at), "YAML", "close the quote")
    if problem.startswith("did not find expected") and problem.endswith(("key", "'-' indicator")):
        return _misplaced(document, at)
    return FileFault(_READABLE.get(problem, problem), document.place(at), "YAML", QUOTE)


def _second_colon(document: Document, at: int) -> FileFault:
    """``a: b: c``; or a line that reads on as the value above, for its indentation or a missing blank."""
    start = document.text.rfind("\n", 0, at) + 1
    before, begins = _line_before(document.text, start)
    for line, offset in ((before, begins), (document.text[start:at], start)):
        touching = _NO_BLANK.match(line)
        if touching is not None:
            place = document.place(offset + touching.start(1))
            return FileFault("no blank behind this colon", place, "a blank", "write 'name: value'")
    here = document.text[start:at]
    if _depth(here) > _depth(before) and _WITH_VALUE.match(before):
        place = document.place(start + _depth(here))
        message = "this line is indented deeper than the one before, which has its value"
        return FileFault(message, place, "the same indentation", "indent it like the line before")
    if ":" not in here and before.strip() and ":" not in before:
        place = document.place(begins + _depth(before))
        return FileFault("no colon behind this key", place, "a key and its value", "write 'name: value'")
    return FileFault("a second colon on this line", document.place(at), "YAML", QUOTE)


def _misplaced(document: Document, at: int) -> FileFault:
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    said = _APOSTROPHE.search(document.text, start, end if end >= 0 else len(document.text))
    if said is not None:
        place = document.place(said.end() - 2)
        cure = "write it twice: ''"
        return FileFault("an apostrophe inside of single quotes ends them", place, "YAML", cure)
    place = document.place(at)
    cure = "indent it like the lines that it belongs to"
    return FileFault("the indentation of this line fits no line above", place, "YAML", cure)


def _line_before(text: str, start: int) -> tuple[str, int]:
    """The last line with something on it that ends before ``start``, and where it begins."""
    while start > 0:
        begins = text.rfind("\n", 0, start - 1) + 1
        if text[begins : start - 1].strip():
            return text[begins : start - 1], begins
        start = begins
    return "", 0


def _depth(line: str) -> int:
    """How far what the line says is indented, behind the sign of a list's item."""
    return len(line) - len(line.lstrip(" -"))
