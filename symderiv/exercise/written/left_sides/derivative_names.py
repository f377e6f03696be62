"""The derivative that a key states, as people write it in a line: ``f'(x)``, ``dL/dw``, ``∂L/∂w``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.expression.tree import Apply, Expr, Sequence, Variable

_DERIVATIVES = frozenset(("jacobian", "gradient", "diff"))


NO_LOOKS: Mapping[str, str] = {}


def derivatives_in_a_line(key: Expr | None, looks: Mapping[str, str] = NO_LOOKS) -> Iterator[str]:
    """The spellings of a derivative of one name by another, by their names and by their ``looks`` in LaTeX.

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
    for said in dict.fromkeys((inner.name, looks.get(inner.name, inner.name))):
        for other in dict.fromkeys((by.name, looks.get(by.name, by.name))):
            yield from _spelt(said, other, primes)


def gradient_in_a_line(key: Expr | None) -> Iterator[str]:
    """The spellings of the gradient that a list of derivatives of one name is: ``\\nabla f``."""
    items = key.items if isinstance(key, Sequence) else ()
    first = items[0].children[0] if items and items[0].children else None
    is_one = all(isinstance(item, Apply) and item.head == "diff" and item.args[0] == first for item in items)
    if items and is_one and isinstance(first, Variable):
        yield from (f"∇{first.name}", f"grad{first.name}", f"\\nabla{first.name}")


def _spelt(function: str, name: str, primes: str) -> Iterator[str]:
    yield from (f"{function}{primes}({name})", f"{function}{primes}")
    order = len(primes)
    power, below = ("", "") if order == 1 else (f"^{order}", f"^{order}")
    for d in ("d", "∂"):
        yield f"{d}{power}{function}/{d}{name}{below}"
        yield f"{d}{power}/{d}{name}{below}{function}"
    if order == 1:
        yield from (f"∇_{name}{function}", f"grad_{name}{function}", f"{function}_{name}")
        yield from (f"∇{function}", f"grad{function}", f"\\nabla{function}")
        for d in ("\\partial", "d", "\\mathrm{d}"):
            yield from (f"\\frac{{{d}{function}}}{{{d}{name}}}", f"{d}{function}/{d}{name}")
