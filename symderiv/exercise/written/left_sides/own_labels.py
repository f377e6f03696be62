"""Left sides that name a value as their writer likes: ``w^+``, ``\\theta_{MAP}``, ``\\kappa(B)``, ``Acc``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from symderiv.exercise.located.brackets import closing_bracket
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.language import Scope
from symderiv.language.names import declared
from symderiv.language.spelling import loose, normal

_FONT = r"\\(?:text|textrm|textbf|mathrm|mathsf|mathtt|mathit|operatorname)\*?"
_ACCENT = r"\\(?:hat|widehat|bar|overline|tilde|widetilde|vec|dot|mathbf|mathcal|mathbb|boldsymbol|bm)"
_LATEX_NAME = re.compile(
    rf"(?P<word>{_FONT}\s*\{{\s*[^\W\d][\w .-]*\}})"
    rf"|(?:{_ACCENT}\s*\{{?\s*)?(?P<name>\\(?:var)?[a-z]+(?![A-Za-z])|[^\W\d_])\}}?",
    re.IGNORECASE,
)
_TEXT_NAME = re.compile(r"(?P<name>[^\W\d][^\W²]*)")
_GROUP = r"\{(?:[^{}=]|\{[^{}=]*\})*\}"
_BELOW = re.compile(rf"\s*_\s*({_GROUP}|\\[a-zA-Z]+|\w)|([₀-₉ₐ-ₜ₊₋]+)")
_WORDS_ABOVE = r"(?:new|next|opt|best|old|prior|post|neu|alt|ML|MLE|MAP|OLS)"
_SIGN_ABOVE = rf"(?:[+*-]|\\(?:star|ast|dagger)|\([\w+:\\ ]+\)|{_FONT}\s*\{{[^{{}}]*\}}|{_WORDS_ABOVE})"
_ABOVE = re.compile(
    rf"\s*(?:\^\s*(?:{_SIGN_ABOVE}|\{{\s*{_SIGN_ABOVE}\s*\}}|\{{\s*-1\s*\}}(?=\s*(?:\\left)?\())"
    r"|'+|\^\{?\\prime\}?|[⁺⁻*’′])"
)
"""What stands above a name and is no power: a sign, a number in brackets, a word; of ``f^{-1}(z)`` the -1."""
_SQUARED = re.compile(r"\s*(?:\^\s*(?:2|\{\s*2\s*\})|²)")
_OPENS = re.compile(r"\s*(?:\\left)?\s*([(\[])")
_WORD = re.compile(r"[A-Za-z]{3,}|[A-Z]{2}|max|min")


@dataclass(frozen=True, slots=True)
class Label:
    """A name, and whether something stands below it, above it, and in brackets behind it."""

    name: str
    is_word: bool
    below: str = ""
    above: bool = False
    squared: bool = False
    applied: bool = False


def label_of(left: str, is_latex: bool) -> Label | None:
    """The name that a left-hand side is, with what is set around it; None for any formula.

    >>> label_of("w^+", True), label_of("2q", False), label_of(r"\\sigma_{\\max}(A)", True).below
    (Label(name='w', is_word=False, below='', above=True, squared=False, applied=False), None, '{\\\\max}')
    """
    text = left.strip(" $\t\n&")
    found = (_LATEX_NAME if is_latex else _TEXT_NAME).match(text)
    if found is None:
        return None
    word = found.groupdict().get("word")
    name = re.sub(rf"{_FONT}\s*\{{\s*(.*?)\s*\}}", r"\1", word) if word else found["name"].lstrip("\\")
    at, below, above = found.end(), "", False
    while (script := _BELOW.match(text, at) or _ABOVE.match(text, at)) is not None:
        under = script.re is _BELOW
        below, above, at = (script[0] if under else below), above or not under, script.end()
    square = _SQUARED.match(text, at)
    at = square.end() if square else at
    opens = _OPENS.match(text, at)
    end = closing_bracket(text, opens.start(1)) if opens else None
    if opens is not None and end is not None:
        at = end
    is_whole = at == len(text)
    return Label(name, bool(word), below.strip(" _"), above, bool(square), bool(opens)) if is_whole else None


def is_own_name(left: str, is_latex: bool, scope: Scope) -> bool:
    """Is this a name that nobody declared, or one made from a declared name?

    >>> is_own_name("w^+", True, Scope()), is_own_name("2w", True, Scope())
    (True, False)
    """
    label = label_of(left, is_latex)
    if label is None or _is_declared(left, scope) or (label.applied and scope.head(label.name)):
        return False
    base = declared(scope, label.name)
    if base is None:
        is_set = label.below or label.above or label.squared or label.applied
        return bool(is_set) or _is_new_word(label, is_latex, scope)
    if base.kind.function or label.squared:
        return False
    may_be_entry = bool(base.kind.shape) and not _WORD.search(label.below)
    return label.above or (bool(label.below) and not may_be_entry)


def _is_new_word(label: Label, is_latex: bool, scope: Scope) -> bool:
    """``Acc``, ``max``; letters side by side that are all declared are a product."""
    is_product = all(declared(scope, letter) is not None for letter in label.name if letter.isalpha())
    return (label.is_word or not is_latex) and len(label.name) > 1 and not is_product


def _is_declared(left: str, scope: Scope) -> bool:
    said = spelt(_SQUARED.sub("", left))
    known = {spelt(look) for look in scope.notation.values()}
    return said in known or said in {loose(normal(name)) for name in scope.names}
