"""The condition that an integral, a limit or an infinite sum has a value, where that isn't known at once.

``exists(I)`` is a condition of its own: neither believed nor dropped. Two answers that rest on the same one
are undefined together.
"""

from __future__ import annotations

from symderiv.equality.existence.integrals import converges
from symderiv.equality.existence.series import series_converges
from symderiv.equality.limits.limit import NONE, limit
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.tree import FALSE, TRUE, Apply, Binder, Cases, Expr, Text, Variable, walk

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


def unsettled(condition: Expr) -> tuple[Expr, ...]:
    """The conditions ``exists(…)`` in a condition, each once."""
    if condition in (TRUE, FALSE):
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
