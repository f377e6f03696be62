"""One right value: the answer's meaning against the key's, and what a mistake is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from fractions import Fraction

from symderiv.derivation import Reading
from symderiv.derivation.meaning.reads_beyond import reads_beyond
from symderiv.equality import decide
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.verdict import Different, Equal, Invalid, Undecided, Verdict
from symderiv.errors import MeaningError, ReadError, SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.format.models import ExpressionPart
from symderiv.exercise.written.named_rows import unasked_rows
from symderiv.expression.tree import ZERO, Apply, Call, Expr, Sequence, walk
from symderiv.grading.diagnosis.decided_once import decided_once
from symderiv.grading.diagnosis.entries import same_entries
from symderiv.grading.diagnosis.told import hints_of
from symderiv.grading.diagnosis.two_mistakes import diagnose_two
from symderiv.grading.diagnosis.wrong_forms import CONDITIONS, diagnose_each
from symderiv.grading.judged import Judged
from symderiv.grading.judgement import Judgement, Outcome, invalid
from symderiv.grading.keys import entry_order, key_meaning, policy, strict_shape
from symderiv.grading.meanings import aligned_answer, origin_of, readings_of
from symderiv.grading.misconceptions import BY_NAME, Misconception
from symderiv.grading.tolerance import within_tolerance
from symderiv.tensor import Meaning, Record, Tensor

SECONDS = 10.0
JUDGED = Judged()
"""Answers that read the same are judged once, however they are typed."""


def judge_expression(question: Question, answer: Formula) -> Judgement:
    """The verdict on an answer, and where and why it is wrong."""
    try:
        *before, reading = readings_of(question, answer)
    except SymderivError as error:
        return invalid(error)
    judgement = _judged(question, reading, answer)
    for member in before if isinstance(judgement.outcome, Equal) else ():
        link = judge_reading(question, member, answer, question.key).outcome
        if not isinstance(link, Equal):
            return _not_the_same(link, reading, answer)
    return judgement


def _judged(question: Question, reading: Reading, answer: Formula) -> Judgement:
    known = JUDGED.get(question, reading, answer.is_latex)
    if known is None:
        known = judge_reading(question, reading, answer, question.key)
        JUDGED.put(question, reading, answer.is_latex, known)
    return known


def _not_the_same(link: Outcome, reading: Reading, answer: Formula) -> Judgement:
    """The judgement on ``a = b`` where b is right, and a is not, or isn't known to be."""
    if isinstance(link, Different):
        error = ReadError("the two sides of this = differ", answer.place_of(None), "one value")
        return invalid(error, reading)
    return Judgement(link, reading)


def judge_reading(question: Question, reading: Reading, answer: Formula, key_tree: Expr) -> Judgement:
    """The same for an answer that was read, against a key."""
    try:
        key = key_meaning(question, key_tree)
    except SymderivError as error:  # the exercise's fault, not the student's
        return Judgement(
            Undecided((f"the exercise's own answer has no meaning: {error.in_one_line()}",)), reading
        )
    assert reading.meaning is not None
    try:
        _refuse_conditions(reading, key, key_tree)
        _refuse_other_arguments(reading, key_tree)
        _refuse_other_names(question, reading.meaning, key)
        said = _as_zeros(question, reading, key, key_tree)
        found = aligned_answer(question, said, key, entry_order(question), answer.is_latex)
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error, reading)
    verdict = decided(question, found, key)
    if isinstance(verdict, Invalid):
        verdict.error.place = verdict.error.place or answer.place_of(None)
    if not isinstance(verdict, Different):
        return Judgement(verdict, reading)
    count = same_entries(found, key, lambda mine, asked: _decided_entry(question, mine, asked))
    named = (*diagnose_each(question, found, key_tree, key), *_of_rows(question, found))
    two = () if named else diagnose_two(question, found, key_tree, key)
    if not (named or two) and reads_beyond(found, question.facts):
        return invalid(_beyond(question, answer), reading)
    shape = _other_shape(found, key, verdict)
    return Judgement(
        verdict,
        reading,
        where=(count.sentence(),) if count and count.right > 0 else () if named or two else shape,
        right=count.right if count else 0,
        total=count.total if count else 0,
        misconceptions=tuple(pattern.name for pattern in named or two),
        hints=hints_of(named or two),
        most=Fraction(0) if two else Fraction(1),  # credit is for one mistake
    )


def _as_zeros(question: Question, reading: Reading, key: Meaning, key_tree: Expr) -> Meaning:
    """What was read; a ``0`` typed for an array is the array of zeros, unless its shape is asked for.

    Values that the key lists one by one are to be told one by one.
    """
    assert reading.meaning is not None
    is_array = isinstance(key, Tensor) and bool(key.rank) and not isinstance(key_tree, Sequence)
    if reading.tree == ZERO and is_array and not strict_shape(question):
        assert isinstance(key, Tensor)
        return Tensor.of(key.shape, lambda *_: ZERO)
    return reading.meaning


def _decided_entry(question: Question, found: Meaning, key: Meaning) -> Verdict:
    if question.grants_rounding:
        return within_tolerance(question, found, key)
    return decided_once(found, key, question.facts)


