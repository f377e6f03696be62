"""What a student reads about an answer: as it was read, the verdict, the witness, hints, and the points."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.equality.verdict import Witness
from symderiv.exercise import Question
from symderiv.expression.substitution import free_variables
from symderiv.grading import PartReport
from symderiv.grading.misconceptions import BY_NAME
from symderiv.reports.check_text import points
from symderiv.reports.sheets.content import Formula, Told
from symderiv.reports.sheets.mathematics import mathematics_of
from symderiv.reports.sheets.settings import points_words
from symderiv.reports.sheets.textbook import textbook_latex

Words = Mapping[str, str]
_SAID_BY_THE_VERDICT = ("equal", "different", "missing", "manual", "invalid")
_TELLING = ("hint", "full")


def told(question: Question, part: PartReport, words: Words) -> Told:
    """What the exercise's level of feedback lets a student know of one part."""
    if question.feedback == "none":
        kept = points_words(part.out_of, words)
        return Told(words["verdict_kept"], kept, read=_read(part, question.scope.notation))
    return Told(
        verdict=words[f"verdict_{part.verdict}"],
        points=f"{points(part.points)} {words['of']} {points_words(part.out_of, words)}",
        is_right=part.verdict == "equal",
        read=_read(part, question.scope.notation),
        witness=_witness(question, part.witness, words) if question.feedback in _TELLING else "",
        hints=(*_error(part, words), *_hints(part, words)),
        excerpt=_excerpt(part),
    )


def _read(part: PartReport, notation: Mapping[str, str]) -> Formula | None:
    """The answer as it was read, its names as the exercise writes them."""
    latex = None if part.read is None else mathematics_of(textbook_latex(part.read.tree, notation))
    return None if part.read is None or latex is None else Formula(latex, part.read.text)


def _witness(question: Question, witness: Witness | None, words: Words) -> str:
    """The point and both values there; where the right value is the answer, it stays unsaid."""
    if witness is None or not _is_a_point(question, witness):
        return ""
    named = ((words["entry"] if name == "entry" else name, value) for name, value in witness.in_short)
    at = ", ".join(f"{name} = {value}" for name, value in named)
    return (
        f"{words['witness_at']} {at}: {words['witness_yours']} {witness.left}, "
        f"{words['witness_right']} {witness.right}."
    )


def _is_a_point(question: Question, witness: Witness) -> bool:
    """Is it one point of many, at which a formula is asked for, and no entry, element or cost alone?"""
    names = [name for name, _ in witness.point if name != "entry"]
    if not names or question.part.kind == "order" or any(" " in name for name in names):
        return False
    key = question.trees.get("answer")
    return key is None or bool(free_variables(key))


def _hints(part: PartReport, words: Words) -> tuple[str, ...]:
    """The feedback without a first line that only repeats the verdict; hints in the sheet's language."""
    lines = part.feedback[1:] if part.verdict in _SAID_BY_THE_VERDICT else part.feedback
    known = [BY_NAME[name] for name in part.misconceptions if name in BY_NAME]
    said = {each.hint: words.get(f"hints.{each.name}", each.hint) for each in known}
    return tuple(said.get(line, line) for line in lines)


def _error(part: PartReport, words: Words) -> tuple[str, ...]:
    if part.error is None or not part.feedback:
        return ()
    error = part.error
    expected = f"; {words['expected']} {error.expected}" if error.expected else ""
    cure = f" ({error.cure})" if error.cure else ""
    return (f"{error.message}{expected}{cure}",)


def _excerpt(part: PartReport) -> str:
    if part.error is None or part.error.place is None or not part.feedback:
        return ""
    return part.error.place.caret()
