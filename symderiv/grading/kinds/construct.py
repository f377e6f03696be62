"""Any object that has a property: the conditions of ``where``, with the student's object put in."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from symderiv.derivation import Reading, meaning
from symderiv.derivation.meaning.closing import free_indices_of
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Invalid, Verdict, Witness
from symderiv.errors import MeaningError, ShapeError, SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.format.models import ConstructPart
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, Number, Sequence, Variable
from symderiv.expression.tree import Mapping as MappingNode
from symderiv.grading.diagnosis.told import hints_of
from symderiv.grading.diagnosis.wrong_forms import diagnose_each
from symderiv.grading.judgement import Judgement, all_of, invalid
from symderiv.grading.keys import meaning_of
from symderiv.grading.kinds.choices_named import named_choices, normal
from symderiv.grading.meanings import origin_of, understood
from symderiv.grading.misconceptions import Misconception
from symderiv.operations.declaring.shapes import is_one
from symderiv.tensor import Tensor

SECONDS = 10.0
STATEMENT_ALONE = Fraction(1, 2)
MAX_POINTS = 256


def judge_construct(question: Question, answer: Formula) -> Judgement:
    """Equal where every condition is proved to hold, different with the first that fails and where.

    Where the part lists statements, a true one instead of the object earns half at most.
    """
    stated = judge_statement(question, answer)
    if stated is not None:
        return stated
    try:
        tree = _bare(question.read(answer))
        reading = understood(tree, answer)
        objects = named_objects(question, tree, answer)
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error)
    other = _other_shape(objects)
    if other is not None:
        witness, where = other
        return Judgement(Different("shape", witness), reading, where=(where,))
    verdicts: list[Verdict] = []
    failed: list[str] = []
    for number, condition in enumerate(question.fields("where")):
        for at, closed in cases(question, condition):
            verdict = condition_verdict(substitute(closed, dict(objects)), question.facts)
            verdicts.append(verdict)
            if isinstance(verdict, Invalid):
                verdict.error.place = answer.place_of(None)
            if isinstance(verdict, Different):
                failed.append(f"condition {number + 1} fails{at}")
    outcome = all_of(verdicts, "every condition holds")
    if not isinstance(outcome, Different):
        return Judgement(outcome, reading)
    named = _named(question, reading)
    return Judgement(
        outcome,
        reading,
        where=tuple(failed[:4]),
        misconceptions=tuple(pattern.name for pattern in named),
        hints=hints_of(named),
    )


def judge_statement(question: Question, answer: Formula) -> Judgement | None:
    """The judgement on ``choice('…')``, where a part lists statements and the answer is one of them."""
    part = question.part
    assert isinstance(part, ConstructPart)
    true = {normal(name): holds for name, holds in part.statements.items()}
    said = named_choices(answer, {name: name for name in true}) if part.statements else []
    if len(said) != 1 or normal(said[0]) not in true:
        return None
    if true[normal(said[0])]:
        note = "the statement without what shows it"
        return Judgement(Equal("the statement"), note=note, most=STATEMENT_ALONE)
    witness = Witness((), said[0], "another statement")
    return Judgement(Different("the statement", witness), where=(f"{said[0]} is wrong",))


def _named(question: Question, reading: Reading) -> tuple[Misconception, ...]:
    """The misconceptions by which the answer comes about from the author's own example of a right object."""
    right = question.trees.get("answer")
    if right is None or reading.meaning is None:
        return ()
    right = _in_names(right)
    return diagnose_each(question, meaning(_in_names(reading.tree)), right, meaning_of(question, right))


@lru_cache(256)
def _in_names(tree: Expr) -> Expr:
    """The tree in its names alone: with their numbers put in, forms would fit by accident."""
    named = [v for v in free_variables(tree) if v.definition is not None or v.value is not None]
    return substitute(tree, {v: Variable(v.name, v.kind) for v in named})


