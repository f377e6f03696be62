"""Prose: kept for a person, never scored by a guess."""

from __future__ import annotations

from symderiv.exercise import Formula, Question
from symderiv.grading.judgement import Judgement, Manual


def judge_text(question: Question, answer: Formula) -> Judgement:
    """Manual, whatever was written."""
    return Judgement(Manual("a person reads this"), note=answer.text)
