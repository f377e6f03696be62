"""Text for TeX: whatever is not marked as TeX is escaped, by construction of the template environment."""

from __future__ import annotations

import re
from collections.abc import Callable

from symderiv.reports.sheets.letters import LETTERS_OF_TEXT, tex_of
from symderiv.reports.sheets.prose import pieces_of

_CODE = re.compile(r"\\mathtt\{((?:[a-zA-Z\d]|\\_)*)\}")
"""A program's name: text, whose face has an underscore."""

_NUMBERS = re.compile(r"\\frac\{\d+\}\{\d+\}")


class Tex(str):
    """Text that is TeX already: a printed expression, or the words of a template."""

    __slots__ = ()


def escape(text: str) -> Tex:
    r"""Any text as TeX that shows it: no command, no mathematics, nothing that stops a run.

    >>> escape(r"50 % of \input{x}_1")
    '50 \\% of \\textbackslash{}input\\{x\\}\\_1'
    """
    return Tex("".join(map(tex_of, text)))


def formula(latex: str) -> Tex:
    r"""A printed formula as TeX: rows that hold fractions set apart, letters with accents in TeX's way.

    >>> formula(r"\begin{bmatrix} \frac{1}{2} \\ 1 \end{bmatrix}")
    '\\begin{bmatrix} \\frac{1}{2} \\\\[3pt] 1 \\end{bmatrix}'
    """
    if r"\begin{bmatrix}" in latex and r"\frac" in latex:
        # the distance counts from a line's ordinary depth: a fraction of more than digits reaches below it
        apart = "3pt" if r"\frac" not in _NUMBERS.sub("", latex) else "7pt"
        latex = latex.replace(r" \\ ", rf" \\[{apart}] ")
    if r"\mathtt" in latex:
        latex = _CODE.sub(lambda code: rf"\text{{\ttfamily {code[1]}}}".replace(r"\_", r"\char95 "), latex)
    return Tex(latex if latex.isascii() else "".join(LETTERS_OF_TEXT.get(sign, sign) for sign in latex))


def typewriter(text: str) -> Tex:
    r"""Lines of text in a typewriter face, their spaces kept.

    >>> typewriter("1 + ?")
    '\\mbox{}\\texttt{1\\ +\\ ?}'
    """
    lines = (escape(line).replace("~", " ").replace(" ", r"\ ") for line in text.split("\n"))
    return Tex(r"\\".join(rf"\mbox{{}}\texttt{{{line}}}" for line in lines))


def prose(text: str) -> Tex:
    r"""An author's words: ``$…$`` is mathematics, ```…``` code, ``**…**`` bold; all else is text.

    >>> prose("50% of $x^2$")
    '50\\% of $x^2$'
    """
    return Tex("".join(_WRITTEN[kind](content) for kind, content in pieces_of(text)))


_BREAKS = re.compile(r"(?<=[-+*/,(=])(?=\S)")


def _breakable(code: str) -> str:
    """Code that may go on in the next line after a sign: a long formula has few spaces."""
    return r"\allowbreak{}".join(map(escape, _BREAKS.split(code)))


_WRITTEN: dict[str, Callable[[str], str]] = {
    "text": escape,
    "code": lambda content: rf"\texttt{{{_breakable(content)}}}",
    "bold": lambda content: rf"\textbf{{{prose(content)}}}",
    "inline": lambda latex: f"${formula(latex)}$",
    "display": lambda latex: f"\\[{formula(latex)}\\]",
}
