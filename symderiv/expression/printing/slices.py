"""What stands in the brackets of a slice: ``1:3``, ``:, j``, ``::2``."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import ZERO, Apply, Expr, Number

_ENDS = ("start", "stop", "step", "axis")
Show = Callable[[Expr], str]


def places_of(expr: Expr, show: Show) -> tuple[Expr, tuple[str, ...]] | None:
    """The array, and one text an axis, ``:`` for each that isn't cut; None for what isn't written so.

    >>> from symderiv.expression.tree import Variable
    >>> rows = Apply("slice", (Variable("x"),), (("start", Number(1)),))
    >>> corner = Apply("slice", (rows,), (("stop", Number(2)), ("axis", Number(1))))
    >>> places_of(corner, lambda n: str(n.value))[1]
    ('1:', ':2')
    """
    axis = _axis(expr)
    if not isinstance(expr, Apply) or axis is None:
        return None
    base = expr.args[0]
    place = show(expr.args[1]) if expr.head == "take" else _stretch(expr, show)
    first: tuple[str, ...] = ()
    inner = _axis(base)
    if isinstance(base, Apply) and base.head == "slice" and inner is not None and inner < axis:
        found = places_of(base, show)
        base, first = found if found is not None else (base, first)
    return base, (*first, *(":",) * (axis - len(first)), place)


def _axis(expr: Expr) -> int | None:
    """The axis that is cut; None of anything else."""
    if not isinstance(expr, Apply):
        return None
    options = dict(expr.options)
    axis = options.get("axis", ZERO)
    takes = expr.head == "take" and len(expr.args) == 2 and set(options) <= {"axis"}
    cuts = expr.head == "slice" and len(expr.args) == 1 and set(options) <= set(_ENDS)
    if not (takes or cuts) or not isinstance(axis, Number) or not isinstance(axis.value, int):
        return None
    return axis.value if axis.value >= 0 else None


def _stretch(expr: Apply, show: Show) -> str:
    ends = {name: show(end) for name, end in expr.options}
    step = f":{ends['step']}" if "step" in ends else ""
    return f"{ends.get('start', '')}:{ends.get('stop', '')}{step}"
