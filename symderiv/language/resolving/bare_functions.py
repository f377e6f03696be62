"""Functions in a text whose argument stands without brackets, ``n log n``, or behind a power, ``tanh^2(c)``.

The next factor is the argument, as in LaTeX; what could be longer is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symderiv.expression.operators import Operator
from symderiv.language.functions import BUILTIN, OFTEN_NAMES, WITHOUT_BRACKETS
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Beside, Group, Indexed, Name, Node, Numeral, Operation

APPLIED = Operator("", "apply", 75, "prefix")
"""A function before its argument: tighter than a product, looser than a power."""
_WITH_A_POWER = frozenset(BUILTIN) - OFTEN_NAMES


class Function:
    """A function that waits for its argument, ``start`` to ``end``, with the power between the two."""

    __slots__ = ("end", "exponent", "name", "start", "symbol")

    def __init__(self, name: Name, exponent: Numeral | None, end: int) -> None:
        self.name, self.exponent = name, exponent
        self.start, self.end = name.start, end
        self.symbol = name.name

    def of(self, argument: Node) -> Node:
        applied = Applied(self.name, (argument,), (), self.start, argument.end)
        if self.exponent is None:
            return applied
        return Operation("pow", (applied, self.exponent), self.start, argument.end)

    def takes(self, argument: Node) -> bool:
        """May this be the argument? In brackets behind a power, else one name, number, entry or call."""
        if isinstance(argument, Group):
            return self.exponent is not None
        is_one = isinstance(argument, Name | Numeral | Indexed | Applied)
        is_function = isinstance(argument, Name) and argument.name in BUILTIN
        # log|x|, tanh²x: a sign stands between the two
        apart = argument.start > self.end or isinstance(argument, Applied) or self.exponent is not None
        return is_one and not is_function and apart and self.name.name in WITHOUT_BRACKETS


def in_front(operands: Sequence[Node], raised: Node | None) -> Function | None:
    """The function that the last operand is, or is a power of; ``raised`` is what it is the exponent of."""
    last = operands[-1].inner if isinstance(operands[-1], Beside) else operands[-1]
    if raised is not None:
        base, exponent = (raised.inner if isinstance(raised, Beside) else raised), last
    elif isinstance(last, Operation) and last.head == "pow" and len(last.args) == 2:
        base, exponent = last.args
        base = base.inner if isinstance(base, Beside) else base
    else:
        is_plain = isinstance(last, Name) and not last.primes and last.name in WITHOUT_BRACKETS
        return Function(last, None, last.end) if is_plain and isinstance(last, Name) else None
    if not isinstance(base, Name) or base.primes or base.name not in _WITH_A_POWER:
        return None
    if not isinstance(exponent, Numeral) or exponent.value < 2:
        return None
    return Function(base, exponent, last.end)


def squares_each_value(node: Operation) -> bool:
    """Is this ``tanh^2(c)``, its exponent written inside what is raised, rather than ``tanh(c)^2``?"""
    base, exponent = node.args[0], node.args[-1]
    return (
        isinstance(base, Applied) and len(base.args) == 1 and base.start < exponent.end <= base.args[0].start
    )


def begins_another(node: Node) -> bool:
    """``sin x cos x``: another function ends the argument before it."""
    callee = node.callee if isinstance(node, Applied) else node
    return isinstance(callee, Name) and callee.name in WITHOUT_BRACKETS


def refuse_longer(pending: Sequence[tuple[Operator, Any]], end: int) -> None:
    """``log x y``: of x, or of the product? Below what binds less tightly than a function none waits."""
    for operator, sign in reversed(pending):
        if operator is APPLIED:
            raise _unclear(sign, end)
        if operator.side != "prefix" and operator.precedence < APPLIED.precedence:
            return


def refuse_quotient(pending: Sequence[tuple[Operator, Any]], symbol: str, apart: bool, end: int) -> None:
    """``log p/q``: the logarithm of the quotient? ``log x * y`` with blanks is clear."""
    if symbol == "/" or not apart:
        refuse_longer(pending, end)


def _unclear(function: Function, end: int) -> Misread:
    name = function.name.name
    return Misread(
        f"where the argument of {name} ends isn't clear",
        function.start,
        end,
        cure=f"write {name}(…) with brackets",
    )
