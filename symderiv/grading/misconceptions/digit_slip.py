"""One digit of a given decimal misread: 0.581 for 0.587."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.expression.tree import Expr, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

MIN_DIGITS = 3  # with fewer, a number got by another mistake may differ in one digit, too
MAX_PLACES = 6


def _one_digit_off(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Number) or not isinstance(node.value, Fraction):
        return
    places = next((k for k in range(1, MAX_PLACES + 1) if (node.value * 10**k).denominator == 1), None)
    if places is None:
        return
    digits = str(abs((node.value * 10**places).numerator))
    if len(digits) < MIN_DIGITS:
        return
    sign = -1 if node.value < 0 else 1
    for k, digit in enumerate(digits):
        for other in "0123456789".replace(digit, ""):
            misread = int(digits[:k] + other + digits[k + 1 :])
            yield Number(Fraction(sign * misread, 10**places))


PATTERN = Misconception(
    "digit-slip",
    "One digit of a given number is misread.",
    at_nodes(_one_digit_off),
    Example(("x: real",), "0.587*x", "0.581*x"),
)
