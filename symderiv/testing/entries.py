"""The value of an entry formula at given arrays, in dual numbers; nothing is rewritten on the way."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, fmpq

from symderiv.expression.kink_conditions import off_kinks
from symderiv.expression.tree import (
    Apply,
    Binder,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)
from symderiv.tensor import Tensor
from symderiv.testing import dual
from symderiv.testing.dual import Dual, NoDual, rational

Arrays = Mapping[str, Mapping[tuple[int, ...], Dual]]
Numbers = dict[Variable, Dual]

_ONE, _ZERO = Dual(fmpq(1)), Dual(fmpq(0))


class DualEvaluator:
    """Evaluates entry formulas over arrays of dual numbers."""

    def __init__(self, arrays: Arrays, sizes: Mapping[str, int] | None = None) -> None:
        self.arrays = arrays
        self.sizes = sizes or {}

    def entry(self, t: Tensor, at: tuple[int, ...]) -> Dual:
        """The entry at an index; refused where the tensor isn't defined."""
        numbers = {v: Dual(fmpq(k)) for v, k in zip(t.indices, at, strict=True)}
        if not self.holds(off_kinks(t.defined), numbers):
            raise NoDual("undefined at this point")
        return self.value(t.value, numbers)

    def shape(self, t: Tensor) -> tuple[int, ...]:
        return tuple(self._whole(size, {}) for size in t.shape)

    def value(self, expr: Expr, numbers: Numbers) -> Dual:
        match expr:
            case Number():
                return Dual(rational(expr.value))
            case Variable():
                return self._variable(expr, numbers)
            case Constant(name="pi"):
                return Dual(arb.pi())
            case Constant(name="e"):
                return Dual(arb(1).exp())
            case Index():
                return self._read(expr, numbers)
            case Cases():
                return self._cases(expr, numbers)
            case Binder():
                return self._binder(expr, numbers)
            case Apply():
                return self._apply(expr, numbers)
        raise NoDual(f"no value of a {type(expr).__name__.lower()}")

    def _variable(self, expr: Variable, numbers: Numbers) -> Dual:
        if expr in numbers:
            return numbers[expr]
        if expr.name in self.sizes:
            return Dual(fmpq(self.sizes[expr.name]))
        try:
            return self.arrays[expr.name][()]
        except KeyError:
            raise NoDual(f"no value for {expr.name}") from None

    def _whole(self, expr: Expr, numbers: Numbers) -> int:
        value = self.value(expr, numbers).value
        if not isinstance(value, fmpq) or value.denominator != 1:
            raise NoDual("an index that is no whole number")
        return int(value)

    def _read(self, expr: Index, numbers: Numbers) -> Dual:
        at = tuple(self._whole(index, numbers) for index in expr.indices)
        base = expr.base
        if isinstance(base, Variable):
            return self.arrays[base.name][at]
        for k in at:
            if not isinstance(base, Sequence) or k < 0:
                raise NoDual("a table read outside its bounds")
            base = base.items[k]
        return self.value(base, numbers)

    def _cases(self, expr: Cases, numbers: Numbers) -> Dual:
        for condition, value in expr.branches:
            if self.holds(condition, numbers):
                return self.value(value, numbers)
        if expr.otherwise is None:
            raise NoDual("no case applies")
        return self.value(expr.otherwise, numbers)

    def _terms(self, expr: Binder, numbers: Numbers) -> list[Numbers]:
        """The numbers for every value of a bound variable that the condition lets pass."""
        assert expr.lower is not None and expr.upper is not None
        span = range(self._whole(expr.lower, numbers), self._whole(expr.upper, numbers) + 1)
        each = ({**numbers, expr.variable: Dual(fmpq(k))} for k in span)
        return [inner for inner in each if self.holds(expr.condition, inner)]

    def _binder(self, expr: Binder, numbers: Numbers) -> Dual:
        values = [self.value(expr.body, inner) for inner in self._terms(expr, numbers)]
        match expr.kind:
            case "sum":
                return sum(values, _ZERO)
            case "prod":
                return _product(values)
            case "max":
                return dual.largest(values)
            case "min":
                return dual.largest(values, -1)
        raise NoDual(f"no value of a {expr.kind}")

    def _apply(self, expr: Apply, numbers: Numbers) -> Dual:
        values = [self.value(arg, numbers) for arg in expr.args]
        match expr.head:
            case "add":
                return sum(values, _ZERO)
            case "mul":
                return _product(values)
            case "pow":
                return dual.power(*values)
            case "max":
                return dual.largest(values)
            case "min":
                return dual.largest(values, -1)
            case "delta":
                return _ONE if values[0].value == values[1].value else _ZERO
        function = dual.FUNCTIONS.get(expr.head)
        if function is None:
            raise NoDual(f"no value of {expr.head}")
        return function(*values)

    def holds(self, condition: Expr, numbers: Numbers) -> bool:
        match condition:
            case Constant():
                return condition.name == "true"
            case Apply(head="and"):
                return all(self.holds(part, numbers) for part in condition.args)
            case Apply(head="or"):
                return any(self.holds(part, numbers) for part in condition.args)
            case Apply(head="not"):
                return not self.holds(condition.args[0], numbers)
            case Apply(head="lt" | "le" | "eq" | "ne"):
                return self._compares(condition, numbers)
            case Binder(kind="forall"):
                return all(self.holds(condition.body, inner) for inner in self._terms(condition, numbers))
            case Index(base=Sequence()):
                return self.holds(self._condition_in_table(condition, numbers), numbers)
        raise NoDual("a condition that can't be evaluated")

    def _condition_in_table(self, condition: Index, numbers: Numbers) -> Expr:
        base = condition.base
        for index in condition.indices:
            assert isinstance(base, Sequence)
            base = base.items[self._whole(index, numbers)]
        return base

    def _compares(self, condition: Apply, numbers: Numbers) -> bool:
        a, b = (self.value(arg, numbers) for arg in condition.args)
        s = dual.sign(a.value - b.value)
        if s == 0 and (a.moves or b.moves) and condition.head in ("lt", "le"):
            raise NoDual("a point on the border of a condition")
        return {"lt": s < 0, "le": s <= 0, "eq": s == 0, "ne": s != 0}[condition.head]


def _product(values: list[Dual]) -> Dual:
    result = _ONE
    for value in values:
        result = result * value
    return result
