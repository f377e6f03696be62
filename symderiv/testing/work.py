"""What an array costs when every entry is written out: each value once, counted one by one.

This holds `symderiv.operations.declaring.counting` to what it promises, by other means: no formula in the
sizes, but every entry at its place, and every value kept that was worked out before. The convention is the
same one.
"""

from __future__ import annotations

from collections import Counter

from flint import fmpq

from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import Apply, Binder, Cases, Expr, Index, Number, Variable
from symderiv.operations.declaring.counting import COMPARING, CONDITIONS, inverted, moves, unsigned
from symderiv.tensor import Tensor
from symderiv.testing.dual import Dual, rational
from symderiv.testing.entries import DualEvaluator, Numbers
from symderiv.testing.points import positions

_MINUS = object()
Value = object
"""What stands for a value: the steps by which it came about; a constant is None."""


def written_out(t: Tensor) -> Counter[str]:
    """How many multiplications, additions, divisions, comparisons and functions all entries take together.

    >>> from symderiv.operations.declaring.counting import array
    >>> x = array("x", 3)
    >>> written_out(Tensor.of((Number(3),), lambda i: Apply("mul", (x.formula(i), x.formula(i)))))
    Counter({'multiplications': 3})
    """
    book = _Book()
    for at in positions(book.indices.shape(t)):
        book.value(t.value, {v: Dual(rational(k)) for v, k in zip(t.indices, at, strict=True)})
    return +book.done


class _Book:
    def __init__(self) -> None:
        self.indices = DualEvaluator({})
        self.known: set[Value] = set()
        self.done: Counter[str] = Counter()

    def value(self, expr: Expr, at: Numbers) -> Value:
        """What stands for the value, and its work if it is new."""
        plain = unsigned(expr)
        if plain is not expr:
            return _opposite(self.value(plain, at))
        if not moves(expr):
            return None
        match expr:
            case Index(base=Variable() as base):
                return base.name, tuple(self._place(index, at) for index in expr.indices)
            case Binder():
                terms = tuple(term for term in self._terms(expr, at) if term is not None)
                kind = "additions" if expr.kind == "sum" else "comparisons"
                return self._new((expr.kind, terms), {kind: max(len(terms) - 1, 0)})
            case Cases():
                return self._cases(expr, at)
            case Apply():
                return self._applied(expr, at)
        raise AssertionError(f"no work of a {type(expr).__name__}")

    def _new(self, value: Value, cost: dict[str, int]) -> Value:
        if value not in self.known:
            self.known.add(value)
            self.done.update(cost)
        return value

    def _place(self, index: Expr, at: Numbers) -> Value:
        return self.value(index, at) if moves(index) else str(self.indices.value(index, at).value)

    def _terms(self, expr: Expr, at: Numbers) -> list[Value]:
        """The terms of a sum over several indices, one after another; those in the padding are read there."""
        if not isinstance(expr, Binder):
            return [self.value(expr, at)]
        assert isinstance(expr.lower, Number) and isinstance(expr.upper, Number)
        same = isinstance(expr.body, Binder) and expr.body.kind == expr.kind
        found: list[Value] = []
        for k in range(int(expr.lower.value), int(expr.upper.value) + 1):
            inner = {**at, expr.variable: Dual(rational(k))}
            found += self._terms(expr.body, inner) if same else [self.value(expr.body, inner)]
        return found

    def _cases(self, expr: Cases, at: Numbers) -> Value:
        """A case of the data is decided by a comparison; what lies outside an array is read all the same."""
        if any(moves(condition) for condition, _ in expr.branches):
            return "cases", tuple(self.value(part, at) for part in expr.children if moves(part))
        for condition, branch in expr.branches:
            if isinstance(branch, Index) or self.indices.holds(condition, at):
                return self.value(branch, at)
        return None if expr.otherwise is None else self.value(expr.otherwise, at)

    def _applied(self, expr: Apply, at: Numbers) -> Value:
        moving = [arg for arg in expr.args if moves(arg)]
        constant = len(moving) < len(expr.args)
        if expr.head == "mul":
            return self._product(expr, moving, at)
        values = tuple(self.value(arg, at) for arg in moving)
        stands = (expr.head, values, self._constants(expr, at))
        if expr.head == "add":
            return self._new(stands, {"additions": len(values) - 1 + constant})
        if expr.head == "pow" and isinstance(expr.args[1], Number) and isinstance(expr.args[1].value, int):
            n = expr.args[1].value
            return self._new(stands, {"multiplications": abs(n) - 1, "divisions": int(n < 0)})
        if expr.head in COMPARING or expr.head in CONDITIONS:
            return self._new(stands, {"comparisons": max(len(expr.args) - 1, 1)})
        return self._new(stands, {"functions": 1})

    def _constants(self, expr: Apply, at: Numbers) -> tuple[Expr, ...]:
        """What is known beforehand of a step: 2x and 3x are two values."""
        places = {v: Number(int(k.value.p)) for v, k in at.items() if isinstance(k.value, fmpq)}
        return tuple(instantiate(arg, places) for arg in expr.args if not moves(arg))

    def _product(self, expr: Apply, moving: list[Expr], at: Numbers) -> Value:
        constants = self._constants(expr, at)
        factors = tuple(self.value(arg, at) for arg in moving if inverted(arg) is None)
        below = tuple(self.value(base, at) for arg in moving if (base := inverted(arg)) is not None)
        cost = {"multiplications": max(len(factors) - 1 + bool(constants), 0), "divisions": len(below)}
        turned = sum(map(_is_opposite, factors + below)) % 2
        stands = ("mul", constants, *(tuple(map(_plain, parts)) for parts in (factors, below)))
        product = self._new(stands, cost)
        return _opposite(product) if turned else product


def _opposite(value: Value) -> Value:
    """What stands for -v."""
    if value is None:
        return None
    return _plain(value) if _is_opposite(value) else (_MINUS, value)


def _is_opposite(value: Value) -> bool:
    return isinstance(value, tuple) and value[0] is _MINUS


def _plain(value: Value) -> Value:
    """What stands for v where that stands for -v, itself else."""
    return value[1] if isinstance(value, tuple) and _is_opposite(value) else value
