"""Why an answer is wrong: the misconceptions whose wrong form it is proved to be.

A wrong form counts only if it is proved different from the key: otherwise the numbers can't tell.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from symderiv.derivation.meaning.reads_beyond import reads_beyond
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.expression.tree import ZERO, Apply, Expr, Mapping
from symderiv.grading.diagnosis.alike import Written, written
from symderiv.grading.diagnosis.decided_once import decided_once
from symderiv.grading.diagnosis.fingerprints import Fingerprints, may_be_equal
from symderiv.grading.keys import meaning_of, policy
from symderiv.grading.misconceptions import MISCONCEPTIONS, Misconception
from symderiv.grading.misconceptions.closed_forms import stated
from symderiv.tensor import Listing, Meaning, Record, Tensor

SECONDS = 4.0
CONDITIONS = ("and", "or", "not", "lt", "le", "gt", "ge", "eq", "ne")
OF_CONDITIONS = ("condition-forgotten", "sign")
MAX_FORMS = 60
KEPT_QUESTIONS = 256


@dataclass(eq=False)
class WrongForm:
    """A form of the key that a misconception leads to, and what it means."""

    pattern: Misconception
    meaning: Meaning
    facts: tuple[Expr, ...] = ()
    is_wrong: bool | None = None
    """Proved different from the key (of which it is one question's form); None: nobody asked yet."""

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Its values at fixed points, worked out when an answer of its shape comes."""
        return Fingerprints(self.meaning, self.facts)

    @cached_property
    def written(self) -> Written | None:
        """How it is written, so that it need not be written again for each answer."""
        return _written(self.meaning)


_FORMS: OrderedDict[tuple[int, int], tuple[Question, Expr, tuple[WrongForm, ...]]] = OrderedDict()
"""The wrong forms of the questions judged last: they depend on the question alone."""


def diagnose(
    question: Question, found: Meaning, key_tree: Expr, key: Meaning, only: str = ""
) -> tuple[Misconception, ...]:
    """Every misconception of which the answer is proved to be a wrong form, in the order of the table.

    ``only`` restricts the search to one pattern.
    """
    if isinstance(found, Tensor) and found.value == ZERO:
        return ()  # whatever is left out of a product or a sum may leave nothing
    deadline = time.thread_time() + SECONDS
    mine = Fingerprints(found, question.facts)
    named: list[Misconception] = []
    told_apart = (form for form in wrong_forms(question, key_tree) if form.meaning != key)
    forms = [form for form in told_apart if _alike(form.meaning, found)]
    # a form that reads the same is looked at first: no value or witness of the others comes before it
    read = _written(found)
    alike = [form for form in forms if read is not None and read == form.written]
    others: list[Meaning] = []  # several patterns lead to one form
    # whatever has no value equals whatever else has none: such an answer is explained by its writing alone
    has_none = reads_beyond(found, question.facts)
    for form in alike if has_none else (*alike, *(form for form in forms if form not in alike)):
        if time.thread_time() > deadline:
            break
        if form.pattern in named or form.meaning in others or not may_be_equal(mine, form.fingerprints):
            continue
        if _explains(question, form, found, key, deadline):
            named.append(form.pattern)
        else:
            others.append(form.meaning)
    order = [pattern.name for pattern in MISCONCEPTIONS]
    return tuple(sorted(named, key=lambda pattern: order.index(pattern.name)))


def _written(found: Meaning) -> Written | None:
    try:
        return written(found)
    except (SymderivError, RecursionError):
        return None


def wrong_forms(question: Question, key_tree: Expr) -> tuple[WrongForm, ...]:
    """Every wrong form of the key that has a meaning, worked out once a question."""
    at = id(question), id(key_tree)
    known = _FORMS.get(at)
    if known is not None and known[0] is question and known[1] is key_tree:
        return known[2]
    found = tuple(_wrong_forms(question, key_tree))
    _FORMS[at] = (question, key_tree, found)
    while len(_FORMS) > KEPT_QUESTIONS:
        _FORMS.popitem(last=False)
    return found


def _wrong_forms(question: Question, key_tree: Expr) -> Iterator[WrongForm]:
    end = time.thread_time() + SECONDS
    ways = tuple(stated(key_tree))
    for pattern in patterns_for(key_tree):
        for tree in forms(pattern, ways):
            if time.thread_time() > end:
                return
            try:
                yield WrongForm(pattern, meaning_of(question, tree), question.facts)
            except (SymderivError, RecursionError, ArithmeticError):
                continue


def diagnose_each(
    question: Question, found: Meaning, key_tree: Expr, key: Meaning
) -> tuple[Misconception, ...]:
    """Of named results, `diagnose` for each that is wrong by itself, then for the whole.

    Once a result is explained by itself, only an exchange of two is still looked for.
    """
    named: list[Misconception] = []
    if isinstance(key_tree, Mapping) and isinstance(found, Record) and isinstance(key, Record):
        given = dict(found.items)
        for (name, right), tree in zip(key.items, key_tree.children, strict=True):
            if name in given and isinstance(decided_once(given[name], right, question.facts), Different):
                named += diagnose(question, given[name], tree, right)
    named += diagnose(question, found, key_tree, key, only="swapped" if named else "")
    return tuple(dict.fromkeys(named))


def patterns_for(key: Expr) -> tuple[Misconception, ...]:
    """The table; of a condition, only what can go wrong with conditions."""
    if isinstance(key, Apply) and key.head in CONDITIONS:
        return tuple(pattern for pattern in MISCONCEPTIONS if pattern.name in OF_CONDITIONS)
    return MISCONCEPTIONS


def forms(pattern: Misconception, ways: Iterable[Expr]) -> Iterator[Expr]:
    """The pattern's wrong forms of a key in the ways it is `stated`, not more than a cap."""
    for form in ways:
        produced = pattern.forms(form)
        for _ in range(MAX_FORMS):
            try:
                yield next(produced)
            except (StopIteration, SymderivError):
                # a rewritten definition without a meaning ends this list
                break


def _explains(question: Question, form: WrongForm, found: Meaning, key: Meaning, deadline: float) -> bool:
    if time.thread_time() > deadline or form.is_wrong is False:
        return False
    try:
        how = policy(question)
        if not isinstance(decide(found, form.meaning, question.facts, policy=how, deadline=deadline), Equal):
            return False
        if form.is_wrong is None:
            told = decide(form.meaning, key, question.facts, policy=how, deadline=deadline)
            form.is_wrong = {Different: True, Equal: False}.get(type(told))
        return form.is_wrong is True
    except (SymderivError, RecursionError, ArithmeticError):
        return False


def _alike(form: Meaning, found: Meaning) -> bool:
    """Could the two be equal by their shapes alone?"""
    if isinstance(form, Tensor) and isinstance(found, Tensor):
        if form.sizes is None or found.sizes is None:
            return True
        return [n for n in form.sizes if n != 1] == [n for n in found.sizes if n != 1]
    if isinstance(form, Record) and isinstance(found, Record):
        return {name for name, _ in form.items} == {name for name, _ in found.items}
    return isinstance(form, Listing) == isinstance(found, Listing)
