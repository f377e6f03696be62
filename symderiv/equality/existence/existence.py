"""The condition that an integral, a limit or an infinite sum has a value, where that isn't known at once.

``exists(I)`` is a condition of its own: neither believed nor dropped. Two answers that rest on the same one
are undefined together.
"""

from __future__ import annotations

from symderiv.equality.existence.integrals import converges, on_range
from symderiv.equality.existence.series import series_converges, series_value
from symderiv.equality.integrals.integral import integral
from symderiv.equality.limits.limit import NONE, holds_near, limit
from symderiv.expression.build import negative
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.tree import FALSE, INFINITY, TRUE, Apply, Binder, Cases, Expr, Text, Variable, walk

HEAD = "exists"
Facts = tuple[Expr, ...]


def exists(value: Expr, facts: Facts = ()) -> Expr:
    """The condition that ``value`` exists: true or false where that is proved.

    >>> from symderiv.expression.build import power
    >>> from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Number
    >>> t, x = Variable("t"), Variable("x")
    >>> over = lambda low, high: Binder("integral", power(t, MINUS_ONE), t, low, high)
    >>> print(exists(over(ONE, Number(2))), exists(over(MINUS_ONE, ONE)))
    true false
    >>> exists(over(ONE, x)).head
    'exists'
    """
    found = _found(value, facts)
    return asked(value) if found is None else TRUE if found else FALSE


def asked(value: Expr) -> Expr:
    """The condition that ``value`` exists, not looked at."""
    return Apply(HEAD, (value,))


def _found(value: Expr, facts: Facts) -> bool | None:
    match value:
        case Binder(kind="integral", body=Cases(otherwise=None)):
            return None
        case Binder(kind="integral"):
            return converges(value, facts)
        case Binder():
            return series_converges(value, facts)
        case Apply(head="limit", args=(body, Variable() as variable, point, Text(value=side))):
            found = limit(body, variable, point, side, facts)
            return None if found is None or isinstance(found, Cases) else found != NONE
    return None


def value_of(value: Expr, facts: Facts) -> Expr | None:
    """What an integral, a limit or an infinite sum is, a number wherever the facts hold; or ``None``."""
    found = _valued(value, facts)
    if found is None or any(isinstance(node, Cases) or node in (INFINITY, NONE) for node in walk(found)):
        return None
    return found


def infinite_value(value: Expr, facts: Facts) -> Expr | None:
    """``oo`` or ``-oo`` where an integral, a limit or an infinite sum is that wherever the facts hold."""
    found = _valued(value, facts)
    return found if found in (INFINITY, negative(INFINITY)) else None


def _valued(value: Expr, facts: Facts) -> Expr | None:
    where, plain = without_condition(value)
    found: Expr | None = None
    match plain:
        case Binder(kind="integral", variable=t, lower=Expr() as low, upper=Expr() as high):
            if on_range(where, t, low, high, facts) == TRUE:
                found = integral(plain.body, t, low, high, facts)
        case Binder(kind="sum"):
            found = series_value(plain, facts)
        case Apply(head="limit", args=(body, Variable() as variable, point, Text(value=side))):
            sides = (side,) if side or INFINITY in walk(point) else ("+", "-")
            if all(holds_near(where, variable, point, s, facts) for s in sides):
                found = limit(body, variable, point, side, facts)
    return found


def without_condition(value: Expr) -> tuple[Expr, Expr]:
    """Where the body is said to be defined, and the value without that."""
    match value:
        case Binder(body=Cases(branches=((where, body),), otherwise=None)):
            ends = (value.variable, value.lower, value.upper, value.condition)
            return where, Binder(value.kind, body, *ends)
        case Apply(head="limit", args=(Cases(branches=((where, body),), otherwise=None), *rest)):
            return where, Apply("limit", (body, *rest))
    return TRUE, value


def unsettled(condition: Expr) -> tuple[Expr, ...]:
    """The conditions ``exists(…)`` in a condition, each once."""
    if contents(condition).classes.isdisjoint((Binder, Text)):  # neither a range nor a limit's side
        return ()
    found = (node for node in walk(condition) if isinstance(node, Apply) and node.head == HEAD)
    return tuple(dict.fromkeys(found))


def put(condition: Expr, known: dict[Expr, Expr]) -> Expr:
    """The condition with some of its ``exists(…)`` answered."""
    if condition in known:
        return known[condition]
    if not contents(condition).size or not condition.children:
        return condition
    if isinstance(condition, Apply) and condition.head == HEAD:
        return condition
    return refold(condition, tuple(put(child, known) for child in condition.children))
