"""What speaks for an undecided answer about symbolic sizes: the smallest sizes at which it was decided.

A size at which the two differ is a witness; sizes at which they are proved equal are evidence, no more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from flint import fmpq

from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.refute.atoms import atoms
from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.integers import Assignment, small_assignments
from symderiv.equality.refute.separate import Pair
from symderiv.equality.refute.smaller import size_of
from symderiv.equality.restricted.small_matrices import small_matrices_written_out
from symderiv.equality.verdict import Different, Equal, Verdict, Witness
from symderiv.errors import SymderivError
from symderiv.expression.instantiation import expand
from symderiv.expression.printing.text import to_text
from symderiv.expression.resizing import with_sizes
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Expr, Index, Number, Variable, walk

MAX_SIZES = 4
MAX_LOOKED_AT = 400  # assignments, of which the smallest are taken
MAX_INDICES = 64
SHARE = 0.25  # of the time that is left, where there is a deadline

Values = dict[Variable, Expr]
Decide = Callable[[Problem], Verdict]


@dataclass(frozen=True, slots=True)
class Checked:
    """``verified``: the sizes at which the two were proved equal; or where they differ."""

    verified: tuple[Values, ...] = ()
    different: Different | None = None

    def __str__(self) -> str:
        """``verified for n = 1, 2, 3``; ``verified for (k, n) = (1, 1), (1, 2)``."""
        if not self.verified:
            return ""
        values = ", ".join(_listed(sizes.values()) for sizes in self.verified)
        return f"verified for {_listed(self.verified[0])} = {values}"


def _listed(parts: Iterable[Expr]) -> str:
    """``n``, or ``(k, n)``."""
    texts = list(map(to_text, parts))
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def at_small_sizes(problem: Problem, decide: Decide) -> Checked:
    """Both sides at the smallest sizes that the facts allow, each decided for every index and entry."""
    sizes = tuple(v for v in atoms(problem.expressions).integers if is_size(v))
    if not sizes:
        return Checked()
    timed = replace(problem, deadline=_until(problem.deadline))
    verified: list[Values] = []
    for values in _smallest(sizes, problem.facts):
        if timed.deadline is not None and time.thread_time() > timed.deadline:
            break
        verdict = _decided_at(timed, values, decide)
        if isinstance(verdict, Different):
            witness = confirmed(_pair(problem), verdict.witness)
            if witness is not None:
                return Checked(different=Different(verdict.by, witness))
        if isinstance(verdict, Equal):
            verified.append(values)
    return Checked(tuple(verified))


def _pair(problem: Problem) -> Pair:
    return Pair(*problem.sides, problem.facts)


def at_each_size(problem: Problem) -> Iterator[Problem]:
    """The problem at the smallest sizes that its facts allow."""
    sizes = tuple(v for v in atoms(problem.expressions).integers if is_size(v))
    for values in _smallest(sizes, problem.facts) if sizes else ():
        here = put_in(problem, values)
        if FALSE not in here.facts:
            yield here


def _all(problem: Problem) -> tuple[Expr, ...]:
    return problem.expressions


def is_size(variable: Variable) -> bool:
    return variable.kind.domain.is_nonnegative and not variable.kind.index


def _until(deadline: float | None) -> float | None:
    """Nobody's clock where nobody set one: a pause of the machine would cost a verdict."""
    now = time.thread_time()
    return None if deadline is None else now + SHARE * max(0.0, deadline - now)


def _smallest(sizes: tuple[Variable, ...], facts: tuple[Expr, ...]) -> Iterator[Values]:
    """The smallest assignments, the least of them first."""
    about = tuple(fact for fact in facts if free_variables(fact) <= set(sizes))
    supply = sorted(islice(small_assignments(sizes, about), MAX_LOOKED_AT), key=_order)
    for found in supply[:MAX_SIZES]:
        yield {size: Number(int(found[size])) for size in sizes}


def _order(found: Assignment) -> tuple[fmpq, ...]:
    return (*size_of(found), *found.values())


def _decided_at(problem: Problem, values: Values, decide: Decide) -> Verdict | None:
    """The verdict with the sizes put in, index by index where it isn't found for all at once."""
    try:
        here = put_in(problem, values)
        if FALSE in here.facts:
            return None
        verdict = with_sizes_named(decide(here), values)
        return verdict if isinstance(verdict, Equal | Different) else _each_index(here, values, decide)
    except (SymderivError, RecursionError):
        return None


def _each_index(problem: Problem, values: Values, decide: Decide) -> Verdict | None:
    """Equal at each index that the facts allow; ``None`` where one stays open, or they aren't bounded."""
    indices = [v for v in atoms(problem.expressions).integers if v.kind.index]
    ranges = [_range(index, problem) for index in indices]
    if not indices or any(not 0 < len(each) <= MAX_INDICES for each in ranges):
        return None
    verdict: Verdict | None = None
    for position in islice(product(*ranges), MAX_INDICES + 1):
        at: Values = dict(zip(indices, map(Number, position), strict=True))
        here = put_in(problem, at)
        if FALSE in here.facts:
            continue
        verdict = with_sizes_named(decide(here), {**values, **at})
        if isinstance(verdict, Different) and not verdict.witness.has_values:
            return None  # a free index asks only about entries that there are
        if not isinstance(verdict, Equal):
            return verdict
    return verdict


def _range(index: Variable, problem: Problem) -> range:
    """The values between numbers that the facts name, and at which there are the entries that are read; none
    where there is no such number.
    """
    lengths = list(_lengths_read(index, problem))
    low: list[int] = [0] if lengths else []
    high: list[int] = [length - 1 for length in lengths]
    for fact in parts(problem.facts):
        match fact.head, fact.args:
            case "le" | "lt" as head, (Number(value=value), other) if other == index:
                low.append(int(value // 1) + 1 if head == "lt" else -int(-value // 1))
            case "le" | "lt" as head, (other, Number(value=value)) if other == index:
                high.append(-int(-value // 1) - 1 if head == "lt" else int(value // 1))
    return range(max(low), min(high) + 1) if low and high else range(0)


def _lengths_read(index: Variable, problem: Problem) -> Iterator[int]:
    """How many entries there are where the index alone says which."""
    for node in (node for side in problem.sides for node in walk(side) if isinstance(node, Index)):
        if isinstance(node.base, Variable) and not node.base.kind.zero_outside:
            for place, size in zip(node.indices, node.base.kind.shape, strict=False):
                if place == index and isinstance(size, Number) and isinstance(size.value, int):
                    yield size.value


def put_in(problem: Problem, values: Values) -> Problem:
    """The problem at these values: arrays get their sizes, sums and small matrices are written out."""
    return problem.mapped(lambda expr: at_sizes(expr, values))


def at_sizes(expr: Expr, values: Values) -> Expr:
    """An expression at these values."""
    return small_matrices_written_out(expand(with_sizes(expr, values)))


def with_sizes_named(verdict: Verdict, values: Values) -> Verdict:
    """A difference with the sizes in its point."""
    if not isinstance(verdict, Different):
        return verdict
    witness = verdict.witness
    point = (*((name.name, to_text(value)) for name, value in values.items()), *witness.point)
    return Different(verdict.by, Witness(point, witness.left, witness.right))
