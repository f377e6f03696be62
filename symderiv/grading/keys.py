"""The key's meaning, closed over its axes where it is an entry formula itself."""

from __future__ import annotations

from collections import OrderedDict

from symderiv.derivation import meaning, scalar_of
from symderiv.derivation.meaning.closing import closed, free_indices_of
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.exercise import Question
from symderiv.exercise.format.models import ExpressionPart
from symderiv.expression.tree import Expr, Mapping, Sequence, Variable
from symderiv.grading.meanings import origin_of
from symderiv.tensor import Meaning, Tensor


def entry_order(question: Question) -> tuple[str, ...]:
    """The indices that ``entry`` names, one an axis; empty where it is not said."""
    tree = question.trees.get("entry")
    if isinstance(tree, Mapping):
        return tuple(key if isinstance(key, str) else getattr(key, "name", "") for key, _ in tree.items)
    if isinstance(tree, Sequence):
        return tuple(item.name for item in tree.items if isinstance(item, Variable))
    return (tree.name,) if isinstance(tree, Variable) else ()


def entry_shape(question: Question) -> tuple[Expr, ...] | None:
    tree = question.trees.get("entry")
    if isinstance(tree, Mapping):
        return tuple(scalar_of(size).value for _, size in tree.items)
    return None


def meaning_of(question: Question, tree: Expr) -> Meaning:
    """What the key, or a form of it, means; a formula in ``entry``'s indices is the array of these sizes."""
    found = meaning(tree)
    shape = entry_shape(question)
    if shape is None or not isinstance(found, Tensor) or found.rank or not free_indices_of(found):
        return found
    return closed(found, shape, entry_order(question), origin_of(question.scope))


KEPT_KEYS = 512

_KEYS: OrderedDict[tuple[int, int], tuple[Question, Expr, Meaning]] = OrderedDict()
"""What the keys of the questions judged last mean: they depend on the question alone."""


def key_meaning(question: Question, tree: Expr) -> Meaning:
    """`meaning_of` a key, worked out once a question."""
    known = _KEYS.get((id(question), id(tree)))
    if known is not None and known[0] is question and known[1] is tree:
        return known[2]
    found = meaning_of(question, tree)
    _KEYS[id(question), id(tree)] = (question, tree, found)
    while len(_KEYS) > KEPT_KEYS:
        _KEYS.popitem(last=False)
    return found


def strict_shape(question: Question) -> bool:
    return isinstance(question.part, ExpressionPart) and question.part.shape == "strict"


def policy(question: Question) -> Policy:
    return question.part.scope if isinstance(question.part, ExpressionPart) else ALMOST_EVERYWHERE