def _beyond(question: Question, answer: Formula) -> MeaningError:
    origin = origin_of(question.answer_scope, answer.is_latex)
    message = "this reads beyond the end of an array, whatever its size"
    return MeaningError(message, answer.place_of(None), cure=f"indices count from {origin} here")


def _other_shape(found: Meaning, key: Meaning, verdict: Different) -> tuple[str, ...]:
    """That the shape of an array is another one than asked for, where shapes aren't what is asked."""
    if verdict.by != "shape" or not isinstance(found, Tensor) or not isinstance(key, Tensor):
        return ()
    said = f"it is {found.shape_text}" if found.rank else "it is a single number"
    return (f"the shape is another one than asked for: {said}",)


def _is_condition(tree: Expr) -> bool:
    return isinstance(tree, Apply) and tree.head in CONDITIONS


def _refuse_conditions(reading: Reading, key: Meaning, key_tree: Expr) -> None:
    """A number with a condition behind it, ``n + p, 0 <= p < s``, is no pair of values: it may be right."""
    is_equation = isinstance(reading.tree, Apply) and reading.tree.head == "eq"  # one of several results
    refused = isinstance(key, Tensor) or (isinstance(key, Record) and not is_equation)
    if _is_condition(reading.tree) and refused and not _is_condition(key_tree):
        raise MeaningError("a condition stands where a value is asked for", cure="write the value alone")
    if _is_condition(key_tree) and not _says_where(reading.meaning):
        raise MeaningError(
            "a value stands where a condition is asked for",
            cure="write where it holds, as in x == 1 or 0 < x < 1",
        )
    items = reading.tree.items if isinstance(reading.tree, Sequence) else ()
    said = any(map(_is_condition, items))
    if said and isinstance(key, Tensor) and not key.rank:
        raise MeaningError("a condition stands beside the value", cure="write the value alone")


def _says_where(found: Meaning | None) -> bool:
    """Does it hold or not, as ``x > 0`` does? ``(0, 1)`` may be a point, or an interval."""
    return isinstance(found, Tensor) and is_condition(found.value)


def _refuse_other_arguments(reading: Reading, key_tree: Expr) -> None:
    """``L(X, S, p)`` where L(p) is meant: another number of arguments says nothing of the same function."""
    wanted = {call.function.name: len(call.args) for call in walk(key_tree) if isinstance(call, Call)}
    for call in walk(reading.tree):
        if isinstance(call, Call) and len(call.args) != wanted.get(call.function.name, len(call.args)):
            name, count = call.function.name, wanted[call.function.name]
            raise MeaningError(
                f"{name} has {len(call.args)} arguments here, and {count} in the question",
                cure=f"write {name} with {count}",
            )


def _refuse_other_names(question: Question, found: Meaning, key: Meaning) -> None:
    """``accuracy: 1`` where *acc* is asked for: a result isn't wrong by the name that its writer gives it."""
    part = question.part
    if not isinstance(found, Record) or not isinstance(key, Record):
        return
    asked = [name for name, _ in key.items]
    others = [name for name, _ in found.items if name not in asked]
    if (
        others
        and not (isinstance(part, ExpressionPart) and part.rows)
        and (all(map(_is_word, (*asked, *others))) or any(_is_power_of(name, asked) for name in others))
    ):
        raise MeaningError(
            f"'{others[0]}' is none of the names that are asked for",
            cure=f"write {', '.join(f'{name}: …' for name in asked)}",
        )


def _is_power_of(name: object, asked: Iterable[object]) -> bool:
    """``sigma^2``, or ``sigma[c]^2``, where sigma is asked for: the variance says what it is, too."""
    base, power, _ = name.partition("^") if isinstance(name, str) else ("", "", "")
    return bool(power) and base.partition("[")[0] in asked


def _is_word(name: object) -> bool:
    return isinstance(name, str) and name.isidentifier()


def _of_rows(question: Question, found: Meaning) -> tuple[Misconception, ...]:
    """A row that says another direction than any that is asked about: ``('x<0', '-oo', 0)``."""
    part = question.part
    rows = part.rows if isinstance(part, ExpressionPart) else {}
    if not rows or not isinstance(found, Record):
        return ()
    asked = {words[-1] for words in rows.values()}
    said = unasked_rows(dict(found.items), rows)
    return (BY_NAME["limit-direction"],) if any(way not in asked for _, way in said) else ()


def decided(question: Question, found: Meaning, key: Meaning, seconds: float = SECONDS) -> Verdict:
    """The verdict, exact or within the tolerance that the part grants."""
    try:
        if question.grants_rounding:
            return within_tolerance(question, found, key)
        return decide(
            found,
            key,
            question.facts,
            policy=policy(question),
            strict_shape=strict_shape(question),
            deadline=time.thread_time() + seconds,
        )
    except SymderivError as error:
        return Invalid(error)
    except RecursionError:
        return Undecided(("nested too deeply to compare",))
    except ArithmeticError as error:
        # a number beyond what exact or ball arithmetic takes: nobody's fault, and no verdict
        return Undecided((f"a number is out of reach: {error}",))
