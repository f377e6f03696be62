"""An exercise against its own examples: each is proved right, or wrong for its reason."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.verdict import Invalid
from symderiv.errors import Place, SymderivError
from symderiv.exercise import Exercise, Formula, Question
from symderiv.expression.tree import ONE
from symderiv.grading.authoring.assumptions import lint_assumptions
from symderiv.grading.authoring.credit import is_mistake, lint_credit
from symderiv.grading.authoring.findings import Finding
from symderiv.grading.authoring.foresee import foresee_part
from symderiv.grading.authoring.kinds import lint_kind
from symderiv.grading.authoring.names import lint_allowed
from symderiv.grading.authoring.other_numbers import lint_on_other_numbers
from symderiv.grading.authoring.wording import lint_key, lint_notation, lint_shadows, lint_wording
from symderiv.grading.checking import judge
from symderiv.grading.judgement import Judgement
from symderiv.grading.keys import meaning_of
from symderiv.tensor import Tensor

ENOUGH = 3


def lint(exercise: Exercise) -> tuple[Finding, ...]:
    """All findings; an exercise is in order when none is an error."""
    parts = tuple(finding for question in exercise for finding in lint_part(question))
    parts = (*parts, *_few(exercise))
    return (
        *lint_assumptions(exercise),
        *parts,
        *lint_wording(exercise),
        *lint_shadows(exercise),
        *lint_notation(exercise),
        *(finding for question in exercise for finding in lint_allowed(question)),
        *lint_on_other_numbers(exercise),
    )


def lint_part(question: Question) -> Iterator[Finding]:
    yield from _accepted(question)
    yield from _rejected(question)
    yield from key_without_meaning(question)
    yield from lint_key(question)
    yield from lint_kind(question)
    yield from lint_credit(question)
    yield from _blind_numbers(question)


def _accepted(question: Question) -> Iterator[Finding]:
    for example in question.part.accept:
        judgement = judge(question, example)
        if judgement.verdict not in ("equal", "manual"):
            said = f"accept example {example.text!r} is {judgement.verdict}{_why(judgement)}"
            yield Finding("error", question.id, said, _place(example))


def _rejected(question: Question) -> Iterator[Finding]:
    for example in question.part.reject:
        judgement = judge(question, example.answer)
        place = _place(example.answer)
        if judgement.verdict != "different":
            said = f"reject example {example.answer.text!r} is {judgement.verdict}{_why(judgement)}"
            yield Finding("error", question.id, said, place)
            continue
        for name in example.misconception:
            if not is_mistake(name):
                yield Finding("error", question.id, f"there is no misconception '{name}'", place)
            elif name not in judgement.misconceptions:
                found = ", ".join(judgement.misconceptions) or "none"
                said = f"reject example {example.answer.text!r} doesn't show '{name}' (found: {found})"
                yield Finding("error", question.id, said, place)


def key_without_meaning(question: Question) -> Iterator[Finding]:
    """A fault where the key of a part means nothing, so that it has no solution."""
    if question.part.kind == "expression":
        try:
            meaning_of(question, question.key)
        except SymderivError as error:
            yield Finding("error", question.id, f"the key has no meaning: {error.in_one_line()}", error.place)


def _few(exercise: Exercise) -> Iterator[Finding]:
    """Too few examples, said once for all parts that have as many."""
    counts: dict[tuple[int, int], list[str]] = {}
    for question in exercise:
        many = (len(question.part.accept), len(question.part.reject))
        if question.part.kind != "text" and min(many) < ENOUGH:
            counts.setdefault(many, []).append(question.id)
    for (accept, reject), parts in counts.items():
        said = f"{accept or 'no'} accept and {reject or 'no'} reject examples, {ENOUGH} of each are wanted"
        yield Finding("warning", ", ".join(parts), said)


_TELLING = ("kernel-flipped", "transposed", "mode-mixed")


def _blind_numbers(question: Question) -> Iterator[Finding]:
    """Wrong forms of the telling patterns that these numbers can't tell from the key: a symmetric kernel."""
    apart: dict[str, list[bool | None]] = {}
    try:
        if question.part.kind != "expression" or not _is_array_of_numbers(question):
            return
        for each in foresee_part(question):
            if each.misconception in _TELLING:
                apart.setdefault(each.misconception, []).append(each.told_apart)
    except SymderivError:
        return
    for name, told in apart.items():
        if name == "transposed" and not _has_rows_and_columns(question):
            continue
        if told and all(each is False for each in told):
            yield Finding("warning", question.id, f"the numbers can't tell '{name}' from the right answer")


def _has_rows_and_columns(question: Question) -> bool:
    key = meaning_of(question, question.key)
    return isinstance(key, Tensor) and sum(size != ONE for size in key.shape) > 1


def _is_array_of_numbers(question: Question) -> bool:
    key = meaning_of(question, question.key)
    return isinstance(key, Tensor) and key.rank > 0 and key.sizes is not None


def _why(judgement: Judgement) -> str:
    if isinstance(judgement.outcome, Invalid):
        return f": {judgement.outcome.error.in_one_line()}"
    witness = getattr(judgement.outcome, "witness", None)
    return f": {witness}" if witness else f": {judgement.outcome}" if judgement.verdict == "undecided" else ""


def _place(example: Formula) -> Place | None:
    return example.node.place if example.node else None
