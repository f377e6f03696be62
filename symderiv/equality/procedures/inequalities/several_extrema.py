"""Maxima and minima over one range: ``min f ≤ max f``, ``max (f + g) ≤ max f + max g``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, permutations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.procedures.inequalities.totals import Facts, Total, total_of
from symderiv.expression.build import add, compare, negative
from symderiv.expression.tree import Binder, Expr

MAX_EXTREMA = 6


def of_several_extrema(extrema: Sequence[Binder], facts: Facts) -> Iterator[Expr]:
    """What two or three of them say of each other, a minimum read as ``-max -f``.

    Where f is never more than g its maximum isn't either; over a range with a place, min f is at most max f.
    """
    runs = [(each, run) for each in extrema if (run := _run(each)) is not None][:MAX_EXTREMA]
    for (one, run), (other, same) in permutations(runs, 2):
        asked = (
            run.ends == same.ends and (one.kind, other.kind) == ("min", "max") and _has_a_place(run, facts)
        )
        if asked and run.known(facts).implies(compare("le", run.body, same.body)):
            yield compare("le", one, other)
    for one, run in runs:
        others = [each for each in runs if each[0] != one and each[1].ends == run.ends]
        for count in (1, 2):
            for chosen in combinations_with_replacement(others, count):
                sides = _side(one, run.body), add(*(_side(b, r.body) for b, r in chosen))
                if run.known(facts).implies(compare("le", *sides)):
                    yield compare("le", _side(one, one), add(*(_side(b, b) for b, _ in chosen)))


def _side(extremum: Binder, value: Expr) -> Expr:
    """A value of what a maximum is taken of; of a minimum, its negative."""
    return value if extremum.kind == "max" else negative(value)


def _run(extremum: Binder) -> Total | None:
    ends = extremum.variable, extremum.lower, extremum.upper, extremum.condition
    run = total_of(Binder("sum", extremum.body, *ends))
    return run if run is not None and len(run.indices) == 1 else None


def _has_a_place(run: Total, facts: Facts) -> bool:
    return knowledge(facts).implies(compare("le", *run.ends[0]))
