"""What a marker wants beside the solution: common mistakes, what each costs, how points are shared out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.expression.printing.latex import meaning_to_latex
from symderiv.expression.printing.text import to_text
from symderiv.grading.authoring.foresee import foresee_part
from symderiv.grading.marks import BY_ENTRY, BY_STEP, points_following
from symderiv.reports.sheets.content import Formula, Mistake
from symderiv.reports.sheets.settings import points_words
from symderiv.reports.sheets.textbook import safe, textbook_latex

Words = Mapping[str, str]
AT_MOST = 5
TOO_LONG = 48


def mistakes_of(question: Question, notation: Mapping[str, str], words: Words) -> tuple[Mistake, ...]:
    """Each misconception once: as the author's own wrong answer shows it, or else a form that is foreseen."""
    shown: dict[str, Mistake] = {}
    for name, formula in (*_listed(question, notation), *_foreseen(question, notation)):
        if name not in shown:
            shown[name] = Mistake(
                words.get(f"misconceptions.{name}", name.replace("-", " ")),
                formula if formula.width <= TOO_LONG else None,
                _cost(question, name, words),
            )
    return tuple(shown.values())[:AT_MOST]


def _listed(question: Question, notation: Mapping[str, str]) -> Iterator[tuple[str, Formula]]:
    for wrong in question.part.reject:
        try:
            tree = question.read(wrong.answer)
        except SymderivError:  # an example of what can't be read: no formula to show
            continue
        formula = Formula(textbook_latex(tree, safe(notation)), to_text(tree))
        yield from ((name, formula) for name in wrong.misconception)


def _foreseen(question: Question, notation: Mapping[str, str]) -> Iterator[tuple[str, Formula]]:
    for wrong in foresee_part(question):
        if wrong.told_apart and wrong.form is not None:
            latex = meaning_to_latex(wrong.form, safe(notation))
            yield wrong.misconception, Formula(latex, wrong.answer)


def _cost(question: Question, name: str, words: Words) -> str:
    full = Fraction(question.part.points)
    left = min(full, Fraction(question.part.credit.get(name, 0)))
    return f"\N{MINUS SIGN}{points_words(full - left, words)}"


def notes_of(question: Question, words: Words) -> tuple[str, ...]:
    """How part of the points may be earned: by a share of entries or steps, or by an earlier mistake."""
    notes: list[str] = []
    for share, said in ((BY_ENTRY, "by_entry"), (BY_STEP, "by_step")):
        if share in question.part.credit:
            notes.append(f"{words[said]}: {points_words(Fraction(question.part.credit[share]), words)}")
    if question.part.follows:
        earlier = ", ".join(question.part.follows)
        notes.append(f"{words['follows']} {earlier}: {points_words(points_following(question), words)}")
    return tuple(notes)
