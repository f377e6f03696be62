"""Answers in a file that is more than a list of them: labelled stretches of LaTeX, Markdown or a notebook.

Such a file says in its head which exercise it answers (``exercise: …``, ``student: …``, ``seed: …``), and
labels each answer with the id of its part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from symderiv.errors import FileFault, FileFaults, Place, SymderivError
from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.formula import Formula
from symderiv.exercise.located.nodes import Document, Node
from symderiv.language.latex.lexing.macros import Macro
from symderiv.language.scope import Syntax

_HEAD_LINE = re.compile(r"[ \t]*(exercise|student|seed)[ \t]*:[ \t]*(.*?)[ \t]*\Z")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{answer\}(?:[ \t]*\{([^{}\n]*)\})?")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
MAX_ANSWERS = 1000


@dataclass(frozen=True, slots=True)
class Shown(Document):
    """A text made from a file's: ``origin`` says where each of its characters stands in the file."""

    file: Document
    origin: Sequence[int] = field(repr=False)

    def place(self, start: int, end: int | None = None) -> Place:
        last = len(self.origin) - 1
        if last < 0:
            return self.file.place(0)
        first = self.origin[min(start, last)]
        behind = self.origin[min(max((end or start + 1) - 1, start), last)] + 1
        return self.file.place(first, max(behind, first + 1))


@dataclass(frozen=True, slots=True)
class Block:
    """The answer to the part ``label``: the stretch of a text from ``start`` up to ``end``."""

    label: str
    labelled_at: int
    start: int
    end: int
    syntax: Syntax = "auto"


def head_of(lines: Sequence[str]) -> dict[str, str]:
    """What the lines of a file's head say; the first of each counts.

    >>> head_of(["exercise: sum", 'student: "4711"', "author: nobody"])
    {'exercise': 'sum', 'student': '4711'}
    """
    found: dict[str, str] = {}
    for line in lines:
        said = _HEAD_LINE.match(line)
        if said:
            found.setdefault(said[1], _unquoted(said[2]))
    return found


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def limited(blocks: Iterator[Block]) -> list[Block]:
    """The blocks, or one more than a file may have."""
    return list(islice(blocks, MAX_ANSWERS + 1))


def environments(document: Document) -> list[Block]:
    r"""Every ``\begin{answer}{ii} … \end{answer}``; raises `FileFaults` where one has no end or no label."""
    return limited(_environments(document))


def _environments(document: Document) -> Iterator[Block]:
    begun: re.Match[str] | None = None
    for mark in _ENVIRONMENT.finditer(document.text):
        if (mark[1] == "begin") == (begun is not None):
            message = "an answer inside of an answer" if begun else "the end of no answer"
            raise _fault(document, mark, message, r"\begin{answer}{ii} … \end{answer}")
        if begun is not None:
            yield Block(begun[2].strip(), begun.start(), begun.end(), mark.start())
            begun = None
        elif not (mark[2] or "").strip():
            raise _fault(document, mark, "an answer without its label", r"\begin{answer}{ii}")
        else:
            begun = mark
    if begun is not None:
        raise _fault(document, begun, "this answer has no end", r"\end{answer}")


def _fault(document: Document, mark: re.Match[str], message: str, expected: str) -> FileFaults:
    return FileFaults([FileFault(message, document.place(mark.start(), mark.end()), expected)])


def answer_file(
    document: Document,
    head: Mapping[str, str],
    blocks: Sequence[Block],
    example: tuple[str, str],
    macros: Mapping[str, Macro] | None = None,
) -> AnswerFile:
    """The answers in the blocks; ``example`` says how this format writes its head and a labelled answer."""
    faults = [*_head_faults(document, head, example[0]), *_block_faults(document, blocks, example[1])]
    if faults:
        raise FileFaults(faults)
    answers = {block.label: _formula(document, block, macros or {}) for block in blocks}
    seed = int(head["seed"]) if head.get("seed") else None
    return AnswerFile(head["exercise"], answers, head.get("student", ""), seed)


def _head_faults(document: Document, head: Mapping[str, str], example: str) -> Iterator[SymderivError]:
    if not head.get("exercise"):
        yield FileFault("'exercise' is missing", document.place(0), f"'{example}' at the top of the file")
    if head.get("seed") and not re.fullmatch(r"-?[0-9]{1,18}", head["seed"]):
        yield FileFault(
            f"seed: '{head['seed'][:40]}' is no whole number", document.place(0), "a whole number"
        )


def _block_faults(document: Document, blocks: Sequence[Block], example: str) -> Iterator[SymderivError]:
    if not blocks or len(blocks) > MAX_ANSWERS:
        message = "no answer in this file" if not blocks else f"more than {MAX_ANSWERS} answers in one file"
        expected = f"labelled answers: {example}" if not blocks else f"at most {MAX_ANSWERS}"
        yield FileFault(message, document.place(0), expected)
        return
    seen: set[str] = set()
    for block in blocks:
        if block.label in seen:
            place = document.place(block.labelled_at, block.start)
            yield FileFault(f"the part '{block.label}' is answered here twice", place, "each part once")
        seen.add(block.label)


def _formula(document: Document, block: Block, macros: Mapping[str, Macro]) -> Formula | None:
    """The block as mathematics, None if nothing is written in it."""
    text = document.text[block.start : block.end]
    start = block.start + len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    node = Node(document, start, start + len(text))
    return Formula(text, block.syntax, node, macros=used_macros(text, macros))


def used_macros(text: str, macros: Mapping[str, Macro]) -> tuple[Macro, ...]:
    """The macros that a text calls, and those that these call."""
    found: dict[str, Macro] = {}
    waiting = [text] if macros else []
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in macros and name not in found:
                found[name] = macros[name]
                waiting.append(macros[name].body)
    return tuple(found.values())
