"""A derivative to be taken, what a rule makes of it, and the words that rules are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.derivation.dependence import sizes
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.expression.build import mul
from symderiv.expression.display import readable
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable
from symderiv.operations import OPERATIONS, Operation

Shape = tuple[Expr, ...]

Lemma = tuple[tuple[Expr, Expr], ...]
"""Pairs that are equal for letters in the place of an operation's arguments: a derivative and what it is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """∂e/∂x, with the shapes of both, and the names that the line has already, behind definitions too."""

    e: Expr
    x: Variable
    shape: Shape
    wrt: Shape
    known: frozenset[Variable] = frozenset()

    def named(self, part: Expr) -> Variable | None:
        """The name that the line gives to a part already."""
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


def shape(tree: Expr) -> Shape:
    return shape_of(tree)


def derivative_of(e: Expr, x: Expr) -> Expr:
    """∂e/∂x under the head that the shapes ask for."""
    head = "jacobian" if shape(e) and shape(x) else "gradient" if shape(x) else "diff"
    return Apply(head, (e, x))


def D(e: Expr, x: Expr) -> Expr:
    """∂e/∂x; of x by itself at once 1, or the unit matrix."""
    if e != x:
        return derivative_of(e, x)
    return Apply("eye", (readable(mul(*shape(x))),)) if shape(x) else ONE


def times(*factors: Expr) -> Expr:
    """A product without ones, zeros taking all."""
    kept = tuple(f for f in factors if f != ONE)
    return ONE if not kept else kept[0] if len(kept) == 1 else Apply("mul", kept)


def plus(*terms: Expr) -> Expr:
    return terms[0] if len(terms) == 1 else Apply("add", terms)


def transposed(a: Expr) -> Expr:
    return Apply("transpose", (a,))


def diagonal(a: Expr) -> Expr:
    """diag(a); of a matrix the one of its entries, row by row."""
    return Apply("diag", (a if len(shape(a)) == 1 else Apply("flatten", (a,)),))


def zero(p: Problem) -> Expr:
    """0, or zeros in the shape that the derivative has."""
    if p.shape and p.wrt:
        sizes: Shape = (mul(*p.shape), mul(*p.wrt))
    else:
        sizes = p.shape or p.wrt
    return Apply("zeros", tuple(map(readable, sizes))) if sizes else Number(0)


def operation_of(e: Expr) -> tuple[Operation, Apply] | None:
    if not isinstance(e, Apply):
        return None
    operation = OPERATIONS.get(e.head)
    return None if operation is None else (operation, e)
