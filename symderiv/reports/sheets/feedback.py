"""What a student reads about an answer: as it was read, the verdict, the witness, hints, and the points."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.equality.verdict import Witness
from symderiv.exercise import Question
from symderiv.grading import PartReport
from symderiv.reports.check_text import points
from symderiv.reports.sheets.content import Formula, Told
from symderiv.reports.sheets.mathematics import mathematics_of

Words = Mapping[str, str]
_SAID_BY_THE_VERDICT = ("equal", "different", "missing", "manual", "invalid")
_TELLING = ("hint", "full")


def told(question: Question, part: PartReport, words: Words) -> Told:
    """What the exercise's level of feedback lets a student know of one part."""
    return Told(
        verdict=words[f"verdict_{part.verdict}"],
        points=f"{points(part.points)} {words['of']} {points(part.out_of)} {words['points']}",
        is_right=part.verdict == "equal",
        read=_read(part),
        witness=_witness(part.witness, words) if question.feedback in _TELLING else "",
        hints=(*_error(part, words), *_hints(part)),
        excerpt=_excerpt(part),
    )


def _read(part: PartReport) -> Formula | None:
    if part.read is None or mathematics_of(part.read.latex) is None:
        return None
    return Formula(part.read.latex, part.read.text)


def _witness(witness: Witness | None, words: Words) -> str:
    """The point and both values there; of an entry alone the right value is the answer, and stays unsaid."""
    if witness is None or all(name == "entry" for name, _ in witness.point):
        return ""
    at = ", ".join(f"{name} = {value}" for name, value in witness.point)
    return (
        f"{words['witness_at']} {at}: {words['witness_yours']} {witness.left}, "
        f"{words['witness_right']} {witness.right}."
    )


def _hints(part: PartReport) -> tuple[str, ...]:
    """The feedback without its first line where that only repeats the verdict."""
    return part.feedback[1:] if part.verdict in _SAID_BY_THE_VERDICT else part.feedback


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
