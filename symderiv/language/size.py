"""How large a number a text asks for, estimated before anything is computed."""

from __future__ import annotations

from fractions import Fraction
from math import inf, lgamma, log, log2

from symderiv.errors import LimitExceeded
from symderiv.language.limits import MAX_BITS, MAX_EXPONENT, MAX_FACTORIAL
from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Node, Numeral, Operation


def check_size(node: Operation) -> None:
    """Refuse ``9^9^9``, ``2^(20000*x)`` and ``(10^8)!``: powers and factorials beyond the caps."""
    if node.head == "factorial":
        check_factorial(node.args[0], node)
        return
    exponent = node.args[1]
    largest = _largest(exponent)
    if largest > MAX_EXPONENT:
        raise _too_large("this exponent is too large", exponent, f"at most {MAX_EXPONENT}")
    if magnitude(node) > MAX_BITS:
        raise _too_large("this power is too large", node, f"at most {MAX_BITS} binary digits")


def check_factorial(argument: Node, node: Node) -> None:
    if magnitude(argument) > log2(MAX_FACTORIAL):
        raise _too_large("this factorial is too large", node, f"the factorial of at most {MAX_FACTORIAL}")


def _too_large(message: str, node: Node, expected: str) -> Misread:
    return Misread(message, node.start, node.end, expected=expected, error=LimitExceeded)


def magnitude(node: Node) -> float:
    """An upper bound of log₂ of the numerator and denominator of a number; 0 where there is a name.

    >>> magnitude(Numeral(1024, 0, 4))
    10.0
    """
    if isinstance(node, Group):
        return magnitude(node.inner)
    if isinstance(node, Numeral):
        return float(max(abs(node.value.numerator), node.value.denominator).bit_length() - 1)
    if not isinstance(node, Operation):
        return 0.0
    sizes = [magnitude(arg) for arg in node.args]
    match node.head:
        case "pow":
            return _power_size(sizes[0], node.args[1])
        case "factorial":
            return _factorial_size(sizes[0])
        case "add" | "sub" | "mul" | "div" | "neg" | "pos":
            return sum(sizes) + len(sizes) - 1
    return max(sizes)


def _power_size(base: float, exponent: Node) -> float:
    size = magnitude(exponent)
    return inf if size > 60 else base * 2**size * 2 if base else 0.0


def _factorial_size(argument: float) -> float:
    return inf if argument > 60 else lgamma(2**argument * 2 + 1) / log(2)


def _largest(node: Node) -> float:
    """The largest number in an exponent, as far as it is made of numbers."""
    if isinstance(node, Group):
        return _largest(node.inner)
    if isinstance(node, Numeral):
        return float(abs(Fraction(node.value))) if magnitude(node) < 60 else inf
    if isinstance(node, Operation):
        size = magnitude(node)
        inside = max(_largest(arg) for arg in node.args)
        return max(inside, inf if size > 60 else 0.0)
    return 0.0
