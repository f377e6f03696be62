"""Error carried forward: an answer judged against what the student's own earlier answer implies.

Granted only if the earlier answer has the key's shape, and what it implies keeps the key's symbols and
isn't zero: a trivial earlier answer earns nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symderiv.equality import decide
from symderiv.equality.conditions.condition import holds
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.expression.instantiation import expand
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Expr
from symderiv.grading.judgement import Judgement
from symderiv.grading.keys import entry_order, meaning_of
from symderiv.grading.kinds.expression import decided
from symderiv.grading.meanings import aligned
from symderiv.grading.misconceptions.rewriting import replaced
from symderiv.operations.declaring.shapes import is_one
from symderiv.tensor import Meaning, Tensor


def follows_from(
    exercise: Exercise, question: Question, judgement: Judgement, earlier: Mapping[str, Judgement]
) -> str:
    """The id of the earlier part whose wrong answer this one follows from, or ''."""
    reading = judgement.reading
    if judgement.verdict != "different" or reading is None or reading.meaning is None:
        return ""
    for name, before in _wrong_before(question.part.follows, earlier):
        asked = exercise.question(name)
        if asked is None or "answer" not in asked.trees or before.reading is None:
            continue
        try:
            if _implied(question, asked, before.reading.tree, reading.meaning):
                return name
        except SymderivError:
            continue
    return ""


def _wrong_before(names: Iterable[str], earlier: Mapping[str, Judgement]) -> Iterable[tuple[str, Judgement]]:
    return (
        (name, earlier[name]) for name in names if name in earlier and earlier[name].verdict == "different"
    )


def _implied(question: Question, asked: Question, theirs: Expr, found: Meaning) -> bool:
    implied_tree = replaced(question.key, asked.key, theirs)
    if implied_tree is question.key:
        return False
    right, implied = meaning_of(question, question.key), meaning_of(question, implied_tree)
    if not _same_shape(meaning_of(asked, asked.key), meaning_of(asked, theirs)):
        return False
    if not _symbols(right) <= _symbols(implied) or not _surely_not_zero(implied, question.facts):
        return False
    if isinstance(implied, Tensor) and holds(implied.defined, question.facts) is False:
        return False  # W/0: whatever follows from it is nothing, too
    found = aligned(found, implied, entry_order(question), 0, 0)
    return isinstance(decided(question, found, implied), Equal)


def _same_shape(a: Meaning, b: Meaning) -> bool:
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return [n for n in a.shape if not is_one(n)] == [n for n in b.shape if not is_one(n)]
    return type(a) is type(b)


def _symbols(m: Meaning) -> frozenset[str]:
    if isinstance(m, Tensor):
        return frozenset(v.name for v in free_variables(expand(m.value)) if not v.name.startswith("_"))
    parts = (value[1] if isinstance(value, tuple) else value for value in m.items)
    return frozenset().union(*(_symbols(part) for part in parts))


def _surely_not_zero(m: Meaning, facts: tuple[Expr, ...]) -> bool:
    if not isinstance(m, Tensor):
        return True
    zero = Tensor(m.shape, m.indices, ZERO)
    return isinstance(decide(m, zero, facts), Different)