def named_objects(question: Question, tree: Expr, answer: Formula) -> Mapping[Expr, Expr]:
    """What the answer gives for each name wanted: the object itself for one, a mapping for several."""
    wanted = question.wanted
    if isinstance(tree, MappingNode):
        _refuse_given_twice(tree, wanted, answer)
        given = _numbered(tree, wanted) or {_name_of(key, wanted): value for key, value in tree.items}
    elif len(wanted) == 1:
        given = {next(iter(wanted)): tree}
    elif isinstance(tree, Sequence) and tree.kind != "set" and len(tree.items) == len(wanted):
        given = dict(zip(wanted, tree.items, strict=True))
    else:
        raise MeaningError(
            "one value for several names", answer.place_of(None), f"{{{', '.join(wanted)}}}: …"
        )
    given = _with_rows_joined(given, wanted)
    missing = [name for name in wanted if name not in given]
    if missing:
        raise MeaningError(
            f"{missing[0]} is missing", answer.place_of(None), f"values for {', '.join(wanted)}"
        )
    origin = origin_of(question.answer_scope, answer.is_latex)
    return {variable: _fitted(given[name], variable, origin) for name, variable in wanted.items()}


def _refuse_given_twice(tree: MappingNode, wanted: Mapping[str, Variable], answer: Formula) -> None:
    """Raise MeaningError on ``W = A, b = c; W = B``: which of the two is the answer?"""
    given: dict[str, Expr] = {}
    for key, value in tree.items:
        name = _name_of(key, wanted)
        if given.setdefault(name, value) != value:
            raise MeaningError(f"{name} is given twice", answer.place_of(None), "one object for each name")


def _numbered(tree: MappingNode, wanted: Mapping[str, Variable]) -> Mapping[str, Expr]:
    """``{w1: …, w2: …}`` for the one array w whose rows these are, in the order of their numbers."""
    (name, *others), spelt = wanted, [key if isinstance(key, str) else to_text(key) for key, _ in tree.items]
    found = [re.fullmatch(rf"{re.escape(name)}_?(\d+)", key) for key in spelt]
    size = next(iter(wanted[name].kind.shape), None)
    if others or size != Number(len(found)) or not all(found):
        return {}
    numbered = {int(said[1]): value for said, (_, value) in zip(found, tree.items, strict=True) if said}
    return {name: Sequence(tuple(numbered[number] for number in sorted(numbered)))}


def _with_rows_joined(given: Mapping[str, Expr], wanted: Mapping[str, Variable]) -> Mapping[str, Expr]:
    """``w1: …, w2: …`` beside other names as the w whose entries these are."""
    found = dict(given)
    for name in wanted.keys() - given.keys():
        own = {key: value for key, value in given.items() if re.fullmatch(rf"{re.escape(name)}_?\d+", key)}
        found |= _numbered(MappingNode(tuple(own.items())), {name: wanted[name]}) if own else {}
    return found


def _bare(tree: Expr) -> Expr:
    """A mapping without the call that an exercise may put around it (``combine({…})``)."""
    if isinstance(tree, Apply) and tree.head == "pos" and isinstance(tree.args[0], MappingNode):
        return tree.args[0]
    return tree


def _name_of(key: str | Expr, wanted: Mapping[str, Variable]) -> str:
    """The name that a key means; one that is no name (``'00'``, ``(0, 0)``) means the name ending in it."""
    text = key if isinstance(key, str) else getattr(key, "name", None) or to_text(key)
    spelt = {re.sub(r"\W|_", "", name): name for name in wanted}
    if re.sub(r"\W|_", "", text) in spelt:
        return spelt[re.sub(r"\W|_", "", text)]
    ending = [name for name in wanted if name.endswith("".join(filter(str.isalnum, text)))]
    return ending[0] if len(ending) == 1 and not text[:1].isalpha() else text


