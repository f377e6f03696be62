"""From the checked file to the exercise: names declared one after the other, every formula read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from symderiv.derivation.along_axes import along_axes
from symderiv.derivation.for_all import said_of_all
from symderiv.derivation.given import ALL_FUNCTIONS, said
from symderiv.errors import FileFaults, SymderivError, UnknownName
from symderiv.exercise.exercise import Exercise, Question
from symderiv.exercise.format.models import (
    AnyPart,
    ConstructPart,
    ExerciseFile,
    ExpressionPart,
    IndexFrom,
    StepsPart,
)
from symderiv.exercise.formula import Formula
from symderiv.exercise.names.allowed import answer_scope, left_to_take, with_numbered_looks
from symderiv.exercise.names.assumed_bounds import narrowed
from symderiv.exercise.names.assumed_indices import with_indices
from symderiv.exercise.names.declarations import Draw, declare, declare_kind, located, spelled_out
from symderiv.exercise.names.results import asked_results
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Text, Variable, index_variable, transform
from symderiv.language import Scope, read_condition

_COSTS = ("O", "Theta", "Θ")
_QUOTED = re.compile(r"'([^']*)' is not declared")
_WORD = re.compile(r"[^\W\d]\w*")


def build(
    file: ExerciseFile, path: Path | None = None, seed: int | None = None, draw: Draw | None = None
) -> Exercise:
    """The exercise that a file describes; raises `FileFaults` with everything in it that can't be read."""
    faults: list[SymderivError] = []
    scope = Scope(
        functions=ALL_FUNCTIONS,
        index_from=_index_from(file.index_from),
        notation=dict(file.notation),
        strict=True,
    )
    unknown: set[str] = set()
    for name, formula in file.let.items():
        if unknown.isdisjoint(_WORD.findall(formula.text)):
            try:
                scope = narrowed(declare(name, formula, scope, draw), name, file.assume)
                continue
            except SymderivError as error:
                faults.append(_with_cure(error, name, file))
        unknown.add(name)  # what is said of it says nothing about the file
    if faults:
        raise FileFaults(faults)
    facts = _facts(file.assume, scope, faults)
    questions = [_question(part, file, scope, facts, faults) for part in file.parts]
    if faults:
        raise FileFaults(faults)
    return Exercise(file, scope, tuple(q for q in questions if q is not None), facts, path, seed)


_KINDS = "real positive integer index size function vector matrix symmetric tensor".split()


def _with_cure(error: SymderivError, name: str, file: ExerciseFile) -> SymderivError:
    """What stands below is told to stand above, and a kind that is misspelt is."""
    quoted = _QUOTED.match(error.message) if isinstance(error, UnknownName) else None
    if quoted is None:
        return error
    names = list(file.let)
    kinds = get_close_matches(quoted[1].lower(), _KINDS, 1, 0.7)
    if quoted[1] in names[names.index(name) + 1 :]:
        error.cure = f"write {quoted[1]} above {name}"
    elif kinds and file.let[name].text.lstrip().startswith(quoted[1]):
        error.cure = f"did you mean {kinds[0]}?"
    return error


def _index_from(value: IndexFrom) -> int | dict[str, int]:
    if isinstance(value, dict):
        return {syntax: int(first) for syntax, first in value.items()}
    return int(value)


def _facts(assumed: list[Formula], scope: Scope, faults: list[SymderivError]) -> tuple[Expr, ...]:
    facts: list[Expr] = []
    origins: list[Formula] = []
    inner = with_indices(scope, assumed)
    for formula in assumed:
        try:
            found = said(read_condition(formula.text, inner))
        except SymderivError as error:
            faults.append(located(formula.placed(error), formula))
        else:
            facts += found
            origins += [formula] * len(found)
    try:
        return said_of_all(tuple(facts), scope.names, ())
    except SymderivError as error:
        faults.append(located(error, origins[_completed(facts, scope)]))
        return ()


def _completed(facts: list[Expr], scope: Scope) -> int:
    """Of facts that can't be said together, the one from which on they can't."""
    for k in range(1, len(facts)):
        try:
            said_of_all(tuple(facts[:k]), scope.names, ())
        except SymderivError:
            return k - 1
    return -1


