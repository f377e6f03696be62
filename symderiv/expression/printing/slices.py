"""What stands in the brackets of a slice: ``1:3``, ``:, j``, ``::2``."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import Apply, Expr, Number

_ENDS = ("start", "stop", "step", "axis")


def places_of(expr: Apply, show: Callable[[Expr], str]) -> tuple[str, ...] | None:
    """One text an axis, ``:`` for each before the one that is cut; None for what isn't written so.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> places_of(Apply("slice", (x,), (("start", Number(1)), ("axis", Number(1)))), str)
    (':', '1:')
    """
    options = dict(expr.options)
    axis = options.get("axis", Number(0))
    if not isinstance(axis, Number) or not isinstance(axis.value, int) or axis.value < 0:
        return None
    if expr.head == "take" and len(expr.args) == 2 and set(options) <= {"axis"}:
        place = show(expr.args[1])
    elif expr.head == "slice" and len(expr.args) == 1 and set(options) <= set(_ENDS):
        place = _stretch({name: show(end) for name, end in options.items()})
    else:
        return None
    return (*(":",) * axis.value, place)


def _stretch(ends: dict[str, str]) -> str:
    step = f":{ends['step']}" if "step" in ends else ""
    return f"{ends.get('start', '')}:{ends.get('stop', '')}{step}"