def _fitted(value: Expr, wanted: Variable, origin: int) -> Expr:
    """A list where a row is wanted is that row; a vector may come as a row, a column or a 1×1 filter.

    A formula in free indices is the entry formula of the array wanted.
    """
    found, rank = meaning(value), len(wanted.kind.shape)
    if not isinstance(found, Tensor):
        return value
    if rank and not found.rank and free_indices_of(found):
        return _listed(value, found, wanted, origin)
    if found.rank == 1 and rank == 2 and wanted.kind.shape[0] == ONE:
        return Apply("transpose", (value,))
    axes = [size for size in found.shape if not is_one(size)]
    return Apply("flatten", (value,)) if found.rank > 1 and rank == 1 and len(axes) <= 1 else value


def _listed(value: Expr, found: Tensor, wanted: Variable, origin: int) -> Expr:
    """``[f(i) for i in …]`` for f(i), as long as the vector wanted."""
    names, sizes = free_indices_of(found), [size for size in wanted.kind.shape if size is not None]
    if len(names) != len(sizes):
        raise MeaningError(f"a formula in {len(names)} indices for an array of rank {len(sizes)}")
    for name, size in reversed(list(zip(names, sizes, strict=True))):
        value = Binder("array", value, name, Number(origin), Apply("add", (size, Number(origin - 1))))
    return value


def _other_shape(objects: Mapping[Expr, Expr]) -> tuple[Witness, str] | None:
    """The two shapes of the first object that has not the shape wanted, and what to say of it."""
    for variable, value in objects.items():
        assert isinstance(variable, Variable)
        expected, found = Tensor(tuple(s for s in variable.kind.shape if s), (), TRUE), meaning(value)
        if not isinstance(found, Tensor) or expected.sizes is None or found.sizes is None:
            continue
        if _without_ones(found.sizes) != _without_ones(expected.sizes):
            said = f"the shape of {variable.name} is {found.shape_text}, expected {expected.shape_text}"
            return Witness((("shape", variable.name),), found.shape_text, expected.shape_text), said
    return None


def _without_ones(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(n for n in sizes if n != 1)


def cases(question: Question, condition: Expr) -> Iterator[tuple[str, Expr]]:
    """The condition at each value of the names that ``for`` runs over; as it is where there are none."""
    runs = [(question.scope.names.get(name), question.trees[f"for.{name}"]) for name in _runs(question)]
    used = [(v, values) for v, values in runs if v is not None and v in free_variables(condition)]
    if not used:
        yield "", condition
        return
    count = max(len(values.children) for _, values in used)
    for number in range(min(count, MAX_POINTS)):
        at: dict[Expr, Expr] = {}
        for variable, values in used:
            if not isinstance(values, Sequence) or number >= len(values.items):
                raise ShapeError(f"for: {variable.name} needs a list as long as the others")
            at[variable] = values.items[number]
        yield f" at case {number + 1}", substitute(condition, at)


def _runs(question: Question) -> list[str]:
    return [field.removeprefix("for.") for field in question.trees if field.startswith("for.")]


def condition_verdict(condition: Expr, facts: tuple[Expr, ...]) -> Verdict:
    """Does a condition hold? An equation is decided side by side, anything else against ``true``."""
    deadline = time.thread_time() + SECONDS
    try:
        if isinstance(condition, Apply) and condition.head == "and":
            return all_of(
                [condition_verdict(part, facts) for part in condition.args], "every condition holds"
            )
        if isinstance(condition, Apply) and condition.head == "eq":
            left, right = (meaning(side) for side in condition.args)
            return decide(left, right, facts, deadline=deadline)
        return decide(meaning(condition), Tensor.scalar(TRUE), facts, deadline=deadline)
    except SymderivError as error:
        return Invalid(error)


def example(question: Question) -> Reading | None:
    """The author's own example of an object, for a solution sheet."""
    tree = question.trees.get("answer")
    return None if tree is None else Reading(tree, meaning(tree))
