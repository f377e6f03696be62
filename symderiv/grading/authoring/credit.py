"""What an exercise grants points for: mistakes by name, shares, and what follows from an earlier answer."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from symderiv.exercise import Question
from symderiv.grading.authoring.findings import Finding
from symderiv.grading.marks import BY_ENTRY, BY_STEP, FOLLOWS
from symderiv.grading.misconceptions import BY_NAME

OF_PROGRAMS = frozenset(
    {"wrong-evaluation-point", "called-too-often", "forward-reverse-mixed", "factors-in-wrong-order"}
)


def is_mistake(name: str) -> bool:
    """Is there a misconception of this name?"""
    return name in BY_NAME or name in OF_PROGRAMS


def lint_credit(question: Question) -> Iterator[Finding]:
    """Credit that nobody can earn: for a name that is none, for steps where there are none."""
    shares = {BY_STEP} if question.part.kind == "steps" else {BY_ENTRY}
    shares |= {FOLLOWS} if question.part.follows else set()
    for name in question.part.credit:
        if name in shares or is_mistake(name):
            continue
        if name in (BY_ENTRY, BY_STEP):
            said = f"credit for '{name}' is for parts that have {name}, and this part has none"
        elif name == FOLLOWS:
            said = "credit for 'follows' is for parts that say 'follows: [...]'"
        else:
            near = get_close_matches(name, [*shares, *BY_NAME, *OF_PROGRAMS], 1)
            said = f"credit for '{name}', which is no misconception"
            said += f" (did you mean '{near[0]}'?)" if near else ""
        yield Finding("error", question.id, said)
