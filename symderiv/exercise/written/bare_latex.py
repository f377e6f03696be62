"""Answers in LaTeX that nothing marks as such: ``NCK^2``, ``S(H'-1)``, without a backslash or a dollar."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula, key_of
from symderiv.exercise.written.typed_sums import as_latex_sum
from symderiv.expression.tree import Binder, Expr, Index, Mapping, Sequence, walk
from symderiv.language import Scope

_WORD = re.compile(r"[A-Za-z]{2,}")
_LETTERS = re.compile(r"(?<![\w.\\/^'\"])(?<![/^] )[A-Za-z]{2,6}(?![\w(\[^'\"])")
"""Letters side by side that may be a product; behind / and ^, or before ^, it isn't clear of what."""


def read_answer(answer: Formula, scope: Scope) -> Expr:
    """The tree of an answer as text; of one that is no text, but LaTeX beyond doubt, as LaTeX.

    The text language runs no letters together, so nothing that it reads is read in a second way here. In
    LaTeX each letter must be declared; a word that the text language knows (``max``) rules it out.
    """
    if answer.entries:
        return Mapping(tuple((key_of(name, scope), read_answer(p, scope)) for name, p in answer.entries))
    if answer.items:
        return Sequence(tuple(read_answer(part, scope) for part in answer.items))
    try:
        return answer.read(scope)
    except SymderivError as error:
        tree = _as_latex(answer, scope)
        if tree is None:
            raise error from None
        return tree


def with_letters_apart(answer: Formula, scope: Scope) -> Formula:
    """``max(O(lmn), O(lno))`` with signs between the letters, where each is declared: costs are products.

    >>> from symderiv.expression.tree import Variable
    >>> with_letters_apart(Formula("max(O(nm), n)"), Scope().declare([Variable("n"), Variable("m")])).text
    'max(O(n*m), n)'
    """
    if answer.entries or answer.items or answer.is_latex:
        return answer

    def apart(said: re.Match[str]) -> str:
        is_word = said[0] in scope.names or scope.head(said[0]) is not None
        return (
            said[0] if is_word or not all(letter in scope.names for letter in said[0]) else "*".join(said[0])
        )

    text = _LETTERS.sub(apart, answer.text)
    return answer if text == answer.text else replace(answer, text=text)


def _as_latex(answer: Formula, scope: Scope) -> Expr | None:
    if answer.syntax != "auto" or answer.is_latex or re.search(r"[\n%]", answer.text.strip()):
        return None
    if ";" in answer.text and "," in answer.text:  # rows of a matrix, or one list?
        return None
    summed = as_latex_sum(answer.text)
    if not summed and any(scope.head(word) is not None for word in _WORD.findall(answer.text)):
        return None
    try:
        tree = replace(answer, text=summed or answer.text, syntax="latex").read(scope)
    except SymderivError:
        return None
    counts = any(isinstance(node, Index | Binder) for node in walk(tree))
    if counts and scope.origin("latex") != scope.origin("text"):  # the two would count differently
        return None
    return tree
