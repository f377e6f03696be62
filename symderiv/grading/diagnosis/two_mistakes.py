"""Two mistakes at once in one size: the floor and the + 1 forgotten, or no floor and the padding once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice, permutations

from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.expression.tree import Expr
from symderiv.grading.diagnosis.fingerprints import Fingerprints, may_be_equal
from symderiv.grading.keys import meaning_of, policy
from symderiv.grading.misconceptions import (
    floor_forgotten,
    padding_once,
    plus_one_forgotten,
    rounded_up,
    sign,
    stride_forgotten,
)
from symderiv.grading.misconceptions.closed_forms import stated
from symderiv.grading.misconceptions.pattern import Misconception
from symderiv.grading.misconceptions.rewriting import is_apply, nodes_of
from symderiv.tensor import Meaning, Tensor

Named = tuple[Misconception, ...]
OF_SIZES = (
    floor_forgotten.PATTERN,
    plus_one_forgotten.PATTERN,
    padding_once.PATTERN,
    stride_forgotten.PATTERN,
    rounded_up.PATTERN,
    sign.PATTERN,
)
MAX_FORMS = 4
SECONDS = 2.0


def diagnose_two(question: Question, found: Meaning, key_tree: Expr, key: Meaning) -> Named:
    """The two misconceptions to whose joint wrong form an answer is proved equal."""
    if not isinstance(found, Tensor) or found.rank or not isinstance(key, Tensor) or key.rank:
        return ()
    deadline = time.thread_time() + SECONDS
    mine, how = Fingerprints(found, question.facts), policy(question)
    for named, tree in pairs(stated(key_tree)):
        if time.thread_time() > deadline:
            break
        try:
            form = meaning_of(question, tree)
            if not may_be_equal(mine, Fingerprints(form, question.facts)):
                continue
            equal = decide(found, form, question.facts, policy=how, deadline=deadline)
            apart = decide(form, key, question.facts, policy=how, deadline=deadline)
        except (SymderivError, RecursionError, ArithmeticError):
            continue
        if isinstance(equal, Equal) and isinstance(apart, Different):
            return named
    return ()


def pairs(ways: Iterable[Expr]) -> Iterator[tuple[Named, Expr]]:
    """The forms that two of the patterns of sizes lead to, for a size that is rounded; none for the rest."""
    seen: set[Expr] = set()
    for tree in ways:
        if not any(is_apply(node, "floor", "floordiv") for node in nodes_of(tree)):
            continue
        for first, second in permutations(OF_SIZES, 2):
            for once in _some(first, tree):
                for twice in _some(second, once):
                    if twice not in seen:
                        seen.add(twice)
                        yield (first, second), twice


def _some(pattern: Misconception, tree: Expr) -> Iterator[Expr]:
    try:
        yield from islice(pattern.forms(tree), MAX_FORMS)
    except SymderivError:
        return
