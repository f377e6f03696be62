"""The limit of what is continuous at a point is its value there; at infinity, of what is so in 1/x at 0.

Sums over ranges are continuous where their terms are: ``softmax(x/T)`` tends to ``1/n`` as T → ∞, at every n.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside, silent_on
from symderiv.expression.build import add, compare, function, mul, negative, power
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, TRUE, ZERO, Apply, Binder, Expr, Number, Variable

Facts = tuple[Expr, ...]
_EVERYWHERE = frozenset("exp sin cos tanh sinh cosh atan asinh erf abs max min".split())
_RANGES = frozenset(("sum", "prod", "max", "min"))


def value_by_continuity(expr: Expr, variable: Variable, point: Expr, facts: Facts = ()) -> Expr | None:
    """The limit as the variable goes to a point at which ``expr`` is surely continuous, from either side.

    >>> x = Variable("x")
    >>> value_by_continuity(Apply("exp", (Apply("mul", (x, Variable("y"))),)), x, ZERO).value
    1
    """
    given = silent_on(facts, variable)
    if point == INFINITY or point == negative(INFINITY):
        told = _in_one_over(expr, variable)
        return None if told is None else _Continuous(variable, ZERO, knowledge(given)).value(told)
    return _Continuous(variable, point, knowledge(given)).value(expr)


def _in_one_over(expr: Expr, variable: Variable) -> Expr | None:
    """The expression in h = 1/x, h spelt as x is; None where x stands otherwise than below."""
    match expr:
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if base == variable:
            return power(variable, Number(-exponent)) if exponent < 0 else None
    if variable not in free_variables(expr):
        return expr
    children = [_in_one_over(child, variable) for child in expr.children]
    told = [child for child in children if child is not None]
    return expr.rebuild(tuple(told)) if children and len(told) == len(children) else None


@dataclass(frozen=True)
class _Continuous:
    """What is continuous as a name goes to a point, with what is known besides."""

    variable: Variable
    point: Expr
    known: Knowledge

    def value(self, expr: Expr) -> Expr | None:
        """The value at the point, of what is continuous there."""
        if expr == self.variable:
            return self.point
        if self.variable not in free_variables(expr):
            return expr
        if isinstance(expr, Binder):
            return self._of_range(expr)
        if not isinstance(expr, Apply) or expr.options:
            return None
        found = [self.value(arg) for arg in expr.args]
        values = [value for value in found if value is not None]
        return self._applied(expr.head, values) if len(values) == len(found) else None

    def _applied(self, head: str, values: list[Expr]) -> Expr | None:
        if head == "add":
            return add(*values)
        if head == "mul":
            return mul(*values)
        if head in _EVERYWHERE or (head == "log" and self._is_positive(values[0])):
            return function(head, *values)
        if head == "pow":
            base, exponent = values
            return power(base, exponent) if self._has_powers(base, exponent) else None
        return None

    def _has_powers(self, base: Expr, exponent: Expr) -> bool:
        """Is a power continuous here, wherever it exists: of a positive number any, of others one above 0,
        and where it is whole of any but 0?
        """
        if self._is_positive(base):
            return True
        match exponent:
            case Number(value=n) if n > 0:
                return isinstance(n, int) or self.known.implies(compare("le", ZERO, base))
            case Number(value=int()):
                return self.known.implies(compare("ne", base, ZERO))
        return False

    def _is_positive(self, value: Expr) -> bool:
        return self.known.implies(compare("lt", ZERO, value))

    def _of_range(self, range_: Binder) -> Expr | None:
        ends = [end for end in (range_.lower, range_.upper) if end is not None]
        fixed = (range_.condition, *ends)
        if range_.kind not in _RANGES or len(ends) < 2 or INFINITY in ends:
            return None
        if any(self.variable in free_variables(part) for part in fixed):
            return None
        if range_.variable in free_variables(self.point) or range_.condition != TRUE:
            return None
        inside = _Continuous(self.variable, self.point, knowledge(facts_inside(range_, self.known.facts)))
        body = inside.value(range_.body)
        return None if body is None else Binder(range_.kind, body, range_.variable, *ends)
