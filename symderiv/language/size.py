"""How large a number a text asks for, estimated before anything is computed."""

from __future__ import annotations

from math import inf, log2

from symderiv.errors import LimitExceeded
from symderiv.language.limits import MAX_BITS, MAX_EXPONENT, MAX_FACTORIAL
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Group, Name, Node, Numeral, Operation

Size = tuple[float, float]
"""Of a number typed out: a bound of its absolute value, and of the bits of numerator and denominator."""

_POWERS = frozenset({"pow", "Pow", "power"})
_FACTORIALS = frozenset({"factorial", "gamma"})


def check_size(node: Operation) -> None:
    """Refuse ``9^9^9``, ``2^(20000*x)`` and ``(10^8)!``: powers and factorials beyond the caps."""
    if node.head == "factorial":
        check_factorial(node.args[0], node)
        return
    exponent = node.args[1]
    if _largest(exponent) > MAX_EXPONENT:
        raise _too_large("this exponent is too large", exponent, f"at most {MAX_EXPONENT}")
    size = size_of(node)
    if size is not None and size[1] > MAX_BITS:
        raise _too_large("this power is too large", node, f"at most {MAX_BITS} binary digits")


def check_factorial(argument: Node, node: Node) -> None:
    """Refuse the factorial of a number beyond the cap."""
    if _largest(argument) > MAX_FACTORIAL:
        raise _too_large("this factorial is too large", node, f"the factorial of at most {MAX_FACTORIAL}")


def _too_large(message: str, node: Node, expected: str) -> Misread:
    return Misread(message, node.start, node.end, expected=expected, error=LimitExceeded)


def size_of(node: Node) -> Size | None:
    """A bound of the number that stands there, or None where there is a name in it.

    >>> size_of(Numeral(1024, 0, 4))
    (1024.0, 11.0)
    """
    if isinstance(node, Group):
        return size_of(node.inner)
    if isinstance(node, Numeral):
        return _numeral(node)
    found = _operation(node)
    if found is None:
        return None
    if not isinstance(node, Operation):
        return _joined(*found)
    if node.size == ():
        node.size = _joined(*found)
    return node.size or None  # type: ignore[return-value]


def _numeral(node: Numeral) -> Size:
    numerator, denominator = abs(node.value.numerator), node.value.denominator
    bits = max(numerator.bit_length(), denominator.bit_length())
    value = 2.0 ** min(1023, numerator.bit_length() - denominator.bit_length() + 1)
    return (numerator / denominator if bits < 1000 else value), float(bits)


def _operation(node: Node) -> tuple[str, tuple[Node, ...]] | None:
    """The operator and its operands, ``pow(a, b)`` and ``factorial(n)`` too."""
    if isinstance(node, Operation):
        return node.head, node.args
    if isinstance(node, Applied) and isinstance(node.callee, Name):
        if node.callee.name in _POWERS and len(node.args) == 2:
            return "pow", node.args
        if node.callee.name in _FACTORIALS and len(node.args) == 1:
            return "factorial", node.args
    return None


def _joined(head: str, args: tuple[Node, ...]) -> Size | None:
    known: list[Size] = []
    for arg in args:
        size = size_of(arg)
        if size is None:
            return None
        known.append(size)
    values, bits = [size[0] for size in known], [size[1] for size in known]
    match head:
        case "pow":
            return _power(known[0], known[1])
        case "factorial":
            return _factorial(values[0])
        case "mul":
            return _product(values), sum(bits)
        case "div" if isinstance(args[1], Numeral) and args[1].value == 0:
            return 0.0, sum(bits)  # undefined, whatever stands above: nothing to compute
        case "div":
            return (values[0] / values[1] if values[1] else inf), sum(bits)
    return sum(values), sum(bits) + len(bits)


def _power(base: Size, exponent: Size) -> Size:
    bits = _times(base[1], exponent[0])
    size = _times(abs(_log2(base[0])), exponent[0])
    return (2.0**size if size < 1000 else inf), bits


def _factorial(value: float) -> Size:
    bits = _times(value, _log2(value))
    return (2.0**bits if bits < 1000 else inf), bits


def _times(a: float, b: float) -> float:
    return 0.0 if not a or not b else a * b


def _product(values: list[float]) -> float:
    total = 1.0
    for value in values:
        total = _times(total, value)
    return total


def _log2(value: float) -> float:
    return log2(value) if 0 < value < inf else (inf if value else 0.0)


def _largest(node: Node) -> float:
    """The largest number in an exponent, as far as it is made of numbers."""
    size = size_of(node)
    if size is not None:
        return size[0]
    if isinstance(node, Group):
        return _largest(node.inner)
    found = _operation(node)
    return 0.0 if found is None else max(_largest(arg) for arg in found[1])
