"""A problem on a part of its points: what separates the two sides there separates them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.cells.solving import Solution
from symderiv.equality.problem import Problem
from symderiv.equality.rationals import is_rational
from symderiv.equality.verdict import Witness
from symderiv.expression.instantiation import refold
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Expr, Index, Number, Variable, transform, walk


@dataclass(frozen=True, slots=True)
class Restriction:
    """The problem on a part of its points, and the equations that hold there, each put in."""

    problem: Problem
    solutions: tuple[Solution, ...]

    def witness(self, found: Witness) -> Witness:
        """A witness of the restricted problem as one of the problem: with what the equations say there."""
        point = dict(found.point)
        for solution in reversed(self.solutions):
            point[to_text(solution.unknown)] = to_text(_value_there(solution.value, point))
        return Witness(tuple(point.items()), found.left, found.right)


def _value_there(value: Expr, point: Mapping[str, str]) -> Expr:
    """A value at the numbers of a witness: ``1/3 - x`` at x = 1/4 is 1/12."""
    known: dict[Expr, Expr] = {
        node: Number(Fraction(point[to_text(node)]))
        for node in walk(value)
        if isinstance(node, Variable | Index) and is_rational(point.get(to_text(node), ""))
    }
    there = substitute(value, known)
    return readable(transform(there, lambda node: refold(node, node.children) if node.children else node))
