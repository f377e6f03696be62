"""A derivative to be taken, and what a rule makes of it; the words of `vocabulary` come along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.derivation.dependence import sizes
from symderiv.derivation.vocabulary import (
    D,
    Lemma,
    Shape,
    count,
    derivative_of,
    diagonal,
    entrywise,
    is_compound,
    operation_of,
    plus,
    sent,
    shape,
    times,
    transposed,
)
from symderiv.expression.build import mul
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Variable

__all__ = [
    "D",
    "Lemma",
    "Problem",
    "Rewriting",
    "Rule",
    "Shape",
    "count",
    "derivative_of",
    "diagonal",
    "entrywise",
    "is_compound",
    "operation_of",
    "plus",
    "sent",
    "shape",
    "times",
    "transposed",
    "zero",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """∂e/∂x, with the shapes of both, and the names given so far, behind definitions too."""

    e: Expr
    x: Variable
    shape: Shape
    wrt: Shape
    known: frozenset[Variable] = frozenset()

    def named(self, part: Expr) -> Variable | None:
        """The name that the derivation gives to a part already."""
        return next((v for v in sorted(self.known, key=str) if v.definition == part), None)

    @property
    def taken(self) -> set[str]:
        """Names that a new one must not be."""
        names = self.known | free_variables(self.e) | {self.x}
        return {v.name for v in names} | sizes(names)

    @property
    def scalar(self) -> bool:
        return not self.shape and not self.wrt


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a rule puts in place of a derivative, why, the names it introduces, and what it becomes next.

    A chain rule may carry a ``lemma``: what u = f(a) sends back to each a, for a free G in place of ∂L/∂u.
    """

    after: Expr
    reason: str
    where: tuple[tuple[str, Expr], ...] = ()
    then: tuple[Rewriting, ...] = ()
    rule: str = ""
    lemma: Lemma = ()


Rule = Callable[[Problem], Rewriting | None]


def zero(p: Problem) -> Expr:
    """0, or zeros in the shape that the derivative has."""
    if p.shape and p.wrt:
        sizes: Shape = (mul(*p.shape), mul(*p.wrt))
    else:
        sizes = p.shape or p.wrt
    return Apply("zeros", tuple(map(readable, sizes))) if sizes else Number(0)
