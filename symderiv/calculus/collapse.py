"""Sums over Kronecker deltas, collapsed by substitution.

    Σ_{k=a…b} δ(k + r, p) f(k) = f(p - r)   if a ≤ p - r ≤ b, else 0
    Σ_{k=a…b} δ(c k + r, p) f(k) = f((p - r)/c)   if c divides p - r, and a ≤ (p - r)/c ≤ b, else 0

Range conditions that always hold are left out. Only sums that contain a delta of their own index are touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.calculus.ranges import Ranges, linear_form, simplified, tidied
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    divide,
    function,
    mul,
    negation,
)
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import terms_of
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Number,
    Variable,
    walk,
)
from symderiv.index.integer_sets.affine import Affine

MAX_TERMS = 64


@dataclass(frozen=True, slots=True)
class Term:
    """``[guard] δ … δ rest``"""

    guard: Expr = TRUE
    deltas: tuple[Apply, ...] = ()
    rest: tuple[Expr, ...] = ()

    def times(self, other: Term) -> Term:
        return Term(conjunction(self.guard, other.guard), self.deltas + other.deltas, self.rest + other.rest)

    def to_expr(self) -> Expr:
        return cases(((self.guard, mul(*self.deltas, *self.rest)),), ZERO)


def collapsed(value: Expr, shape_of_index: dict[Variable, Expr]) -> Expr:
    """The value with every sum over a delta done; indices range over 0 … size - 1.

    >>> from symderiv.expression.build import delta
    >>> from symderiv.expression.tree import Index, index_variable
    >>> k, p, x = index_variable("k"), index_variable("p"), Variable("x")
    >>> total = Binder("sum", mul(delta(k, p), Index(x, (k,))), k, ZERO, Number(3))
    >>> collapsed(total, {p: Number(4)}) == Index(x, (p,))
    True
    """
    ranges = {index: (ZERO, add(size, MINUS_ONE)) for index, size in shape_of_index.items()}
    return _Collapse(ranges).of(value)


class _Collapse:
    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges
        self._done: dict[Expr, Expr] = {}

    def of(self, expr: Expr) -> Expr:
        found = self._done.get(expr)
        if found is None:
            found = self._done[expr] = self._fresh(expr)
        return found

    def _fresh(self, expr: Expr) -> Expr:
        if not expr.children or not _has_delta(expr):
            return expr
        if isinstance(expr, Binder):
            return self._binder(expr)
        changed = tuple(self.of(child) for child in expr.children)
        if all(new is old for new, old in zip(changed, expr.children, strict=True)):
            return expr
        return refold(expr, changed)

    def _binder(self, expr: Binder) -> Expr:
        if expr.lower is None or expr.upper is None:
            return expr
        if expr.kind == "sum" and expr.lower == expr.upper and expr.condition == TRUE:
            return self.of(instantiate(expr.body, {expr.variable: expr.lower}))
        inner = _Collapse({**self.ranges, expr.variable: (expr.lower, expr.upper)})
        done = Binder(expr.kind, inner.of(expr.body), expr.variable, expr.lower, expr.upper, expr.condition)
        if expr.kind != "sum" or not _has_delta_of(done.body, expr.variable):
            return done
        terms = _terms(done.body, expr.variable)
        if terms is None:
            return done
        return add(*(self._sum(term, done) for term in terms))

    def _sum(self, term: Term, binder: Binder) -> Expr:
        """The sum of one term, collapsed if one of its deltas fixes the index."""
        for delta in term.deltas:
            fixed = place(delta, binder, self.ranges, term.guard)
            if fixed is not None:
                rest = (*(other for other in term.deltas if other is not delta), *term.rest)
                body = tidied(instantiate(mul(*rest), {binder.variable: fixed[0]}))
                return cases(((fixed[1], body),), ZERO)
        return Binder("sum", term.to_expr(), binder.variable, binder.lower, binder.upper, binder.condition)


def place(delta: Apply, binder: Binder, ranges: Ranges, guard: Expr = TRUE) -> tuple[Expr, Expr] | None:
    """The index of a range at which a delta is 1, and where it is one of the range, where `guard` holds too.

    >>> from symderiv.expression.build import delta
    >>> from symderiv.expression.tree import index_variable
    >>> k, p = index_variable("k"), index_variable("p")
    >>> found = place(delta(k, p), Binder("sum", k, k, ZERO, Number(3)), {p: (ZERO, Number(4))})
    >>> found == (p, compare("le", p, Number(3)))
    True
    """
    fixed = _solved(delta, binder.variable)
    if fixed is None or binder.lower is None or binder.upper is None:
        return None
    value, whole = fixed
    inside = conjunction(compare("le", binder.lower, value), compare("le", value, binder.upper))
    held = instantiate(conjunction(binder.condition, guard), {binder.variable: value})
    return value, simplified(tidied(conjunction(whole, inside, held)), ranges)


def _has_delta(expr: Expr) -> bool:
    return any(isinstance(node, Apply) and node.head == "delta" for node in walk(expr))


def _has_delta_of(expr: Expr, variable: Variable) -> bool:
    return any(
        isinstance(node, Apply) and node.head == "delta" and any(inner == variable for inner in walk(node))
        for node in walk(expr)
    )


def _solved(delta: Apply, variable: Variable) -> tuple[Expr, Expr] | None:
    """The value of the index at which a delta is 1, and the condition that this is a whole number."""
    left, right = (linear_form(arg) for arg in delta.args)
    if left is None or right is None:
        return _isolated(delta, variable)
    difference = right - left
    c = difference.coefficient(variable)
    if c == 0 or not difference.is_integral():
        return None
    rest = (difference - Affine({variable: c})).scaled(-1 if c > 0 else 1)
    if abs(c) == 1:
        return rest.to_expr(), TRUE
    step = Number(max(c, -c))
    value = function("floor", divide(rest.to_expr(), step))
    return value, compare("eq", mul(step, value), rest.to_expr())


def _isolated(delta: Apply, variable: Variable) -> tuple[Expr, Expr] | None:
    """The same with letters for factors: ``δ(s i + d k, p)`` is 1 at k = (p - s i)/d, if d divides that."""
    left, right = delta.args
    terms = [*summands(left, ONE), *summands(right, MINUS_ONE)]
    inside = [term for term in terms if _mentions(term, variable)]
    if len(inside) != 1:
        return None
    factors = inside[0].args if isinstance(inside[0], Apply) and inside[0].head == "mul" else inside
    step = mul(*(factor for factor in factors if factor != variable))
    if _mentions(step, variable) or variable not in factors:
        return None
    rest = add(*(mul(MINUS_ONE, term) for term in terms if term is not inside[0]))
    if isinstance(step, Number) and abs(step.value) == 1:
        return add(*summands(rest, step)), TRUE
    if any(isinstance(factor, Number) and factor.value < 0 for factor in factors):
        step, rest = mul(MINUS_ONE, step), add(*summands(rest, MINUS_ONE))
    value = function("floor", divide(rest, step))
    return value, compare("eq", mul(step, value), rest)


def summands(expr: Expr, sign: Expr) -> list[Expr]:
    """The terms of a sum, each times a sign."""
    terms = terms_of(expr)
    return [mul(sign, term) for term in terms]


def _mentions(expr: Expr, variable: Variable) -> bool:
    return any(node == variable for node in walk(expr))


def _terms(expr: Expr, variable: Variable) -> list[Term] | None:
    """The expression as a sum of terms, split at the deltas of this index; None if too many."""
    if not _has_delta_of(expr, variable):
        return [Term(rest=(expr,))]
    if isinstance(expr, Apply):
        split = _SPLIT.get(expr.head)
        return [Term(rest=(expr,))] if split is None else split(expr, variable)
    if isinstance(expr, Cases) and expr.otherwise is not None:
        return _terms_of_cases(expr, variable)
    return [Term(rest=(expr,))]


def _terms_of_sum(expr: Apply, variable: Variable) -> list[Term] | None:
    found: list[Term] = []
    for arg in expr.args:
        part = _terms(arg, variable)
        if part is None or len(found) > MAX_TERMS:
            return None
        found += part
    return found


def _terms_of_product(expr: Apply, variable: Variable) -> list[Term] | None:
    found = [Term()]
    for arg in expr.args:
        part = _terms(arg, variable)
        if part is None or len(found) * len(part) > MAX_TERMS:
            return None
        found = [left.times(right) for left in found for right in part]
    return found


def _terms_of_cases(expr: Cases, variable: Variable) -> list[Term] | None:
    """[c₁] u₁ + [not c₁ and c₂] u₂ + …"""
    found: list[Term] = []
    before: Expr = TRUE
    assert expr.otherwise is not None
    for condition, value in (*expr.branches, (TRUE, expr.otherwise)):
        part = _terms(value, variable) if value != ZERO else []
        if part is None:
            return None
        guard = Term(conjunction(before, condition))
        found += [guard.times(term) for term in part]
        before = conjunction(before, negation(condition))
    return found


_SPLIT: dict[str, Callable[[Apply, Variable], list[Term] | None]] = {
    "add": _terms_of_sum,
    "mul": _terms_of_product,
    "delta": lambda expr, variable: [Term(deltas=(expr,))],
}
