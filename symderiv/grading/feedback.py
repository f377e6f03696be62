"""What a student is told, by level: nothing, the verdict, a hint at what and where, or everything."""

from __future__ import annotations

from symderiv.equality.verdict import Different, Equal, Invalid, Undecided
from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.grading.judgement import Judgement
from symderiv.grading.keys import meaning_of

_VERDICTS = {
    "equal": "Right.",
    "different": "Wrong.",
    "undecided": "Not decided: a person will look at this.",
    "invalid": "This can't be read, or has no meaning.",
    "missing": "No answer.",
    "manual": "A person will read this.",
}
LEVELS = ("none", "verdict", "hint", "full")


def feedback(question: Question, judgement: Judgement) -> tuple[str, ...]:
    """Lines of feedback; the right answer itself only at the level ``full``."""
    level = LEVELS.index(question.feedback)
    if level == 0:
        return ()
    lines = [_VERDICTS[judgement.verdict]]
    if level >= 1 and isinstance(judgement.outcome, Invalid):
        lines = [judgement.outcome.error.in_full()]
    lines += [f"Not judged: {remark}" for remark in judgement.left_out]
    if level >= 2:
        lines += _hints(question, judgement)
    if level >= 3:
        lines += _everything(question, judgement)
    return tuple(line for line in lines if line)


def _hints(question: Question, judgement: Judgement) -> list[str]:
    outcome = judgement.outcome
    lines: list[str] = []
    if isinstance(outcome, Equal):
        if outcome.scope != "everywhere":
            lines.append(f"Equal {outcome.scope}.")
        if judgement.note:
            lines.append(f"This is {judgement.note}: it earns {judgement.most} of the points.")
    if isinstance(outcome, Different):
        lines += [_sentence(place) for place in judgement.where]
        lines += list(judgement.hints)
        if question.part.hint:
            lines.append(question.part.hint)
    if isinstance(outcome, Undecided) and judgement.outcome.verdict == "undecided":
        lines += [_sentence(each) for each in outcome.tried[:1] if question.part.kind == "steps"]
    return lines


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text and text[-1] not in ".!?" else text


def _everything(question: Question, judgement: Judgement) -> list[str]:
    lines: list[str] = []
    if isinstance(judgement.outcome, Different):
        lines.append(f"They differ: {judgement.outcome.witness}.")
        if question.part.kind == "expression":
            lines.append(_solution(question))
    return lines


def _solution(question: Question) -> str:
    try:
        return f"Right is {meaning_to_text(meaning_of(question, question.key))}."
    except SymderivError:
        return ""
