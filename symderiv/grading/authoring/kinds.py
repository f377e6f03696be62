"""Findings on keys that are no formulas: a chain whose ends differ, an object without its property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from symderiv.derivation import meaning
from symderiv.equality.verdict import Different, Undecided
from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.exercise.format.models import ChoicePart, ConstructPart, ProgramPart
from symderiv.expression.tree import Call, walk
from symderiv.grading.authoring.findings import Finding
from symderiv.grading.checking import judge
from symderiv.grading.costs.growth import growth
from symderiv.grading.kinds.expression import decided
from symderiv.grading.kinds.order import costs
from symderiv.grading.kinds.program_text import program_scope, returned
from symderiv.grading.misconceptions.written_counts import written_counts


def lint_kind(question: Question) -> Iterator[Finding]:
    """What is wrong with the key of a part of another kind than a formula."""
    check = _CHECKS.get(question.part.kind)
    try:
        if check is not None:
            yield from check(question)
    except SymderivError as error:
        yield Finding("error", question.id, f"the key has no meaning: {error.in_one_line()}", error.place)


def _steps(question: Question) -> Iterator[Finding]:
    start, goal = (meaning(question.trees[end]) for end in ("steps.from", "steps.to"))
    found = decided(question, start, goal)
    if isinstance(found, Different):
        said = f"no chain leads from the start to the goal: {found.witness.sentence}"
        yield Finding("error", question.id, said)
    elif isinstance(found, Undecided):
        yield Finding("warning", question.id, "that the goal equals the start is not proved")


def _construct(question: Question) -> Iterator[Finding]:
    part = question.part
    if isinstance(part, ConstructPart) and part.answer is not None:
        judgement = judge(question, part.answer)
        if judgement.verdict != "equal":
            why = f": {'; '.join(judgement.where)}" if judgement.where else ""
            yield Finding("error", question.id, f"the example object is {judgement.verdict}{why}")


def _order(question: Question) -> Iterator[Finding]:
    try:
        for cost in costs(written_counts(question.key) or question.key).values():
            growth(cost)
    except SymderivError as error:
        yield Finding("warning", question.id, f"other costs are left to a person: {error.message}")


def _choice(question: Question) -> Iterator[Finding]:
    part = question.part
    assert isinstance(part, ChoicePart)
    unknown = [name for name in part.answer if name not in part.choices]
    if unknown:
        yield Finding("error", question.id, f"'{unknown[0]}' is none of the choices")
    if part.choose is not None and part.choose > len(part.answer):
        yield Finding("error", question.id, f"{part.choose} are to be chosen, {len(part.answer)} are right")


def _program(question: Question) -> Iterator[Finding]:
    part = question.part
    assert isinstance(part, ProgramPart)
    results = returned(part.returns, program_scope(question.scope, part))
    calls = {node for tree in results for node in walk(tree) if isinstance(node, Call)}
    needed = Counter(call.function.name for call in calls)
    for name, count in part.calls.items():
        if needed[name] > count:
            said = f"the result takes {needed[name]} calls of {name}, and calls: asks for {count}"
            yield Finding("error", question.id, said)


_CHECKS: Mapping[str, Callable[[Question], Iterator[Finding]]] = {
    "steps": _steps,
    "construct": _construct,
    "order": _order,
    "choice": _choice,
    "program": _program,
}
