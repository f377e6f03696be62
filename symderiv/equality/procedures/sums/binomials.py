"""Binomial coefficients as entries write them: ``n!/(k! (n-k)!)`` for ``0 ≤ k ≤ n``, else 0."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    divide,
    function,
    mul,
    number,
    subtract,
)
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import ONE, ZERO, Apply, Cases, Expr, Number


@dataclass(frozen=True, slots=True)
class Binomial:
    """``C(above, below)``, 0 unless ``0 ≤ below ≤ above``."""

    above: Expr
    below: Expr

    @property
    def turned(self) -> Binomial:
        """The same number: ``C(n, n - k)``."""
        return Binomial(self.above, subtract(self.above, self.below))

    @property
    def inside(self) -> tuple[Expr, Expr]:
        return compare("le", ZERO, self.below), compare("le", self.below, self.above)

    @property
    def value(self) -> Expr:
        rest = subtract(self.above, self.below)
        all_ways, chosen, left = (function("gamma", add(n, ONE)) for n in (self.above, self.below, rest))
        return cases(((conjunction(*self.inside), divide(all_ways, mul(chosen, left))),), ZERO)


def read_binomial(entry: Expr, known: Knowledge) -> Binomial | None:
    """The coefficient that an entry is wherever the facts hold, under no other condition than its own.

    >>> from symderiv.equality.conditions.condition import knowledge
    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Variable, index_variable
    >>> n, k = Variable("n", SIZE), index_variable("k")
    >>> read_binomial(Binomial(n, k).value, knowledge(())) == Binomial(n, k)
    True
    """
    match entry:
        case Cases(branches=((condition, value),)) if entry.otherwise == ZERO:
            found = _by_factorials(value)
            if found is None or not all(map(is_integer_valued, (found.above, found.below))):
                return None
            said = set(conjuncts(condition))
            known_too = all(part in said or known.implies(part) for part in found.inside)
            return found if known_too and all(p in found.inside or known.implies(p) for p in said) else None
    return None


def _by_factorials(value: Expr) -> Binomial | None:
    match value:
        case Apply(
            head="mul",
            args=(
                Apply(head="gamma", args=(n,)),
                Apply(
                    head="pow",
                    args=(
                        Apply(
                            head="mul",
                            args=(Apply(head="gamma", args=(k,)), Apply(head="gamma", args=(rest,))),
                        ),
                        Number(value=-1),
                    ),
                ),
            ),
        ):
            found = Binomial(add(n, number(-1)), add(k, number(-1)))
            gap = subtract(subtract(found.above, found.below), add(rest, number(-1)))
            return found if is_zero(gap) else None
    return None
