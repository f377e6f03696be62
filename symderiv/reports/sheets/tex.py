"""Text for TeX: whatever is not marked as TeX is escaped, by construction of the template environment."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "{''}",
    "`": r"\`{}",
    "-": r"{-}",
    "…": r"\dots{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "\N{NO-BREAK SPACE}": "~",
}
# Signs of mathematics that a text may hold; pdfTeX's own table of Unicode has none of them.
_SYMBOLS = {
    "×": r"\times", "·": r"\cdot", "−": "-", "≤": r"\le", "≥": r"\ge", "≠": r"\ne",
    "≈": r"\approx", "→": r"\to", "∂": r"\partial", "∞": r"\infty", "∈": r"\in", "⊙": r"\odot",
    "√": r"\surd", "Σ": r"\Sigma", "Π": r"\Pi", "±": r"\pm", "∑": r"\textstyle\sum", "∏": r"\textstyle\prod",
    "∇": r"\nabla", "Δ": r"\Delta", "ᵀ": r"^{\top}", "²": "^2", "³": "^3", "½": r"\tfrac12",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "η": r"\eta",
    "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "ψ": r"\psi", "ω": r"\omega", "ξ": r"\xi",
    "Ω": r"\Omega", "Φ": r"\Phi", "Θ": r"\Theta", "Λ": r"\Lambda",
}  # fmt: skip
_ACCENTS = dict(zip(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327", "`'^~=u.\"rHvc", strict=True
))
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"}
_ESCAPES.update({letter: f"{{\\{command}}}" for letter, command in _LETTERS.items()})
_ESCAPES.update({sign: f"\\ensuremath{{{command}}}" for sign, command in _SYMBOLS.items()})


class Tex(str):
    """Text that is TeX already: a printed expression, or the words of a template."""

    __slots__ = ()


def escape(text: str) -> Tex:
    r"""Any text as TeX that shows it: no command, no mathematics, nothing that stops a run.

    >>> escape(r"50 % of \input{x}_1")
    '50 \\% of \\textbackslash{}input\\{x\\}\\_1'
    """
    return Tex("".join(map(_escape_character, text)))


def _escape_character(character: str) -> str:
    known = _ESCAPES.get(character)
    if known is not None:
        return known
    if character in "\n\t" or " " <= character <= "~":
        return character
    accented = _accented(character)
    if accented:
        return accented
    # A character that pdfTeX's fonts may lack is named, not lost: a sheet must never fail to compile over it.
    return rf"\texttt{{[U+{ord(character):04X}]}}"


def _accented(character: str) -> str:
    """A Latin letter with an accent as TeX's command for it, which all of TeX's fonts have."""
    parts = unicodedata.normalize("NFD", character)
    if len(parts) != 2 or parts[1] not in _ACCENTS or not (parts[0].isascii() and parts[0].isalpha()):
        return ""
    base = parts[0] if parts[1] == _CEDILLA else _DOTLESS.get(parts[0], parts[0])
    return f"\\{_ACCENTS[parts[1]]}{{{base}}}"


_CEDILLA = "\u0327"
_DOTLESS = {"i": r"\i", "j": r"\j"}


def formula(latex: str) -> Tex:
    r"""A printed formula as TeX; rows of a matrix that hold fractions are set apart.

    >>> formula(r"\begin{bmatrix} \frac{1}{2} \\ 1 \end{bmatrix}")
    '\\begin{bmatrix} \\frac{1}{2} \\\\[3pt] 1 \\end{bmatrix}'
    """
    if r"\begin{bmatrix}" in latex and r"\frac" in latex:
        return Tex(latex.replace(r" \\ ", r" \\[3pt] "))
    return Tex(latex)


def typewriter(text: str) -> Tex:
    r"""Lines of text in a typewriter face, their spaces kept.

    >>> typewriter("1 + ?")
    '\\mbox{}\\texttt{1\\ +\\ ?}'
    """
    lines = (escape(line).replace("~", " ").replace(" ", r"\ ") for line in text.split("\n"))
    return Tex(r"\\".join(rf"\mbox{{}}\texttt{{{line}}}" for line in lines))


_FORBIDDEN = re.compile(
    r"\\(?:input|include|openin|openout|read|write|immediate|catcode|csname|def|edef|gdef|xdef|let|special"
    r"|usepackage|documentclass|newcommand|renewcommand|directlua|batchmode|expandafter|everymath|loop"
    r"|newread|newwrite|closein|closeout|verb|begingroup|endgroup|@@?input|InputIfFileExists|IfFileExists"
    r"|pdf[a-z]*|primitive|scantokens|afterassignment|aftergroup|meaning|jobname|string|number|the|end\{document)"
    r"(?![A-Za-z])"
)
_PIECES = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|`([^`]+)`|\*\*(.+?)\*\*", re.DOTALL)


def prose(text: str) -> Tex:
    r"""An author's words: ``$…$`` is mathematics, ```…``` code, ``**…**`` bold; all else is text.

    >>> prose("50% of $x^2$")
    '50\\% of $x^2$'
    """
    parts: list[str] = []
    end = 0
    for match in _PIECES.finditer(text):
        parts += [escape(text[end : match.start()]), _piece(match)]
        end = match.end()
    return Tex("".join(parts) + escape(text[end:]))


def _piece(match: re.Match[str]) -> str:
    display, inline, code, bold = match.groups()
    if code is not None:
        return rf"\texttt{{{escape(code)}}}"
    if bold is not None:
        return rf"\textbf{{{escape(bold)}}}"
    mathematics = display or inline
    if is_dangerous(mathematics):
        return escape(match.group())
    return f"\\[{mathematics.strip()}\\]" if display else f"${mathematics}$"


def is_dangerous(mathematics: str) -> bool:
    r"""Whether mathematics holds more than mathematics: a command that reads, writes or redefines.

    >>> is_dangerous(r"\frac{1}{2}"), is_dangerous(r"\input{/etc/passwd}"), is_dangerous("^^5cinput")
    (False, True, True)
    """
    return "^^" in mathematics or "%" in mathematics or bool(_FORBIDDEN.search(mathematics))
