"""What is to be decided: two entries, where they exist, and what is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import thread_time

from symderiv.expression.instantiation import refold
from symderiv.expression.sharing import Sharing
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, Apply, Expr, transform


@dataclass(frozen=True, slots=True)
class Problem:
    """Two entries with the conditions under which they exist, and what is known.

    Where ``free_numbers`` is set, zero sets count as null for the sake of one number (`cells.free_numbers`):
    asked last, for without it another proof may hold everywhere.
    """

    a: Expr
    b: Expr
    defined_a: Expr = TRUE
    defined_b: Expr = TRUE
    facts: tuple[Expr, ...] = ()
    deadline: float | None = None
    free_numbers: bool = False

    @property
    def sides(self) -> tuple[Expr, Expr, Expr, Expr]:
        """Both entries, then where each exists."""
        return self.a, self.b, self.defined_a, self.defined_b

    @property
    def expressions(self) -> tuple[Expr, ...]:
        """All that it speaks of: the sides, then the facts."""
        return (*self.sides, *self.facts)

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and thread_time() > self.deadline

    def mapped(self, change: Callable[[Expr], Expr]) -> Problem:
        """The same problem with a change made to every expression of it.

        >>> from symderiv.expression.build import compare
        >>> from symderiv.expression.substitution import substitute
        >>> from symderiv.expression.tree import ONE, ZERO, Variable
        >>> x = Variable("x")
        >>> at_one = Problem(x, ONE, facts=(compare("ne", x, ONE),)).mapped(lambda e: substitute(e, {x: ONE}))
        >>> at_one.a == ONE, at_one.facts == (FALSE,)
        (True, True)
        """
        a, b, defined_a, defined_b = map(change, self.sides)
        facts = tuple(_judged(fact) for fact in map(change, self.facts) if fact != TRUE)
        return Problem(a, b, defined_a, defined_b, facts, self.deadline)

    def shared(self) -> Problem:
        """The same problem with equal subtrees of its sides made one object."""
        a, b, defined_a, defined_b = map(Sharing().shared, self.sides)
        return replace(self, a=a, b=b, defined_a=defined_a, defined_b=defined_b)


def _judged(fact: Expr) -> Expr:
    """A fact that came to say u ≠ u, u < u or ``1^2 < 1`` is false; what has no value doesn't hold."""
    strict = isinstance(fact, Apply) and fact.head in ("ne", "lt")
    if strict and fact.children[0] == fact.children[1]:
        return FALSE
    if free_variables(fact):
        return fact
    folded = transform(fact, lambda node: refold(node, node.children) if node.children else node)
    return FALSE if folded == FALSE else fact
