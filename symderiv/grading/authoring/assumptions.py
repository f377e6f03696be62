"""Assumptions that hold nowhere together: under them nothing is decided, not even that x is x + 1."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import holds
from symderiv.exercise import Exercise
from symderiv.expression.build import compare
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ZERO, Expr, Variable
from symderiv.grading.authoring.findings import Finding

_ANYTHING = Variable("anything at all")


def lint_assumptions(exercise: Exercise) -> Iterator[Finding]:
    """An error for those of the exercise, else for each part whose own can't stand beside them."""
    shared = _contradicting(exercise.facts)
    if shared is not None:
        yield _finding("assume", shared)
        return
    for question in exercise:
        own = _contradicting(question.facts) if question.part.assume else None
        if own is not None:
            yield _finding(question.id, own)


def _finding(where: str, fact: Expr) -> Finding:
    said = f"'{to_text(fact)}' can't hold beside the other assumptions: nothing can be decided"
    return Finding("error", where, said)


def _contradicting(facts: tuple[Expr, ...]) -> Expr | None:
    """The first fact that can't hold with those before it (and the bounds of names), as far as is proved."""
    if not _impossible(facts):
        return None
    return next(fact for k, fact in enumerate(facts, 1) if _impossible(facts[:k]))


def _impossible(facts: tuple[Expr, ...]) -> bool:
    """What can't be implies all: that a name of which nobody speaks is negative, and that it is positive."""
    signs = (compare("lt", _ANYTHING, ZERO), compare("lt", ZERO, _ANYTHING))
    return bool(facts) and all(holds(sign, facts) is True for sign in signs)
