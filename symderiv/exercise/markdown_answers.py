"""Answers in a Markdown file: below ``## Answer ii``, its head between two lines of ``---``.

An answer is a formula (``$…$``), text, or a fenced block; ``\\begin{answer}{ii} … \\end{answer}`` does, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.labelled import Block, answer_file, environments, head_of
from symderiv.exercise.located import Document
from symderiv.exercise.yaml_events import refuse_control_characters

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")
_LABEL = re.compile(r"answer[ \t]+(?:\((.+)\)|(.+?)):?\Z", re.IGNORECASE)
_FENCE_MARK = re.compile(r" {0,3}(`{3,}|~{3,})")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})[ \t]*(\w*)[^\n]*\n(.*?)\n?[ \t]*\1\s*\Z", re.DOTALL)
_CODE = re.compile(r"\s*`([^`\n]+)`\s*\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EXAMPLE = "---, exercise: …, ---", "## Answer ii"
_LATEX = ("latex", "tex", "math")


def markdown_answers(document: Document) -> AnswerFile:
    """The answers of a Markdown file.

    >>> text = "---\\nexercise: sum\\n---\\n## Answer a\\n\\n$1 + 1$\\n"
    >>> markdown_answers(Document("4711.md", text)).answers["a"].text
    '$1 + 1$'
    """
    refuse_control_characters(document)
    return labelled_answers(document, document.text, ())


def labelled_answers(document: Document, text: str, cuts: Sequence[int]) -> AnswerFile:
    """The labelled answers of a text; none goes on behind a cut, unless nothing stands before it."""
    blocks = [
        _unwrapped(text, _shortened(text, block, cuts))
        for block in sorted([*_sections(text), *environments(document)], key=lambda block: block.start)
    ]
    return answer_file(document, head_of(_front_matter(text)), _innermost(blocks), _EXAMPLE)


def _front_matter(text: str) -> list[str]:
    lines = text.lstrip("\n").split("\n")
    if lines[0].rstrip() != "---":
        return []
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    return lines[1:end]


def _sections(text: str) -> Iterator[Block]:
    """What stands below each heading ``Answer …``, up to the next heading."""
    label, labelled_at, start = "", 0, 0
    for offset, line, title in _headings(text):
        if label:
            yield Block(label, labelled_at, start, offset)
        said = _LABEL.match(title)
        label = (said[1] or said[2]).strip() if said else ""
        labelled_at, start = offset, offset + len(line)
    if label:
        yield Block(label, labelled_at, start, len(text))


def _headings(text: str) -> Iterator[tuple[int, str, str]]:
    """Each heading: where it begins, its line, its title; a # inside of a fence begins none."""
    offset, fence = 0, ""
    for line in text.split("\n"):
        mark = _FENCE_MARK.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        heading = None if fence else _HEADING.match(line)
        if heading:
            yield offset, line, heading[1]
        offset += len(line) + 1


def _innermost(blocks: list[Block]) -> list[Block]:
    r"""Without the headings under which a ``\begin{answer}`` of the same part stands."""
    return [
        block
        for block in blocks
        if not any(
            other is not block and other.label == block.label and block.start <= other.labelled_at < block.end
            for other in blocks
        )
    ]


def _shortened(text: str, block: Block, cuts: Sequence[int]) -> Block:
    for cut in cuts:
        if block.start < cut < block.end and text[block.start : cut].strip():
            return Block(block.label, block.labelled_at, block.start, cut)
    return block


def _unwrapped(text: str, block: Block) -> Block:
    """The block without comments around it, a fence, or the backticks of code."""
    start, end = block.start, block.end
    for comment in _COMMENT.finditer(text, start, end):
        if not text[start : comment.start()].strip():
            start = comment.end()
        elif not text[comment.end() : end].strip():
            end = comment.start()
    fence = _FENCE.match(text, start, end)
    if fence:
        syntax = "latex" if fence[2].lower() in _LATEX else "auto"
        return Block(block.label, block.labelled_at, fence.start(3), fence.end(3), syntax)
    code = _CODE.match(text, start, end)
    start, end = code.span(1) if code else (start, end)
    return Block(block.label, block.labelled_at, start, end)
