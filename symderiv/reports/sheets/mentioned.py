"""Which names of an exercise its words speak of: a formula behind any other name is the author's own aid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symderiv.exercise import Exercise
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Sequence, Variable
from symderiv.reports.sheets.prose import pieces_of
from symderiv.reports.sheets.textbook import textbook_latex

_WORD = re.compile(r"[^\W\d_]\w*")
_DRESSING = re.compile(r"[{}\s]|\\(?:mathbf|boldsymbol|mathrm|mathcal|operatorname|text)\b")


def all_names(exercise: Exercise) -> tuple[Variable, ...]:
    """The names of ``let``, as a solution tells them."""
    return exercise.given


def told_names(exercise: Exercise) -> tuple[Variable, ...]:
    """The names of ``let`` that a question may show: ``N1: floor((n - 2)/2) + 1`` is half an answer.

    Declarations and data are told; a formula where the words name it, or a formula that is told does.
    The shape of an array that only formulas kept back mention may be what is asked for.
    An exercise without words of its own tells everything.
    """
    given = exercise.given
    if not exercise.file.text:
        return given
    words = _Words(exercise)
    told = {name for name in given if not _is_formula(name) or words.speak_of(name)}
    told -= {name for name in _for_counting_only(exercise, told) if not words.speak_of(name)}
    todo = list(told)
    while todo:
        stands_for = todo.pop().definition
        named = free_variables(stands_for) & set(given) - told if stands_for is not None else set()
        told |= named
        todo += named
    return tuple(name for name in given if name in told)


def _for_counting_only(exercise: Exercise, told: set[Variable]) -> set[Variable]:
    """The arrays of letters that stand in formulas which aren't told, and in no question itself."""
    asked = {
        name for question in exercise for tree in question.trees.values() for name in free_variables(tree)
    }
    hidden = [name.definition for name in exercise.given if name not in told and name.definition is not None]
    within = {name for definition in hidden for name in free_variables(definition)}
    return {n for n in within - asked if n.kind.shape and n.value is None and n.definition is None}


def _is_formula(name: Variable) -> bool:
    return name.value is None and name.definition is not None and not _is_data(name.definition)


def _is_data(found: Expr) -> bool:
    if isinstance(found, Apply) and found.head not in ("neg", "div"):
        return False
    return isinstance(found, Number | Sequence | Apply) and all(map(_is_data, found.children))


class _Words:
    """What an exercise says: its mathematics without dressing, and the names that stand in its prose."""

    def __init__(self, exercise: Exercise) -> None:
        self._notation = exercise.file.notation
        asked = [question.part.ask for question in exercise]
        pieces = [
            piece for text in (exercise.file.title, exercise.file.text, *asked) for piece in pieces_of(text)
        ]
        self._mathematics = " ".join(_plain(text) for kind, text in pieces if kind in ("inline", "display"))
        self._names = {name for kind, text in pieces for name in _names(kind, text)}

    def speak_of(self, name: Variable) -> bool:
        spelling = _plain(textbook_latex(name, self._notation))
        if name.name in self._names:
            return True
        return (
            re.search(rf"(?<![a-zA-Z\\]){re.escape(spelling)}(?![a-zA-Z0-9])", self._mathematics) is not None
        )


def _plain(latex: str) -> str:
    return _DRESSING.sub("", latex)


def _names(kind: str, text: str) -> Iterator[str]:
    """Names as they are typed: in code any word; in prose no word of a language, such as ``standard``."""
    for word in _WORD.findall(text) if kind not in ("inline", "display") else ():
        if kind == "code" or len(word) == 1 or not word.islower():
            yield word
