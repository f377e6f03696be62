"""Points: all for a right answer, what ``credit`` grants for a wrong one, nothing for what isn't decided."""

from __future__ import annotations

from fractions import Fraction

from symderiv.exercise import Question
from symderiv.grading.judgement import Judgement

BY_ENTRY = "entries"
BY_STEP = "steps"
FOLLOWS = "follows"


def points_for(question: Question, judgement: Judgement) -> Fraction:
    """The marks of a part; credit by entry or step is the share that is right, the best credit counts."""
    full = question.part.points
    if judgement.verdict == "equal":
        return full * judgement.most
    if judgement.verdict != "different":
        return Fraction(0)
    credit = question.part.credit
    granted = [min(full, credit[name]) for name in judgement.misconceptions if name in credit]
    share = BY_STEP if question.part.kind == "steps" else BY_ENTRY
    if share in credit and judgement.total:
        granted.append(min(full, credit[share]) * judgement.right / judgement.total)
    return max(granted, default=Fraction(0)) * judgement.most


def points_following(question: Question) -> Fraction:
    """The marks for an answer that is right by the student's own earlier answer."""
    full = question.part.points
    return min(full, question.part.credit.get(FOLLOWS, full))


def in_words(points: object, out_of: object) -> str:
    """The marks as a report says them.

    >>> in_words(Fraction(1, 2), Fraction(1)), in_words(2, 3)
    ('1/2 of 1 point', '2 of 3 points')
    """
    return f"{points} of {out_of} point{'' if str(out_of) == '1' else 's'}"
