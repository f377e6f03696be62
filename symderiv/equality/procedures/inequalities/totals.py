"""Sums over whole ranges, as inequalities about them are told: which ranges, and what is summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import silent_on
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE
from symderiv.equality.given.throughout import said_along
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import INFINITY, TRUE, Binder, Expr, Variable, walk

Facts = tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """``Σ body`` over a box: each index has ends that speak of none of the others."""

    body: Expr
    indices: tuple[Variable, ...]
    ends: tuple[tuple[Expr, Expr], ...]

    @property
    def node(self) -> Expr:
        return self.of(self.body)

    def of(self, body: Expr) -> Expr:
        """The sum of something else over the same box."""
        for index, (lower, upper) in zip(reversed(self.indices), reversed(self.ends), strict=True):
            body = Binder("sum", body, index, lower, upper)
        return body

    def known(self, facts: Facts, *here: Expr) -> Knowledge:
        """What is known at every place of the box, with what holds there besides."""
        for index, (lower, upper) in zip(self.indices, self.ends, strict=True):
            facts = silent_on(facts, index)
            ranged = (compare("le", lower, index), compare("le", index, upper))
            facts = (*facts, *ranged, *said_along(Binder("sum", index, index, lower, upper), facts))
        return knowledge((*facts, *here))

    def is_nonnegative(self, body: Expr, facts: Facts) -> bool:
        return self.known(facts).signs(body) <= NONNEGATIVE

    def is_positive(self, body: Expr, facts: Facts) -> bool:
        return self.known(facts).signs(body) == POSITIVE


def totals_in(exprs: Iterable[Expr]) -> tuple[Total, ...]:
    """The sums that are met and speak of no bound name but their own, each once, their indices named alike.

    >>> from symderiv.expression.tree import ONE, index_variable
    >>> i, n = index_variable("i"), Variable("n")
    >>> [total] = totals_in((Binder("sum", i, i, ONE, n), Binder("sum", i, i, ONE, n)))
    >>> str(total.node)
    'sum(§0, (§0, 1, n))'
    """
    found = (total_of(node) for expr in exprs for node in outside_of_binders(expr))
    return tuple(dict.fromkeys(total for total in found if total is not None))


def outside_of_binders(expr: Expr) -> Iterator[Expr]:
    """The parts that don't stand under the name of a binder, binders among them."""
    yield expr
    if not isinstance(expr, Binder):
        for child in expr.children:
            yield from outside_of_binders(child)


def total_of(node: Expr) -> Total | None:
    """A sum over a box, if that is what it is."""
    if not isinstance(node, Binder) or node.kind != "sum":
        return None
    nest = list(_nest(node))
    own = [binder.variable for binder in nest]
    if len({index.name for index in own}) < len(own):
        return None
    ends = [(binder.lower, binder.upper) for binder in nest]
    whole = [(low, high) for low, high in ends if low is not None and high is not None]
    if len(whole) < len(nest) or any(binder.condition != TRUE for binder in nest):
        return None
    bounds = [end for pair in whole for end in pair]
    if any(not free_variables(end).isdisjoint(own) or INFINITY in walk(end) for end in bounds):
        return None
    indices = tuple(Variable(f"§{depth}", index.kind) for depth, index in enumerate(own))
    return Total(substitute(nest[-1].body, dict(zip(own, indices, strict=True))), indices, tuple(whole))


def _nest(node: Expr) -> Iterator[Binder]:
    while isinstance(node, Binder) and node.kind == "sum":
        yield node
        node = node.body


def has_sum(expr: Expr) -> bool:
    return Binder in contents(expr).classes
