"""Judgements kept by how an answer was read: two spellings of one tree are one answer."""

from __future__ import annotations

from collections import OrderedDict

from symderiv.derivation import Reading
from symderiv.equality.verdict import Different, Equal
from symderiv.exercise import Question
from symderiv.expression.tree import Expr
from symderiv.grading.judgement import Judgement

KEPT = 2_048


class Judged:
    """The judgements of the answers seen last; only proved verdicts, which can't depend on the time it took.

    An error points into its own text, and what was undecided may be decided at another try.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Expr, int, bool], tuple[Question, Judgement]] = OrderedDict()

    def get(self, question: Question, reading: Reading, latex: bool) -> Judgement | None:
        found = self._kept.get((id(question), reading.tree, reading.origin, latex))
        return found[1] if found is not None and found[0] is question else None

    def put(self, question: Question, reading: Reading, latex: bool, judgement: Judgement) -> None:
        if isinstance(judgement.outcome, Different | Equal):
            self._kept[id(question), reading.tree, reading.origin, latex] = (question, judgement)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
