"""Counting the multiplications and additions that an entry formula writes down.

A sum of n terms has n - 1 additions; index arithmetic is free; of cases the dearest branch counts, so that
zeros in the padding count like entries.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.expression.tree import Apply, Binder, Cases, Expr, Number


@dataclass(frozen=True, slots=True)
class Work:
    multiplications: int = 0
    additions: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(self.multiplications + other.multiplications, self.additions + other.additions)

    def times(self, n: int) -> Work:
        return Work(n * self.multiplications, n * self.additions)


def work(expr: Expr) -> Work:
    """The multiplications and additions in one entry of numeric size.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> work(Apply("add", (Apply("mul", (x, x)), x)))
    Work(multiplications=1, additions=1)
    """
    if isinstance(expr, Binder) and expr.kind == "sum":
        assert isinstance(expr.lower, Number) and isinstance(expr.upper, Number)
        n = int(expr.upper.value - expr.lower.value + 1)
        return work(expr.body).times(n) + Work(0, n - 1)
    if isinstance(expr, Cases):
        values = [value for _, value in expr.branches] + ([expr.otherwise] if expr.otherwise else [])
        return max((work(value) for value in values), key=lambda w: w.multiplications + w.additions)
    if isinstance(expr, Apply) and expr.head in ("mul", "add"):
        inside = sum((work(arg) for arg in expr.args), Work())
        n = len(expr.args) - 1
        return inside + (Work(n, 0) if expr.head == "mul" else Work(0, n))
    return Work()
