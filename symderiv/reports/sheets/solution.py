"""The solution of a part: the derivation of its key, or the key itself where nothing is derived."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.derivation import meaning
from symderiv.derivation.derive import derive
from symderiv.derivation.steps import Derivation, Step
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.models import ChoicePart, TextPart
from symderiv.expression.latex import meaning_to_latex
from symderiv.expression.text import meaning_to_text, to_text
from symderiv.expression.tree import Expr, Variable
from symderiv.reports.sheets.content import Formula, Line, Solution
from symderiv.reports.sheets.textbook import safe, textbook_latex

Words = Mapping[str, str]
Notation = Mapping[str, str]


def solution_of(exercise: Exercise, question: Question, words: Words) -> Solution:
    """What a solution sheet shows for a part."""
    part = question.part
    if isinstance(part, ChoicePart):
        return Solution(None, (), None, words="; ".join(part.choices.get(key, key) for key in part.answer))
    if isinstance(part, TextPart):
        return Solution(None, (), None, words=part.answer or words["kept_for_a_person"])
    if "answer" not in question.trees:
        return Solution(None, (), None, words=words["kept_for_a_person"])
    notation = safe(exercise.file.notation)
    if part.kind != "expression":
        return Solution(None, (), _formula(question.key, notation), words=words["for_example"])
    return _derived(question, notation)


def _derived(question: Question, notation: Notation) -> Solution:
    try:
        derivation = derive(question.key, None, question.facts)
    except SymderivError:  # a mapping, a set, a condition: a value without a derivation
        return _stated(question.key, notation)
    if not derivation.steps:
        return _stated(question.key, notation)
    return steps_of(derivation, notation)


def steps_of(derivation: Derivation, notation: Notation) -> Solution:
    """A derivation, printed."""
    lines = tuple(_line(step, notation) for step in derivation.steps)
    result = _formula(derivation.result, notation)
    return Solution(_formula(derivation.goal, notation), lines, result, derivation.is_proved)


def _line(step: Step, notation: Notation) -> Line:
    where = tuple(
        Formula(
            f"{textbook_latex(Variable(name), notation)} = {textbook_latex(tree, notation)}",
            f"{name} = {to_text(tree)}",
        )
        for name, tree in step.where
    )
    return Line(_formula(step.after, notation), step.rule, step.reason, where, step.is_proved)


def _stated(key: Expr, notation: Notation) -> Solution:
    """The key, and its value where that says more."""
    asked = _formula(key, notation)
    try:
        value = meaning(key)
        result = Formula(meaning_to_latex(value, notation), meaning_to_text(value))
    except SymderivError:
        return Solution(None, (), asked)
    return Solution(asked, (), result) if result.text != asked.text else Solution(None, (), asked)


def _formula(tree: Expr, notation: Notation) -> Formula:
    return Formula(textbook_latex(tree, notation), to_text(tree))
