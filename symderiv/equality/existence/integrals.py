"""Does an integral converge? Of a bounded integrand over a finite range it does, and over an infinite one if
the integrand falls like 1/t²; where it grows like 1/t, upwards here and downwards there, it doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE
from symderiv.equality.integrals.euler import eulers
from symderiv.equality.integrals.pieces import pole
from symderiv.equality.integrals.single_points import at_single_points
from symderiv.equality.limits.limit import NONE, limit
from symderiv.equality.normal_forms.factors import implied_by_factors, signs_of_factors
from symderiv.expression.build import (
    compare,
    conjunction,
    divide,
    function,
    mul,
    negative,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.parts import conjuncts
from symderiv.expression.progressions import intercept, line
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    INFINITY,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Number,
    Variable,
    walk,
)

LOW = negative(INFINITY)
Facts = tuple[Expr, ...]
Place = tuple[Expr, str]
"""A point, and the side from which it is looked at."""
JUMPING = frozenset(("sign", "heaviside", "floor"))
CONTINUOUS = frozenset(
    ("add", "mul", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf", "abs", "max", "min")
)


def converges(integral: Binder, facts: Facts = ()) -> bool | None:
    """Whether an integral is a number: proved, refuted wherever the facts hold, or not known.

    >>> from symderiv.expression.tree import MINUS_ONE
    >>> t = Variable("t")
    >>> [converges(Binder("integral", power(t, MINUS_ONE), t, Number(low), Number(2))) for low in (1, -1)]
    [True, False]
    """
    t, low, high = integral.variable, integral.lower, integral.upper
    if low is None or high is None or t in free_variables(low) | free_variables(high):
        return None
    if low == high or eulers(integral.body, t, low, high, facts) is not None:
        return True
    ends = _in_order(low, high, facts)
    if _is_bounded(integral.body, t, (*facts, *_within(t, ends, "le"))) and _falls(
        integral.body, t, ends, facts
    ):
        return True
    places = list(_places(integral.body, t, ends, facts))
    if _is_tame(integral.body, t, ends, places, facts):
        return True
    return False if {1, -1} <= {growth(integral.body, t, *place, facts) for place in places} else None


def _falls(body: Expr, t: Variable, ends: tuple[Expr, Expr], facts: Facts) -> bool:
    """Is it small at the infinite ends?"""
    return all(is_small(body, t, end, facts) for end in ends if end in (INFINITY, LOW))


def _is_tame(body: Expr, t: Variable, ends: tuple[Expr, Expr], places: list[Place], facts: Facts) -> bool:
    """Continuous but at a few places, where it grows like 1/√|t| at most."""
    finite = [place for place in places if place[0] not in (INFINITY, LOW)]
    apart = tuple(compare("ne", t, at) for at in dict.fromkeys(at for at, _ in finite))
    if not places or not _is_bounded(body, t, (*facts, *_within(t, ends, "lt"), *apart)):
        return False
    if not _falls(body, t, ends, facts):
        return False
    return all(_is_integrable(body, t, at, side, facts) for at, side in finite)


def _is_integrable(body: Expr, t: Variable, at: Expr, side: str, facts: Facts) -> bool:
    distance = subtract(t, at) if side == "+" else subtract(at, t)
    found = limit(mul(sqrt(distance), body), t, at, side, facts)
    return found is not None and not _is_infinite(found)


def on_range(condition: Expr, t: Variable, low: Expr, high: Expr, facts: Facts = ()) -> Expr:
    """What is left of a condition on the range, but for single points: ``t ≠ 0`` is left out.

    >>> from symderiv.expression.tree import ONE
    >>> t = Variable("t")
    >>> positive = compare("lt", ZERO, t)
    >>> on_range(positive, t, ZERO, ONE) == TRUE, on_range(positive, t, negative(ONE), ONE) == TRUE
    (True, False)
    """
    if condition == TRUE:
        return TRUE
    if t in free_variables(low) | free_variables(high):
        return condition
    known = knowledge((*facts, *_within(t, _in_order(low, high, facts), "lt")))
    parts = conjuncts(condition)
    return conjunction(
        *(part for part in parts if not (implied_by_factors(part, known) or _fails_at_points(part, t, facts)))
    )


def _fails_at_points(part: Expr, t: Variable, facts: Facts) -> bool:
    if not isinstance(part, Apply) or part.head != "ne":
        return False
    left, right = part.args
    if isinstance(left, Apply) and left.head == "abs":
        left = left.args[0]
    return at_single_points(left, right, t, facts)


def _in_order(low: Expr, high: Expr, facts: Facts) -> tuple[Expr, Expr]:
    if low == INFINITY or high == LOW:
        return high, low
    if low == LOW or high == INFINITY or knowledge(facts).implies(compare("le", low, high)):
        return low, high
    return function("min", low, high), function("max", low, high)


def _within(t: Variable, ends: tuple[Expr, Expr], head: str) -> Facts:
    low, high = ends
    bounds = [compare(head, low, t)] if low != LOW else []
    bounds += [compare(head, t, high)] if high != INFINITY else []
    return tuple(bounds)


def _is_bounded(body: Expr, t: Variable, facts: Facts) -> bool:
    """Is it continuous on the closed range, but for jumps of switches in it?"""
    if t not in free_variables(body) or body == t:
        return True
    if isinstance(body, Cases):
        return body.otherwise is not None and all(
            _is_bounded(part, t, facts) for part in (*(value for _, value in body.branches), body.otherwise)
        )
    if isinstance(body, Binder) and body.kind in ("sum", "prod", "max", "min"):
        ends = [end for end in (body.lower, body.upper) if end is not None]
        fixed = len(ends) == 2 and not any(t in free_variables(end) or INFINITY in walk(end) for end in ends)
        return fixed and body.condition == TRUE and _is_bounded(body.body, t, facts)
    if isinstance(body, Call):
        return all(_is_bounded(arg, t, facts) for arg in body.args)
    if not isinstance(body, Apply) or not all(_is_bounded(arg, t, facts) for arg in body.args):
        return False
    return body.head in CONTINUOUS | JUMPING or (_jumps_nowhere(body) and _exists(body, facts))


def _jumps_nowhere(body: Expr) -> bool:
    """Only of a continuous base is it enough, for a power to be bounded, that it exists everywhere."""
    return not any(
        isinstance(node, Cases) or (isinstance(node, Apply) and node.head in JUMPING) for node in walk(body)
    )


def _exists(body: Apply, facts: Facts) -> bool:
    known = knowledge(facts)
    if body.head == "log":
        return known.implies(compare("lt", ZERO, body.args[0]))
    if body.head != "pow":
        return False
    base, exponent = body.args
    if not isinstance(exponent, Number):
        return known.implies(compare("lt", ZERO, base))
    if exponent.value > 0:
        return isinstance(exponent.value, int) or signs_of_factors(base, known) <= NONNEGATIVE
    whole = isinstance(exponent.value, int)
    return known.implies(compare("ne", base, ZERO) if whole else compare("lt", ZERO, base))


def is_small(body: Expr, t: Variable, end: Expr, facts: Facts) -> bool:
    """Does t² f(t) have a finite limit at infinity?"""
    found = limit(mul(power(t, Number(2)), body), t, end, "", facts)
    return found is not None and not _is_infinite(found)


def _is_infinite(value: Expr) -> bool:
    return value == NONE or isinstance(value, Cases) or any(node == INFINITY for node in walk(value))


def growth(body: Expr, t: Variable, at: Expr, side: str, facts: Facts) -> int:
    """1 or -1 where the integral near that place is infinite: there |t - at| f(t) stays away from 0."""
    weight: Expr = t if at in (INFINITY, LOW) else subtract(t, at)
    upwards = at == INFINITY or side == "+"
    found = limit(mul(weight if upwards else negative(weight), body), t, at, side, facts)
    if found is None or found == NONE or isinstance(found, Cases):
        return 0
    if found in (INFINITY, LOW):
        return 1 if found == INFINITY else -1
    known = knowledge(facts)
    return next((s for s in (1, -1) if known.implies(compare("lt", ZERO, mul(Number(s), found)))), 0)


def _places(body: Expr, t: Variable, ends: tuple[Expr, Expr], facts: Facts) -> Iterator[Place]:
    """The ends of the range, from inside, and poles at which a linear function of t vanishes in it."""
    low, high = ends
    if not isinstance(low, Apply) or low.head != "min":
        yield low, "" if low == LOW else "+"
        yield high, "" if high == INFINITY else "-"
    for node in walk(body):
        divisor = pole(node, t)
        if divisor is not None:
            at = divide(negative(intercept(divisor, t)), line(divisor, t) or ONE)
            inside = (
                TRUE if low == LOW else compare("lt", low, at),
                TRUE if high == INFINITY else compare("lt", at, high),
            )
            if knowledge(facts).implies(conjunction(*inside)):
                yield at, "+"
                yield at, "-"
