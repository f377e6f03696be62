"""The value of an entry expression at a point: an exact rational, or a ball that certainly holds it.

Nothing is guessed: a sign, a floor or a case that balls can't decide makes the value unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from flint import arb, fmpq

from symderiv.equality.evaluate import functions, matrices
from symderiv.equality.evaluate.arrays import Outside, is_inside, read_table
from symderiv.equality.evaluate.cancelling import both, total_of
from symderiv.equality.evaluate.conditions import all_hold, is_condition, opposite
from symderiv.equality.evaluate.existence import has_value, in_closed_form
from symderiv.equality.evaluate.integrals import quadrature
from symderiv.equality.evaluate.joins import JOINS
from symderiv.equality.evaluate.opaque import Polynomial
from symderiv.equality.evaluate.point import Coordinate, Point
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.evaluate.products import power_of, product_of
from symderiv.equality.evaluate.scopes import Scopes
from symderiv.equality.evaluate.steps import Steps
from symderiv.equality.evaluate.values import (
    ONE,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Missing,
    NotAsked,
    NotDecided,
    NoValue,
    Value,
    at_most,
    less,
    numeric,
    same,
)
from symderiv.equality.rationals import exact, fraction
from symderiv.expression.tree import (
    INFINITY,
    TRUE,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)

Result = TypeVar("Result")


def evaluate(
    expr: Expr, point: Mapping[Expr, Coordinate | Polynomial], precisions: tuple[int, ...] = PRECISIONS
) -> Fraction | arb | bool | Missing:
    """The value of ``expr`` at a point, with as much precision as its decisions take.

    ``point`` maps variables and entries to rationals, opaque functions to polynomials.
    A condition gives true or false.

    >>> x = Variable("x")
    >>> evaluate(Apply("pow", (x, Number(-1))), {x: Fraction(2, 3)})
    Fraction(3, 2)
    >>> evaluate(Apply("log", (x,)), {x: 0})
    <Missing.UNDEFINED: 'undefined'>
    """
    where = Point.of(point)
    for bits in precisions:
        try:
            with precision(bits):
                value = Evaluator(where).any_value(expr)
        except NoValue:
            return UNDEFINED
        except NotDecided as undecided:
            if undecided.sharper:
                continue
            return UNKNOWN
        return fraction(value) if isinstance(value, fmpq) else value
    return UNKNOWN


class Evaluator:
    """Evaluates expressions at one point, each subexpression once."""

    def __init__(self, point: Point, ended: frozenset[Expr] = frozenset()) -> None:
        """``ended``: the free indices that are said to end somewhere."""
        self.point = point
        self.ended = ended
        self.scopes = Scopes()
        self.steps = Steps()
        self.quadratures = 0

    def any_value(self, expr: Expr) -> Value | bool:
        """The value, or the truth of a condition."""
        return self.truth(expr) if is_condition(expr) else self.value(expr)

    def value(self, expr: Expr) -> Value:
        kind = type(expr)
        if kind is Number:
            return _number(expr.value)  # type: ignore[attr-defined]
        if kind is Variable:
            return self._variable(expr)  # type: ignore[arg-type]
        if kind is Index:  # what is read is remembered where it is read
            return self._index(expr)  # type: ignore[arg-type]
        known = self.scopes.known(expr)
        found = known.get(expr)
        if found is None:
            found = known[expr] = numeric(_VALUES[kind](self, expr))
        return found

    def truth(self, expr: Expr) -> bool:
        """Whether a condition holds here; raises `NotDecided` where balls can't tell."""
        if isinstance(expr, Constant) and expr.name in ("true", "false"):
            return expr.name == "true"
        if isinstance(expr, Apply):
            return self._connective(expr)
        if isinstance(expr, Binder) and expr.kind == "forall":
            return all_hold(self._each(expr, self._outcome))
        if isinstance(expr, Cases):
            return self.truth(self._branch(expr))
        if isinstance(expr, Index) and isinstance(expr.base, Sequence):
            return self.truth(read_table(expr.base, self._position(expr.indices)))
        raise NotDecided("not a condition", sharper=False)

    def _connective(self, expr: Apply) -> bool:
        match expr.head:
            case "lt":
                return less(*both(expr.args, self.value, self.scopes.values))
            case "le":
                return at_most(*both(expr.args, self.value, self.scopes.values))
            case "eq":
                return self._equal(*expr.args)
            case "ne":
                return not self._equal(*expr.args)
            case "not":
                return not self.truth(expr.args[0])
            case "and":
                return all_hold(self._outcome(part) for part in expr.args)
            case "or":
                return not all_hold(opposite(self._outcome(part)) for part in expr.args)
            case "on_kinks":
                return self.truth(expr.args[0])
            case "at_rest" if not self.truth(expr.args[0]):
                return False
            case "exists":
                return has_value(self.point.integrand(expr.args[0]), self.value)
        raise NotDecided(f"no rule for {expr.head}", sharper=False)

    def _equal(self, a: Expr, b: Expr) -> bool:
        if is_condition(a) or is_condition(b):
            return self.truth(a) == self.truth(b)
        return same(*both((a, b), self.value, self.scopes.values))

    def _outcome(self, condition: Expr) -> bool | Exception:
        """The truth of a condition, or why it has none."""
        try:
            return self.truth(condition)
        except (NoValue, NotDecided) as trouble:
            return trouble

    def _variable(self, variable: Variable) -> Value:
        bound = self.scopes.bound(variable)
        return self.point.scalar(variable) if bound is None else bound

    def _apply(self, expr: Apply) -> Value:
        head, args = expr.head, expr.args
        if head == "add":
            return total_of(args, self.value, self.scopes.values)
        if head == "mul":
            return product_of(args, self.value)
        if head == "pow":
            return power_of(args[0], args[1], self.value)
        if head in functions.RULES:
            return functions.apply(head, self.value(args[0]))
        if head in functions.STEPS:
            return functions.STEPS[head](self.value(args[0]))
        if head in ("max", "min"):
            return functions.extreme(head, [self.value(arg) for arg in args])
        if head == "delta":
            return ONE if self._equal(args[0], args[1]) else ZERO
        if head == "inverse":
            return self._entry_of_inverse(args[0], args[1:])
        if head == "det":
            return matrices.determinant(matrices.rows_of(args[0], self._each, self.value))
        raise NotDecided(f"no rule for {head}", sharper=False)

    def _entry_of_inverse(self, matrix: Expr, indices: tuple[Expr, ...]) -> Value:
        """All entries are kept for as long as the matrix stays the same."""
        known, entry = self.scopes.known(matrix), matrices.entry_of_inverse(matrix, self._position(indices))
        if entry not in known:
            rows = matrices.rows_of(matrix, self._each, self.value)
            known.update(matrices.entries_of_inverse(matrix, rows))
        if entry not in known:
            raise self._beyond(indices)
        return known[entry]

    def _branch(self, expr: Cases) -> Expr:
        for condition, value in expr.branches:
            if self.truth(condition):
                return value
        if expr.otherwise is None:
            raise NoValue
        return expr.otherwise

    def _index(self, expr: Index) -> Value:
        position = self._position(expr.indices)
        try:
            if isinstance(expr.base, Sequence):
                return self.value(read_table(expr.base, position))
            if isinstance(expr.base, Variable):
                return self._read_array(expr.base, position)
        except Outside:
            raise self._beyond(expr.indices) from None
        raise NotDecided("an entry of something that is no array", sharper=False)

    def _beyond(self, indices: tuple[Expr, ...]) -> Exception:
        """What there is to say of an entry beyond the end of its array."""
        is_open = any(map(self._is_open, indices))
        return NotAsked() if is_open else NoValue()

    def _is_open(self, index: Expr) -> bool:
        """Computed from a free index that ends nowhere: ``x[2*i]`` asks only about the entries that x has."""
        if not isinstance(index, Variable):
            return any(map(self._is_open, index.children))
        bound = self.scopes.is_open(index)
        return index.kind.index and index not in self.ended if bound is None else bound

    def _position(self, indices: tuple[Expr, ...]) -> tuple[int, ...]:
        values = [self.value(index) for index in indices]
        if any(type(value) is not fmpq for value in values):
            raise NotDecided("an index that is not known exactly")
        position = tuple(int(value.p) for value in values if value.q == 1)
        if len(position) < len(values):
            raise NoValue
        return position

    def _read_array(self, array: Variable, position: tuple[int, ...]) -> Value:
        sizes = [None if size is None else self.value(size) for size in array.kind.shape]
        inside = is_inside(position, sizes, array.kind.zero_outside)
        return self.point.entry(array, position) if inside else ZERO

    def _call(self, expr: Call) -> Value:
        polynomial = self.point.functions.get(expr.function)
        if polynomial is None:
            raise NotDecided(f"no concrete function for {expr.function.name}", sharper=False)
        args = [self.value(arg) for arg in expr.args]
        if polynomial.is_constant:
            return polynomial.derivative(expr.orders).at(args)
        return self.point.blurred(polynomial.derivative(expr.orders).at(args))

    def _binder(self, expr: Binder) -> Value:
        if expr.kind == "integral" and expr.lower is not None and expr.upper is not None:
            self.quadratures += 1
            body = self.point.integrand(expr.body)
            return quadrature(body, expr.variable, self.value(expr.lower), self.value(expr.upper), self.value)
        if expr.kind == "sum" and expr.upper == INFINITY:
            return in_closed_form(expr, self.value)
        if expr.kind not in JOINS:
            raise NotDecided(f"no rule for a {expr.kind}", sharper=False)
        return JOINS[expr.kind](self._each(expr, self.value))

    def _each(self, expr: Binder, visit: Callable[[Expr], Result]) -> list[Result]:
        """The body visited at each position of the range where the condition holds."""
        if expr.lower is None or expr.upper is None:
            raise NotDecided("a range that is not known", sharper=False)
        first = -int(functions.floor(-self.value(expr.lower)).p)
        last = int(functions.floor(self.value(expr.upper)).p)
        self.steps.take(max(0, last - first + 1), self.scopes.is_inside)
        results = []
        is_open = self._is_open(expr.lower) or self._is_open(expr.upper)
        with self.scopes.binding(expr.variable, is_open) as bind:
            for k in range(first, last + 1):
                bind(fmpq(k))
                if expr.condition == TRUE or self.truth(expr.condition):
                    results.append(visit(expr.body))
        return results


_number = lru_cache(maxsize=4_096)(exact)

_VALUES: Mapping[type, Callable[..., Value]] = {
    Constant: lambda _, expr: functions.constant(expr.name),
    Apply: Evaluator._apply,
    Cases: lambda evaluator, expr: evaluator.value(evaluator._branch(expr)),
    Call: Evaluator._call,
    Binder: Evaluator._binder,
}
