r"""Answers in a ``.tex`` file: ``\begin{answer}{ii} … \end{answer}``, its head in comments.

The author's own ``\newcommand`` macros count in every answer; comments are no part of any.
"""

from __future__ import annotations

import re

from symderiv.errors import FileFault, FileFaults
from symderiv.exercise.exercise import AnswerFile
from symderiv.exercise.labelled.blocks import Block, Shown, answer_file, environments, head_of
from symderiv.exercise.located.nodes import Document
from symderiv.exercise.located.yaml_events import refuse_control_characters
from symderiv.language.latex.lexing.macros import Macro, read_macros
from symderiv.language.source import Misread

_COMMENT = re.compile(r"\\begin\{(verbatim|lstlisting)\}.*?\\end\{\1\}|\\.|(%[^\n]*)", re.DOTALL)
_VERBATIM = re.compile(
    r"\s*\\begin\{(verbatim|lstlisting)\}(?:\[[^\]\n]*\])?(.*?)\\end\{\1\}\s*\Z", re.DOTALL
)
_EXAMPLE = "% exercise: …", r"\begin{answer}{ii} $…$ \end{answer}"


def tex_answers(document: Document) -> AnswerFile:
    r"""The answers of a ``.tex`` file.

    >>> text = "% exercise: sum\n\\begin{answer}{a} $\\frac{4}{2}$ % two\n\\end{answer}"
    >>> tex_answers(Document("4711.tex", text)).answers["a"].text
    '$\\frac{4}{2}$'
    """
    refuse_control_characters(document)
    comments = [found[2] for found in _COMMENT.finditer(document.text) if found[2]]
    shown = Shown(document.name, without_comments(document.text), document, range(len(document.text)))
    blocks = [_verbatim(shown.text, block) for block in environments(shown)]
    head = head_of([comment.lstrip("%") for comment in comments])
    return answer_file(shown, head, blocks, _EXAMPLE, _macros(shown))


def without_comments(text: str) -> str:
    r"""The text with its comments blanked out, every other character where it was.

    >>> without_comments("50\\% % half\nx")
    '50\\%       \nx'
    """
    return _COMMENT.sub(lambda found: " " * len(found[2]) if found[2] else found[0], text)


def _verbatim(text: str, block: Block) -> Block:
    """The block without the environment that keeps a program from being typeset."""
    found = _VERBATIM.match(text, block.start, block.end)
    if found is None:
        return block
    return Block(block.label, block.labelled_at, found.start(2), found.end(2), "text")


def _macros(document: Document) -> dict[str, Macro]:
    try:
        return read_macros(document.text)
    except Misread as fault:
        place = document.place(fault.start, fault.end)
        raise FileFaults([FileFault(fault.message, place, fault.expected, fault.cure)]) from None
