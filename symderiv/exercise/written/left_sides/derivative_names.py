"""The derivative that a key states, as people write it in a line: ``f'(x)``, ``dL/dw``, ``∂L/∂w``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Items

from symderiv.exercise.written.left_sides.asked_in_words import spelt_alike
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.tree import Apply, Expr, Sequence, Variable
from symderiv.language import Scope

NO_LOOKS: Mapping[str, str] = {}
_QUOTIENT = re.compile(r"d(\w*)/d(\w+)")


def derivatives_in_a_line(key: Expr | None, looks: Mapping[str, str] = NO_LOOKS) -> Iterator[str]:
    """The spellings of a derivative of one name by another, by their names and by their ``looks`` in LaTeX.

    >>> L, w = Variable("L"), Variable("w")
    >>> list(derivatives_in_a_line(Apply("gradient", (L, w))))[:4]
    ["L'(w)", "L'", 'dL/dw', 'd/dwL']
    """
    primes = ""
    by: Expr | None = None
    inner: Expr | None = key
    while isinstance(inner, Apply) and inner.head in PLAIN_DERIVATIVES and len(inner.args) == 2:
        function, name = inner.args
        if by is not None and name != by:
            return
        inner, by, primes = function, name, primes + "'"
    if not isinstance(inner, Variable) or not isinstance(by, Variable):
        return
    for said in dict.fromkeys((inner.name, looks.get(inner.name, inner.name))):
        for other in dict.fromkeys((by.name, looks.get(by.name, by.name))):
            yield from _spelt(said, other, primes)


def slopes_in_a_line(start: Expr, scope: Scope) -> Iterator[str]:
    """The spellings of the derivative of an applied function: ``σ'(x)``, ``dσ/dx``, ``d/dx σ(x)``.

    >>> x = Variable("x")
    >>> list(slopes_in_a_line(Apply("diff", (Apply("tanh", (x,)), x)), Scope()))[:3]
    ["tanh'(x)", "tanh'", 'dtanh/dx']
    """
    function, by = (
        start.children[:2] if isinstance(start, Apply) and len(start.children) == 2 else (start, None)
    )
    if by is None or not isinstance(by, Variable) or not isinstance(function, Apply):
        return
    called = [name for name, variable in scope.names.items() if variable.definition == function]
    if function.args == (by,):
        heads = [
            function.head,
            *(name for name, head in scope.functions.items() if head == f"{function.head}:"),
        ]
        called += [*heads, *(f"{head}({by.name})" for head in heads)]
    for name in (*called, *(f"_{name}" for name in called)):  # dσ is spelt d_sigma
        yield from derivatives_in_a_line(Apply("diff", (Variable(name), by)), scope.notation)


def gradient_in_a_line(key: Expr | None) -> Iterator[str]:
    """The spellings of the gradient that a list of derivatives of one name is: ``\\nabla f``."""
    items = key.items if isinstance(key, Sequence) else ()
    first = items[0].children[0] if items and items[0].children else None
    is_one = all(isinstance(item, Apply) and item.head == "diff" and item.args[0] == first for item in items)
    if items and is_one and isinstance(first, Variable):
        yield from (f"∇{first.name}", f"grad{first.name}", f"\\nabla{first.name}")


def derive_one_by_one(left: list[str], asked: Items[Expr]) -> bool:
    """Are these the derivatives of one quantity, whatever it is called, by what is asked for in this order?

    >>> x, y = Variable("x"), Variable("y")
    >>> asked = [Apply("diff", (Apply("mul", (x, y)), name)) for name in (x, y)]
    >>> derive_one_by_one(["∂f/∂x", r"\\frac{\\partial f}{\\partial y}"], asked)
    True
    >>> derive_one_by_one(["df/dx", "dg/dy"], asked), derive_one_by_one(["df/dy", "df/dx"], asked)
    (False, False)
    """
    said = [_QUOTIENT.fullmatch(spelt_alike(each)) for each in left]
    by = [
        item.args[1] if isinstance(item, Apply) and item.head in PLAIN_DERIVATIVES else None for item in asked
    ]
    if len({each[1] for each in said if each}) != 1:
        return False
    return all(
        each is not None and isinstance(name, Variable) and each[2] == spelt_alike(name.name)
        for each, name in zip(said, by, strict=True)
    )


def _spelt(function: str, name: str, primes: str) -> Iterator[str]:
    yield from (f"{function}{primes}({name})", f"{function}{primes}")
    order = len(primes)
    power, below = ("", "") if order == 1 else (f"^{order}", f"^{order}")
    for d in ("d", "∂"):
        yield f"{d}{power}{function}/{d}{name}{below}"
        yield f"{d}{power}/{d}{name}{below}{function}"
    if order == 1:
        yield f"d{name}"  # as in code
        yield from (f"∇_{name}{function}", f"grad_{name}{function}", f"{function}_{name}")
        for sign in ("∇", "grad", "\\nabla"):
            yield from (f"{sign}{function}", f"{sign}{function}({name})")
        for d in ("\\partial", "d", "\\mathrm{d}"):
            yield from (f"\\frac{{{d}{function}}}{{{d}{name}}}", f"{d}{function}/{d}{name}")
