"""One name, several spellings: Greek letters by name, subscripts with and without their underscore."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon
phi chi psi omega
""".split()
_SMALL = "αβγδεζηθικλμνξοπρστυφχψω"
_CAPITAL = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
GREEK: dict[str, str] = (
    dict(zip(_SMALL, _LETTERS, strict=True))
    | {capital: name.capitalize() for capital, name in zip(_CAPITAL, _LETTERS, strict=True)}
    | {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ς": "sigma", "ϖ": "pi", "ϰ": "kappa"}
    | {"µ": "mu", "ℓ": "ell", "∞": "oo", "∑": "sum", "∏": "prod", "∫": "integral"}
)
"""Greek letters and a few signs, and the names that they are spelt with in ASCII."""

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx")
_SUBSCRIPT = re.compile("([₀-₉ₐ-ₜᵢᵣᵤᵥⱼ]+)")


_JOINT = re.compile(r"_(?=\d|(?:hat|bar|tilde|dot|vec)\Z)")
_ACCENTS = dict(zip("\u0302\u0304\u0305\u0303\u0307\u20d7", "hat bar bar tilde dot vec".split(), strict=True))

_ACCENTED = re.compile("[" + "".join(_ACCENTS) + "]")


def _accents_spelt(name: str) -> str:
    """``ŷ`` as ``yhat``."""
    pieces = unicodedata.normalize("NFD", name)
    return "".join(_ACCENTS.get(piece, piece) for piece in pieces) if _ACCENTED.search(pieces) else name


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The name in its usual ASCII spelling.

    >>> normal("σ"), normal("x₁"), normal("x_{12}"), normal("Δt")
    ('sigma', 'x_1', 'x_12', 'Delta_t')
    """
    if name.isascii() and "{" not in name:
        return name
    name = _accents_spelt(name.replace("{", "").replace("}", ""))
    name = _SUBSCRIPT.sub(lambda m: "_" + m.group(1).translate(_SUBSCRIPTS), name).replace("__", "_")
    spelt = [GREEK.get(letter, letter) for letter in unicodedata.normalize("NFKC", name)]
    words: list[str] = []
    for position, part in enumerate(spelt):
        follows_word = position > 0 and len(spelt[position - 1]) > 1
        joined = part.isdigit() or part == "_"
        starts_word = len(part) > 1 and position > 0 and words[-1] != "_"
        words.append("_" + part if (follows_word and not joined) or starts_word else part)
    return "".join(words)


@lru_cache(maxsize=4096)
def loose(name: str) -> str:
    """What all spellings of a name have in common: ``x1``, ``x_1`` and ``x₁``; ``yhat``, ``y_hat`` and ``ŷ``.

    >>> loose("x₁") == loose("x1") == loose("x_1"), loose("ŷ") == loose("y_hat")
    (True, True)
    """
    return _JOINT.sub("", normal(name))
