"""An answer's text to its meaning, errors placed in the answer file; and a meaning aligned with the key's."""

from __future__ import annotations

from symderiv.derivation import Reading, meaning
from symderiv.derivation.meaning.closing import closed, counted_from, free_indices_of, opened
from symderiv.errors import MeaningError, SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.names.declarations import located
from symderiv.expression.tree import Expr, Mapping, Sequence
from symderiv.language import Scope
from symderiv.tensor import Meaning, Record, Tensor


def readings_of(question: Question, answer: Formula) -> tuple[Reading, ...]:
    """The members of ``a = b`` read and understood, the answer last; raises with the place in its file."""
    return tuple(understood(tree, answer) for tree in question.read_members(answer))


def understood(tree: Expr, answer: Formula) -> Reading:
    try:
        return Reading(tree, meaning(tree))
    except SymderivError as error:
        raise located(error, part_at_fault(tree, answer)) from error


def part_at_fault(tree: Expr, answer: Formula) -> Formula:
    """The part of a mapping or list that has no meaning, so that the error points into it."""
    parts = [part for _, part in answer.entries] or list(answer.items)
    if parts and isinstance(tree, Mapping | Sequence):
        for part, child in zip(parts, tree.children, strict=True):
            try:
                meaning(child)
            except SymderivError:
                return part_at_fault(child, part)
    return answer


def _at_indices(found: Tensor, key: Tensor, order: tuple[str, ...], origin: int) -> Tensor:
    """An array where its entry formula is asked for: its entry at the key's indices, in their order."""
    free = {index.name: index for index in free_indices_of(key)}
    names = order or tuple(free)
    fits = found.rank == len(names) > 0 and set(names) <= free.keys() and not free_indices_of(found)
    return opened(found, key, [free[name] for name in names], origin) if fits else found


def aligned_answer(
    question: Question, found: Meaning, key: Meaning, order: tuple[str, ...], latex: bool
) -> Meaning:
    """`aligned`, the answer in its syntax, the key in text."""
    return aligned(found, key, order, origin_of(question.answer_scope, latex), origin_of(question.scope))


def origin_of(scope: Scope, latex: bool = False) -> int:
    return scope.origin("latex" if latex else "text")


def aligned(found: Meaning, key: Meaning, order: tuple[str, ...], origin: int, key_origin: int) -> Meaning:
    """The answer's formula in free indices as the array that the key is; named results name by name.

    Where the key is a formula too, the answer's indices are counted as the key's are.
    """
    if isinstance(found, Record) and isinstance(key, Record):
        known = dict(key.items)
        return Record(
            tuple(
                (n, aligned(v, known[n], order, origin, key_origin) if n in known else v)
                for n, v in found.items
            )
        )
    if isinstance(found, Record):
        message, cure = "names are given to results that have none", "write the values alone, in their order"
        raise MeaningError(message, cure=cure)
    if (
        isinstance(found, Tensor)
        and isinstance(key, Tensor)
        and key.rank
        and not found.rank
        and free_indices_of(found)
    ):
        return closed(found, key.shape, order, origin)
    if isinstance(found, Tensor) and isinstance(key, Tensor) and found.rank and not key.rank:
        return _at_indices(found, key, order, key_origin)
    return counted_from(found, origin, key_origin) if isinstance(found, Tensor) else found
