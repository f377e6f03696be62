"""Assumptions that hold nowhere together: of an exercise, or of one of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.contradictions import contradicting
from symderiv.exercise import Exercise
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Expr
from symderiv.grading.authoring.findings import Finding


def lint_assumptions(exercise: Exercise) -> Iterator[Finding]:
    """An error for those of the exercise, else for each part whose own can't stand beside them."""
    shared = contradicting(exercise.facts)
    if shared is not None:
        yield _finding("assume", shared)
        return
    for question in exercise:
        own = contradicting(question.facts) if question.part.assume else None
        if own is not None:
            yield _finding(question.id, own)


def _finding(where: str, fact: Expr) -> Finding:
    said = f"'{to_text(fact)}' can't hold beside the other assumptions: nothing can be decided"
    return Finding("error", where, said)
