"""Letters and signs as TeX: what a text may hold, and what a formula may hold, of Unicode."""

from __future__ import annotations

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
    "‚": ",",
    "„": ",,",
    "«": r"\ensuremath{\ll}",
    "»": r"\ensuremath{\gg}",
    "§": r"\S{}",
    "°": r"\textdegree{}",
    "•": r"\textbullet{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
}
# Signs of mathematics that a text may hold; pdfTeX's own table of Unicode has none of them.
SIGNS_OF_MATHEMATICS = {
    "×": r"\times", "·": r"\cdot", "−": "-", "≤": r"\le", "≥": r"\ge", "≠": r"\ne",
    "≈": r"\approx", "→": r"\to", "∂": r"\partial", "∞": r"\infty", "∈": r"\in", "⊙": r"\odot",
    "√": r"\surd", "Σ": r"\Sigma", "Π": r"\Pi", "±": r"\pm", "∑": r"\textstyle\sum", "∏": r"\textstyle\prod",
    "∇": r"\nabla", "Δ": r"\Delta", "ᵀ": r"^{\top}", "²": "^2", "³": "^3", "½": r"\tfrac{1}{2}",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "η": r"\eta",
    "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "ψ": r"\psi", "ω": r"\omega", "ξ": r"\xi",
    "Ω": r"\Omega", "Φ": r"\Phi", "Θ": r"\Theta", "Λ": r"\Lambda", "Ψ": r"\Psi", "Γ": r"\Gamma",
    "ζ": r"\zeta", "ι": r"\iota", "κ": r"\kappa", "χ": r"\chi", "ϕ": r"\phi", "ϵ": r"\epsilon",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}",
    "𝔼": r"\mathbb{E}", "ℒ": r"\mathcal{L}", "ℓ": r"\ell", "∀": r"\forall", "∃": r"\exists",
    "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq",
    "∅": r"\emptyset", "∪": r"\cup", "∩": r"\cap", "∖": r"\setminus",
    "∧": r"\land", "∨": r"\lor", "¬": r"\lnot", "←": r"\gets", "↦": r"\mapsto", "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow", "↔": r"\leftrightarrow", "∘": r"\circ", "∗": "*", "⋆": r"\star", "⊗": r"\otimes",
    "⊕": r"\oplus", "÷": r"\div", "∓": r"\mp", "≡": r"\equiv", "∼": r"\sim", "∝": r"\propto", "≪": r"\ll",
    "≫": r"\gg", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\Vert", "⌊": r"\lfloor", "⌋": r"\rfloor",
    "⌈": r"\lceil", "⌉": r"\rceil", "∫": r"\int", "⊤": r"\top", "⊥": r"\bot", "⋅": r"\cdot", "⋯": r"\cdots",
    "′": "'", "″": "''", "¼": r"\tfrac{1}{4}", "¾": r"\tfrac{3}{4}", "⁻": "^{-}",
    "ⁿ": "^n", "ᵢ": "_i", "ⱼ": "_j",
    **{sign: f"^{digit}" for digit, sign in zip("01456789", "⁰¹⁴⁵⁶⁷⁸⁹", strict=True)},
    **{sign: f"_{digit}" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}  # fmt: skip


def _in_text(latex: str) -> str:
    """A sign of mathematics amid words; a script has its letter before it, outside."""
    return rf"\ensuremath{{{'{}' if latex[0] in '_^' else ''}{latex}}}"


_ACCENTS = dict(
    zip(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327",
        "`'^~=u.\"rHvc",
        strict=True,
    )
)
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"}
_ESCAPES.update({letter: f"{{\\{command}}}" for letter, command in _LETTERS.items()})
_ESCAPES.update({sign: _in_text(latex) for sign, latex in SIGNS_OF_MATHEMATICS.items()})


def tex_of(character: str) -> str:
    """One character of a text as TeX that shows it."""
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


LETTERS_OF_TEXT = {
    letter: tex
    for code in (*range(0xA1, 0x180), *range(0x2010, 0x2027))
    if not (tex := tex_of(letter := chr(code))).startswith((r"\texttt", r"\ensuremath"))
}
