"""How a name looks in LaTeX: its notation, else letters, Greek, subscripts; never a command of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩℓ",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon
        phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell""".split(),
        strict=True,
    )
)
_COMMANDS = frozenset(_GREEK.values()) | {"varepsilon", "vartheta", "varphi", "varrho", "varsigma"}
_ACCENTS = ("hat", "bar", "tilde")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙ", "0123456789ijklmn")
_SUBSCRIPT = re.compile("([₀-₉ᵢⱼₖₗₘₙ]+)")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "_": r"\_",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def escape(text: str) -> str:
    """Plain text as TeX typesets it: nothing in it acts.

    >>> escape("50% \\\\input{x}")
    '50\\\\% \\\\textbackslash{}input\\\\{x\\\\}'
    """
    return "".join(_SPECIAL.get(c, c if c.isprintable() else " ") for c in text)


def name_to_latex(name: str, notation: Mapping[str, str]) -> str:
    """``sigma`` → ``\\sigma``, ``x1`` → ``x_{1}``, ``y_hat`` → ``\\hat{y}``, ``loss`` → ``\\mathrm{loss}``.

    >>> [name_to_latex(n, {"w2": "w^2"}) for n in ("w2", "sigma", "x1", "W_in", "H'")]
    ['w^2', '\\\\sigma', 'x_{1}', 'W_{\\\\mathrm{in}}', "H'"]
    """
    if name in notation:
        return notation[name]
    if len(name) == 1:
        return _word(name)
    if name.endswith("(oo)"):  # where a function tends to is a number of its own
        return rf"{name_to_latex(name.removesuffix('(oo)'), notation)}(\infty)"
    spelt = _SUBSCRIPT.sub(lambda m: "_" + m.group(1).translate(_LOWERED), name)
    plain = spelt.rstrip("'")
    primes = spelt[len(plain) :]
    stem, _, rest = plain.strip("_").partition("_")
    digits = re.fullmatch(r"([^\W\d]+?)(\d+)", stem)
    if digits and not rest and _is_letter(digits.group(1)):
        stem, rest = digits.group(1), digits.group(2)
    if rest in _ACCENTS and _is_letter(stem):
        return rf"\{rest}{{{_word(stem)}}}{primes}"
    return f"{_word(stem)}{_subscript(rest)}{primes}"


def _is_letter(text: str) -> bool:
    return len(text) == 1 or text in _COMMANDS


def _word(text: str) -> str:
    if text in _COMMANDS:
        return f"\\{text}"
    if text in _GREEK:
        return f"\\{_GREEK[text]}"
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text
    return rf"\mathrm{{{escape(_ascii(text))}}}"


def _ascii(text: str) -> str:
    return "".join(_GREEK.get(c, c) for c in unicodedata.normalize("NFC", text))


def _subscript(text: str) -> str:
    if not text:
        return ""
    if text.isdigit() and text.isascii():
        return f"_{{{text}}}"
    return f"_{{{_word(text)}}}"
