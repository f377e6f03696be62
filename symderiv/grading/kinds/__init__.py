"""The kinds of part: each takes a question and an answer, and finds out what is true of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.exercise import Formula, Question
from symderiv.grading.judgement import Judgement
from symderiv.grading.kinds.choice import judge_choice
from symderiv.grading.kinds.construct import judge_construct
from symderiv.grading.kinds.expression import judge_expression
from symderiv.grading.kinds.order import judge_order
from symderiv.grading.kinds.program import judge_program
from symderiv.grading.kinds.steps import judge_steps
from symderiv.grading.kinds.text import judge_text

JUDGES: Mapping[str, Callable[[Question, Formula], Judgement]] = {
    "expression": judge_expression,
    "construct": judge_construct,
    "choice": judge_choice,
    "text": judge_text,
    "steps": judge_steps,
    "program": judge_program,
    "order": judge_order,
}

__all__ = ["JUDGES"]
