"""An answer file against its exercise: every part judged, marked and told about."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.verdict import Different, Equal, Invalid, internal_error
from symderiv.errors import FileFault, FileFaults, LimitExceeded, Place, SymderivError
from symderiv.exercise import AnswerFile, Exercise, Formula, Question
from symderiv.exercise.written.approaches import without_arrow
from symderiv.exercise.written.asked import is_condition
from symderiv.exercise.written.lead_ins import (
    bare_condition,
    refuse_enumeration,
    with_equals_sign,
    with_tail_inside,
    without_example,
    without_heading,
    without_lead_in,
    without_quantity,
)
from symderiv.exercise.written.units import with_fractions, without_asked_noun, without_asked_unit
from symderiv.exercise.written.updates import without_step_numbers
from symderiv.expression.tree import Mapping
from symderiv.grading.feedback import feedback
from symderiv.grading.follow import follows_from
from symderiv.grading.judgement import Judgement, Manual, Missing, invalid
from symderiv.grading.kinds import JUDGES
from symderiv.grading.marks import in_words, points_following, points_for
from symderiv.grading.report import PartReport, Report

_MANY_BLANKS = re.compile(r"\s{501}")
_ONE_ANSWER = frozenset(("expression", "construct", "order", "choice"))


def check(exercise: Exercise, answers: AnswerFile) -> Report:
    """The report on one student's answers.

    Raises `FileFaults` where the file names parts that the exercise doesn't have, or another exercise. An
    unreadable part counts as wrong, its error placed in the answer file.
    """
    _refuse_strangers(exercise, answers)
    judged: dict[str, Judgement] = {}
    parts: list[PartReport] = []
    for question in exercise:
        judgement = judge(question, answers.answers.get(question.id))
        judged[question.id] = judgement
        parts.append(report_on(question, judgement, follows_from(exercise, question, judgement, judged)))
    return Report(exercise.id, answers.student, tuple(parts), exercise.title, str(answers.path or ""))


def judge(question: Question, answer: Formula | None) -> Judgement:
    """What is true of one answer; nothing at all is missing, or manual where a person reads it anyway."""
    if answer is None:
        return Judgement(Missing())
    try:
        _check_blanks(answer)
        answer = _said(question, answer) if question.part.kind in _ONE_ANSWER else answer
        if question.part.kind == "expression":
            refuse_enumeration(answer)
        judgement = JUDGES[question.part.kind](question, answer)
        beside = question.left_out(answer) if judgement.reading and question.part.kind != "steps" else ()
        return replace(judgement, left_out=beside) if beside else judgement
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error)
    except RecursionError:
        return invalid(SymderivError("this answer is nested too deeply", answer.place_of(None)))
    except Exception as fault:  # costs this part its verdict, not the student the others
        return Judgement(internal_error(fault))


def _check_blanks(answer: Formula) -> None:
    """No formula holds so many; looking for words among them takes longer than all the rest."""
    if _MANY_BLANKS.search(answer.text):
        raise LimitExceeded("too many blanks in a row", None, "at most 500", "delete them")


def _said(question: Question, answer: Formula) -> Formula:
    """The answer without the words before it, those behind its dollars put inside."""
    ask = question.part.ask
    if question.part.kind == "expression":
        answer = without_arrow(with_fractions(answer, ask, question.grants_rounding), ask)
        answer = without_quantity(answer, ask, question.answer_scope)
        answer = without_step_numbers(answer, question.answer_scope)
        answer = with_equals_sign(answer, question.answer_scope)
    answer = without_asked_unit(answer, ask)
    if question.part.kind in ("expression", "order"):
        answer = without_asked_noun(answer, ask, question.answer_scope)
    answer = with_tail_inside(answer, question.answer_scope)
    if question.part.kind == "construct":
        answer = without_example(answer, question.answer_scope)
    has_names = isinstance(question.trees.get("answer"), Mapping)  # mean: 2, std: 3
    if question.part.kind in ("expression", "order") and not has_names:
        answer = without_heading(answer, question.answer_scope, ask)
    if not is_condition(question.trees.get("answer")):
        return without_lead_in(answer, question.answer_scope)
    compares = answer.text.lstrip().startswith("=")
    return bare_condition(answer if compares else without_lead_in(answer, question.answer_scope))


def report_on(question: Question, judgement: Judgement, follows: str = "") -> PartReport:
    """Marks and feedback for a judgement; ``follows`` names the part whose mistake it carries forward."""
    outcome = judgement.outcome
    # a mistake that was made before is explained there
    told = feedback(question, replace(judgement, where=(), hints=()) if follows else judgement)
    points = points_for(question, judgement)
    if follows:
        points = max(points, points_following(question))
        if told and question.feedback != "verdict":
            told = (
                *told,
                f"It follows from your answer to {follows}: {_words(points, question.part.points)}.",
            )
    return PartReport(
        id=question.id,
        kind=question.part.kind,
        told=question.feedback,
        verdict=judgement.verdict,
        points=points,
        out_of=Fraction(0)
        if isinstance(outcome, Manual) and not question.part.points
        else question.part.points,
        feedback=told,
        misconceptions=judgement.misconceptions,
        read=judgement.reading,
        witness=outcome.witness if isinstance(outcome, Different) else None,
        by=outcome.by if isinstance(outcome, Equal | Different) else "",
        scope=outcome.scope if isinstance(outcome, Equal) else "",
        error=outcome.error if isinstance(outcome, Invalid) else None,
    )


def _words(points: Fraction, full: Fraction) -> str:
    return "full marks" if points == full else in_words(points, full)


def _refuse_strangers(exercise: Exercise, answers: AnswerFile) -> None:
    called = (exercise.id, exercise.path.stem if exercise.path else exercise.id)
    if answers.exercise not in called:
        place = Place(str(answers.path)) if answers.path else None
        raise FileFaults([FileFault(f"these are answers to '{answers.exercise}'", place, exercise.id)])
    known = [question.id for question in exercise]
    faults: list[SymderivError] = []
    for name, answer in answers.answers.items():
        if name not in known:
            place = answer.node.place if answer is not None and answer.node else None
            faults.append(FileFault(f"answers.{name}: no such part", place, f"one of {', '.join(known)}"))
    if faults:
        raise FileFaults(faults)
