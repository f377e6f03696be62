"""The derivative that a key states, as people write it in a line: ``f'(x)``, ``dL/dw``, ``∂L/∂w``."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Variable

_DERIVATIVES = frozenset(("jacobian", "gradient", "diff"))


def derivatives_in_a_line(key: Expr | None) -> Iterator[str]:
    """The spellings of a derivative of one name by another.

    >>> L, w = Variable("L"), Variable("w")
    >>> list(derivatives_in_a_line(Apply("gradient", (L, w))))[:4]
    ["L'(w)", "L'", 'dL/dw', 'd/dwL']
    """
    primes = ""
    by: Expr | None = None
    inner: Expr | None = key
    while isinstance(inner, Apply) and inner.head in _DERIVATIVES and len(inner.args) == 2:
        function, name = inner.args
        if by is not None and name != by:
            return
        inner, by, primes = function, name, primes + "'"
    if not isinstance(inner, Variable) or not isinstance(by, Variable):
        return
    yield from _spelt(inner.name, by.name, primes)


def _spelt(function: str, name: str, primes: str) -> Iterator[str]:
    yield from (f"{function}{primes}({name})", f"{function}{primes}")
    order = len(primes)
    power, below = ("", "") if order == 1 else (f"^{order}", f"^{order}")
    for d in ("d", "∂"):
        yield f"{d}{power}{function}/{d}{name}{below}"
        yield f"{d}{power}/{d}{name}{below}{function}"
    if order == 1:
        yield f"∇_{name}{function}"
        yield f"grad_{name}{function}"