def _question(
    part: AnyPart, file: ExerciseFile, scope: Scope, facts: tuple[Expr, ...], faults: list[SymderivError]
) -> Question | None:
    before = len(faults)
    own = facts + _facts(part.assume, scope, faults)
    wanted = {}
    if isinstance(part, ConstructPart):
        for name, formula in part.find.items():
            try:
                wanted[name] = declare_kind(name, formula, scope)
            except SymderivError as error:
                faults.append(error)
    inner = scope.declare([*wanted.values(), *_entry_indices(part, scope)])
    trees: dict[str, Expr] = {}
    for field, formula in formulas_of(part):
        try:
            tree = spelled_out(formula.read(inner))
            trees[field] = _laid_out(tree, file.layout)
        except SymderivError as error:
            faults.append(error)
    if len(faults) > before:
        return None
    if part.kind == "order":
        scope = _with_costs(scope, trees["answer"])
    on_the_way = left_to_take(trees["steps.from"]) if part.kind == "steps" else ()
    allowed = answer_scope(
        scope.declare(_entry_indices(part, scope)),
        [*file.allow, *part.allow, *on_the_way],
        trees.get("answer"),
    )
    allowed = allowed.declare(asked_results(trees.get("answer"), allowed))
    allowed = with_numbered_looks(allowed, wanted)
    own += _along_axes(trees.get("answer"))
    return Question(part, scope, allowed, own, trees, wanted, part.feedback or file.feedback)


def _along_axes(key: Expr | None) -> tuple[Expr, ...]:
    """Where the indices run that a key leaves open; what has no meaning is told where it is asked for."""
    free = {name for name in free_variables(key) if name.kind.index} if key is not None else set()
    try:
        return tuple(along_axes(key, free)) if key is not None and free else ()
    except SymderivError:
        return ()


def _with_costs(scope: Scope, key: Expr) -> Scope:
    """``O(…)`` is a cost, though the exercise may call a matrix O; in the key it would be that."""
    used = {variable.name for variable in free_variables(key)}
    names = {name: meant for name, meant in scope.names.items() if name not in _COSTS or name in used}
    return replace(scope, names=names, functions={**scope.functions, **dict.fromkeys(_COSTS, "O")})


def _entry_indices(part: AnyPart, scope: Scope) -> list[Variable]:
    """The indices that ``entry`` names, which nobody declared elsewhere."""
    entry = part.entry if isinstance(part, ExpressionPart) else None
    if entry is None:
        return []
    pattern = r"([^\W\d]\w*)\s*:" if ":" in entry.text else r"[^\W\d]\w*"
    return [index_variable(name) for name in re.findall(pattern, entry.text) if name not in scope.names]


def formulas_of(part: AnyPart) -> Iterator[tuple[str, Formula]]:
    """The mathematics of a part by field, but for programs and prose, which other rooms read."""
    if part.kind in ("program", "choice", "text"):
        return
    if isinstance(part, StepsPart):
        yield "steps.from", part.steps.from_
        yield "steps.to", part.steps.to
    if isinstance(part, ConstructPart):
        yield from ((f"where.{number}", each) for number, each in enumerate(part.where))
        yield from ((f"for.{name}", values) for name, values in part.for_.items())
    if isinstance(part, ExpressionPart):
        yield from (
            (n, f) for n, f in (("entry", part.entry), ("tolerance", part.tolerance)) if f is not None
        )
        yield from (
            (f"at.{result}.{name}", value)
            for result, point in part.at.items()
            for name, value in point.items()
        )
    answer = getattr(part, "answer", None)
    if isinstance(answer, Formula):
        yield "answer", answer


def _laid_out(tree: Expr, layout: str) -> Expr:
    """The tree with its Jacobians in the exercise's layout, unless they say their own."""
    if layout == "numerator":
        return tree

    def turn(node: Expr) -> Expr:
        if isinstance(node, Apply) and node.head == "jacobian" and not node.options:
            return Apply(node.head, node.args, (("layout", Text(layout)),))
        return node

    return transform(tree, turn)
