"""Sums, products and maxima of the same over two ranges, one longer: ``Π_{i≤n} x_i = x_n Π_{i<n} x_i``.

The shorter one has to be a range: 0 terms or factors at least, and of a maximum 1 value.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import body_under
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, compare, mul, number
from symderiv.expression.contents import contents
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, walk

KINDS = frozenset(("sum", "prod", "max", "min"))
MAX_LONGER, MAX_RANGES = 3, 6


def by_longer_ranges(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the longer range as the shorter one and what it has beyond."""
    found = next(_longer(problem), None)
    if found is None:
        return None
    longer, written = found
    restated = problem.mapped(lambda expr: substitute(expr, {longer: written}))
    proof = prove(restated)
    return proof and proof.through("longer ranges")


def _longer(problem: Problem) -> Iterator[tuple[Binder, Expr]]:
    ranges = [node for side in (problem.a, problem.b) for node in _ranges(side)]
    ranges = list(dict.fromkeys(ranges))[:MAX_RANGES]
    for longer in ranges:
        for shorter in ranges:
            if longer is not shorter and longer.kind == shorter.kind and _is_range(shorter, problem.facts):
                beyond = _beyond(longer, shorter)
                if beyond:
                    yield longer, _joined(shorter, beyond)


def _ranges(side: Expr) -> Iterator[Binder]:
    if Binder not in contents(side).classes:
        return
    for node in walk(side):
        if isinstance(node, Binder) and node.kind in KINDS and node.condition == TRUE:
            yield node


def _is_range(shorter: Binder, facts: tuple[Expr, ...]) -> bool:
    if shorter.lower is None or shorter.upper is None:
        return False
    last = add(shorter.upper, ONE) if shorter.kind in ("sum", "prod") else shorter.upper
    return knowledge(facts).implies(compare("le", shorter.lower, last))


def _beyond(longer: Binder, shorter: Binder) -> list[Expr]:
    """The values of the longer one outside of the shorter one; none where they aren't of the same."""
    if body_under(shorter, longer.variable) != longer.body:
        return []
    assert shorter.lower is not None and shorter.upper is not None
    below, above = steps(longer.lower, shorter.lower), steps(shorter.upper, longer.upper)
    if below is None or above is None:
        return []
    places = [add(shorter.lower, number(-k)) for k in range(1, below + 1)]
    places += [add(shorter.upper, number(k)) for k in range(1, above + 1)]
    return [substitute(longer.body, {longer.variable: place}) for place in places]


def steps(start: Expr | None, end: Expr | None, most: int = MAX_LONGER) -> int | None:
    """How much larger the end is, where that is a small number whatever the names are."""
    found = None if start is None or end is None else difference(end, start)
    if found is None or found[1].den or not found[1].num.is_constant():
        return None
    gap = fraction(found[1].num.leading_coefficient()) if not found[1].num.is_zero() else 0
    return int(gap) if gap == int(gap) and 0 <= gap <= most else None


def _joined(shorter: Binder, beyond: list[Expr]) -> Expr:
    if shorter.kind in ("sum", "prod"):
        return (add if shorter.kind == "sum" else mul)(shorter, *beyond)
    return Apply(shorter.kind, (shorter, *beyond))
