"""Sizes that the facts say: with ``n == 2`` a sum over n entries is one of two, ``det A`` is written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.equality.facts import parts
from symderiv.equality.refute.atoms import atoms
from symderiv.equality.restricted.sizes import Values, at_sizes, is_size, with_sizes_named
from symderiv.equality.verdict import Undecided, Verdict
from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, Number, Variable
from symderiv.tensor import Tensor

MAX_SIZE = 6
Facts = tuple[Expr, ...]
Decided = Callable[[Tensor, Tensor, Facts], Verdict]


def at_given_sizes(a: Tensor, b: Tensor, facts: Facts, decided: Decided) -> Verdict:
    """The verdict with the sizes put in that the facts say; with letters where that decides nothing."""
    found = _put_in(a, b, facts, decided) if facts else None
    return decided(a, b, facts) if found is None else found


def _put_in(a: Tensor, b: Tensor, facts: Facts, decided: Decided) -> Verdict | None:
    values = _said(facts, (*_parts(a), *_parts(b)))
    if not values:
        return None
    try:
        known = tuple(told for fact in facts if (told := at_sizes(fact, values)) != TRUE)
        verdict = None if FALSE in known else decided(_at(a, values), _at(b, values), known)
    except (LimitExceeded, MeaningError):
        return None
    return None if verdict is None or isinstance(verdict, Undecided) else with_sizes_named(verdict, values)


def _parts(t: Tensor) -> tuple[Expr, ...]:
    return t.value, t.defined, *t.shape


def _at(t: Tensor, values: Values) -> Tensor:
    value, defined, *shape = (at_sizes(part, values) for part in _parts(t))
    return replace(t, value=value, defined=defined, shape=tuple(shape))


def _said(facts: Facts, spoken: tuple[Expr, ...]) -> Values:
    """The sizes of arrays and ends of ranges of which a fact says what they are."""
    said = {name: value for fact in parts(facts) for name, value in _sizes(fact)}
    return {name: said[name] for name in atoms(spoken).integers if name in said}


def _sizes(fact: Apply) -> Iterator[tuple[Variable, Expr]]:
    if fact.head != "eq":
        return
    for name, value in (fact.args, fact.args[::-1]):
        if isinstance(name, Variable) and is_size(name) and _may_be(name, value):
            yield name, value


def _may_be(name: Variable, value: Expr) -> bool:
    """Is it a small number that a size of this kind has? One that can't be leaves nothing to be decided."""
    return isinstance(value, Number) and value.value <= MAX_SIZE and name.kind.domain.contains(value.value)
