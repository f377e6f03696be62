"""Answers in a Markdown file: below ``## Answer ii``, its head between two lines of ``---``.

An answer is a formula (``$…$``), text, or a fenced block; ``\\begin{answer}{ii} … \\end{answer}`` does, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.labelled.blocks import MAX_ANSWERS, Block, answer_file, environments, head_of, limited
from symderiv.exercise.located.nodes import Document
from symderiv.exercise.located.yaml_events import refuse_control_characters
from symderiv.language.scope import Syntax

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")
_LABEL = re.compile(r"answer[ \t]+(?:\((.+)\)|(.+?)):?\Z", re.IGNORECASE)
_FENCE_MARK = re.compile(r" {0,3}(`{3,}|~{3,})")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})[ \t]*(\w*)[^\n]*\n(.*?)\n?[ \t]*\1\s*\Z", re.DOTALL)
_CODE = re.compile(r"\s*`([^`\n]+)`\s*\Z")
_EXAMPLE = "exercise: …", "## Answer ii"
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
    blocks = sorted([*limited(_sections(text)), *environments(document)], key=lambda block: block.start)
    blocks = _innermost(blocks) if len(blocks) <= MAX_ANSWERS else blocks
    unwrapped = [_unwrapped(text, _shortened(text, block, cuts)) for block in blocks]
    head = head_of(_front_matter(text, blocks[0].labelled_at if blocks else len(text)))
    return answer_file(document, head, unwrapped, _EXAMPLE)


def _front_matter(text: str, first_answer: int) -> list[str]:
    """The lines between two of ``---`` at the top; where there are none, all that stand before an answer."""
    lines = text.lstrip("\n").split("\n")
    if lines[0].rstrip() != "---":
        return text[:first_answer].split("\n")
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
    for cut in islice(cuts, bisect_right(cuts, block.start), None):
        if cut >= block.end:
            break
        if text[block.start : cut].strip():
            return Block(block.label, block.labelled_at, block.start, cut)
    return block


def _unwrapped(text: str, block: Block) -> Block:
    """The block without comments around it, a fence, or the backticks of code."""
    start, end = _without_comments(text, block.start, block.end)
    fence = _FENCE.match(text, start, end)
    if fence:
        syntax: Syntax = "latex" if fence[2].lower() in _LATEX else "auto"
        return Block(block.label, block.labelled_at, fence.start(3), fence.end(3), syntax)
    code = _CODE.match(text, start, end)
    start, end = code.span(1) if code else (start, end)
    return Block(block.label, block.labelled_at, start, end)


def _without_comments(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the answer stands between the ``<!-- … -->`` before and behind it."""
    while True:
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        if start < end and text.startswith("<!--", start) and (close := text.find("-->", start, end)) >= 0:
            start = close + 3
        elif (
            start < end
            and text.endswith("-->", start, end)
            and (open_ := text.rfind("<!--", start, end)) >= 0
        ):
            end = open_
        else:
            return start, end
