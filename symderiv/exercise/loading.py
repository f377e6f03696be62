"""Exercise and answer files, loaded: each file's faults come all at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from symderiv.errors import FileFault, FileFaults, SymderivError
from symderiv.exercise.building import build
from symderiv.exercise.exercise import AnswerFile, Exercise
from symderiv.exercise.format.models import AnswerFileModel, ExerciseFile
from symderiv.exercise.format.parts import cross_faults
from symderiv.exercise.format.validation import validate
from symderiv.exercise.formula import comment_behind
from symderiv.exercise.labelled.markdown import markdown_answers
from symderiv.exercise.labelled.notebook import notebook_answers
from symderiv.exercise.labelled.tex import tex_answers
from symderiv.exercise.located.nodes import Document, Node, Table
from symderiv.exercise.located.yaml_events import read_document
from symderiv.exercise.located.yaml_faults import QUOTE
from symderiv.exercise.variants import vary

_BEFORE = r"\A(?:[ \t]*(?:#.*)?\n)*"
ANSWERS = re.compile(_BEFORE + "exercise:")
"""How a file begins that answers an exercise."""
_EXERCISE = re.compile(_BEFORE + "id:")


def load_exercise(path: str | Path, seed: int | None = None) -> Exercise:
    """The exercise of a file, or a student's own variant of it.

    Raises `FileFaults`: every fault of the file as ``file:line:column: path: what is wrong; expected …``.
    """
    return exercise_of(read_document(path), Path(path), seed)


def parse_exercise(text: str, name: str = "exercise.yaml", seed: int | None = None) -> Exercise:
    """The exercise that a text describes.

    >>> parse_exercise("id: sum\\nparts: [{id: a, answer: 1 + 1}]").questions[0].id
    'a'
    """
    return exercise_of(Document(name, text), None, seed)


def exercise_of(document: Document, path: Path | None, seed: int | None) -> Exercise:
    if ANSWERS.match(document.text):
        raise _mistaken(document, "answers, not an exercise", "a file with id: and parts:")
    file, root = validate(document, ExerciseFile)
    faults = [*_reserved_comments(root, ("accept", "reject")), *cross_faults(file, root)]
    if faults:
        raise FileFaults(faults)
    if file.vary is None or seed is None:
        return build(file, path)
    return vary(file, path, seed)


def load_answers(path: str | Path) -> AnswerFile:
    """One student's answers: YAML, or labelled answers in LaTeX, Markdown, a notebook (`READERS`).

    Raises `FileFaults` like `load_exercise`. Parts are read when judged.
    """
    return replace(_reader(str(path))(read_document(path)), path=Path(path))


def parse_answers(text: str, name: str = "answer.yaml") -> AnswerFile:
    """The answers that a text gives, in the format that its name ends in.

    >>> parse_answers("exercise: sum\\nanswers: {a: 2}").exercise
    'sum'
    """
    return _reader(name)(Document(name, text))


def _mistaken(document: Document, what: str, expected: str) -> FileFaults:
    """One fault for a file of the other kind, rather than one for each of its lines."""
    return FileFaults([FileFault(f"this is a file of {what}", document.place(0), expected)])


def yaml_answers(document: Document) -> AnswerFile:
    if _EXERCISE.match(document.text):
        raise _mistaken(document, "an exercise, not of answers", "a file with exercise: and answers:")
    file, root = validate(document, AnswerFileModel)
    faults = _reserved_comments(root, ("answers",))
    if faults:
        raise FileFaults(faults)
    return AnswerFile(file.exercise, file.answers, file.student, file.seed)


READERS: Mapping[str, Callable[[Document], AnswerFile]] = {
    ".yaml": yaml_answers,
    ".yml": yaml_answers,
    ".tex": tex_answers,
    ".md": markdown_answers,
    ".markdown": markdown_answers,
    ".ipynb": notebook_answers,
}
"""How an answer file is read, by what its name ends in; any other name is taken for YAML."""


def _reader(name: str) -> Callable[[Document], AnswerFile]:
    return READERS.get(Path(name).suffix.lower(), yaml_answers)


def _reserved_comments(root: Node, fields: tuple[str, ...]) -> list[SymderivError]:
    """A # behind an unquoted answer: nobody can tell whether it was meant as a part of it."""
    return [
        FileFault("a # behind a value, where YAML cuts it off", node.place, "", QUOTE)
        for node in _values_below(root, fields, False)
        if comment_behind(node)
    ]


def _values_below(node: Node, fields: tuple[str, ...], inside: bool) -> list[Node]:
    if isinstance(node, Table):
        pairs = [(getattr(key, "text", ""), value) for key, value in node.pairs]
        if inside and node.flow:
            return [node]
        return [
            found for name, value in pairs for found in _values_below(value, fields, inside or name in fields)
        ]
    items = getattr(node, "items", None)
    if items and not (inside and node.flow):
        return [found for item in items for found in _values_below(item, fields, inside)]
    return [node] if inside else []
