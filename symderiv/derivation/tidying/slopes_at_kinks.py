"""The slopes from both sides where a function of one number switches: ``|x - 2|`` at 2 has -1 and 1.

Where f is continuous at c, and f' has a limit from one side, that limit is the derivative from that side (by
the mean value theorem). The places are where an |u|, a max or a case switches, as far as these can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from symderiv.calculus import derivative
from symderiv.calculus.occurrence import piecewise
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.vocabulary import operation_of
from symderiv.equality.conditions.condition import knowledge, nonzero
from symderiv.equality.integrals.pieces import Unclear, breaks, resolved
from symderiv.equality.limits.limit import NONE, limit
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.build import compare, negative, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import INFINITY, Apply, Cases, Expr, Variable

FEW = 4
"""Places that are told; of more the list would hide what it says."""
_EVERYWHERE = (negative(INFINITY), INFINITY)


@dataclass(frozen=True, slots=True)
class Slopes:
    """The derivatives from the left and from the right at one place."""

    place: Expr
    left: Expr
    right: Expr

    def said(self, wrt: Variable, facts: tuple[Expr, ...]) -> str:
        place, left, right = (to_text(readable(each)) for each in (self.place, self.left, self.right))
        if self.agree:
            return f"at {wrt.name} = {place} the derivative is {right} from both sides"
        missing = INFINITY in (self.left, self.right) or nonzero(subtract(self.left, self.right), facts)
        found = f"at {wrt.name} = {place}: from the left {left}, from the right {right}"
        return f"no derivative {found}" if missing else found

    @property
    def agree(self) -> bool:
        return self.left == self.right or is_zero(subtract(self.left, self.right))


def said_of_kinks(goal: Expr, facts: tuple[Expr, ...]) -> tuple[str, ...]:
    """What is to be said of the kinks of a number that is differentiated by a number.

    >>> x = Variable("x")
    >>> said_of_kinks(Apply("diff", (Apply("abs", (x,)), x)), ())
    ('no derivative at x = 0: from the left -1, from the right 1',)
    """
    match goal:
        case Apply(head="diff", args=(function, Variable() as wrt)) if not wrt.kind.shape:
            value = tensor_of(function)
        case _:
            return ()
    if _says_so_itself(function, wrt) or value.rank or not piecewise(value.value) or wrt.kind.domain.integer:
        return ()
    found = list(slopes_at_kinks(value.value, wrt, facts))
    return tuple(each.said(wrt, facts) for each in found) if len(found) <= FEW else ()


def _says_so_itself(function: Expr, wrt: Variable) -> bool:
    """Is it an operation on the name, which tells its places: ReLU at 0?"""
    found = operation_of(function) if isinstance(function, Apply) and function.args[0] == wrt else None
    return found is not None and f"at {wrt.name} =" in found[0].kinks.replace(
        found[0].parameters[0].name, wrt.name
    )


def slopes_at_kinks(value: Expr, wrt: Variable, facts: tuple[Expr, ...] = ()) -> Iterator[Slopes]:
    """The slopes at each place where the value switches and both exist; none where a place can't be told.

    >>> from symderiv.expression.build import function
    >>> from symderiv.expression.tree import ZERO
    >>> (kink,) = slopes_at_kinks(function("max", Variable("x"), ZERO), Variable("x"))
    >>> str(kink.left), str(kink.right)
    ('0', '1')
    """
    try:
        slope = derivative(value, wrt)
        places = breaks(value, wrt, _EVERYWHERE, facts)
        ends = pairwise((None, *places, None))
        forms = [resolved(value, (*facts, *_between(low, wrt, high))) for low, high in ends]
        for place, (before, after) in zip(places, pairwise(forms), strict=True):
            left, right = (_slope(value, slope, wrt, place, side, facts) for side in "-+")
            if left is None or right is None or _is_at_an_end(place, wrt, facts):
                continue
            if before != after:
                yield Slopes(place, left, right)
    except (Unclear, MeaningError, LimitExceeded):
        return


def _is_at_an_end(place: Expr, wrt: Variable, facts: tuple[Expr, ...]) -> bool:
    """Is the name never beyond the place, or never before it: ``|x|`` for x > 3?"""
    known = knowledge(facts)
    return known.implies(compare("le", wrt, place)) or known.implies(compare("le", place, wrt))


def _between(low: Expr | None, wrt: Variable, high: Expr | None) -> Iterator[Expr]:
    """The cell between two places."""
    if low is not None:
        yield compare("lt", low, wrt)
    if high is not None:
        yield compare("lt", wrt, high)


def _slope(
    value: Expr, slope: Expr, wrt: Variable, place: Expr, side: str, facts: tuple[Expr, ...]
) -> Expr | None:
    """The limit of the slope from one side, where the value comes to what it is there."""
    near = limit(value, wrt, place, side, facts)
    if near is None or not is_zero(subtract(near, instantiate(value, {wrt: place}))):
        return None
    found = limit(slope, wrt, place, side, facts)
    return None if found == NONE or isinstance(found, Cases) else found
