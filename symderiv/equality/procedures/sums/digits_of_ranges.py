"""Ranges that are taken digit by digit: ``Σ_{k<nq} f(⌊k/q⌋, k mod q) = Σ_{s<n} Σ_{t<q} f(s, t)``.

So reads a Kronecker product: ``(A ⊗ B)(C ⊗ D) = A C ⊗ B D`` at every size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.conditions.condition import holds
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, divide, function, mul, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    index_variable,
    transform,
    walk,
)


def by_digits_of_ranges(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with each sum over a product of sizes written as two, where its body tells the digits apart."""

    def change(side: Expr) -> Expr:
        return transform(side, lambda node: _separated(node, problem.facts) or node)

    return with_sides_rewritten(problem, change, prove, "digits of indices")


def _separated(node: Expr, facts: tuple[Expr, ...]) -> Expr | None:
    if not isinstance(node, Binder) or node.kind != "sum" or node.condition != TRUE:
        return None
    if node.lower != ZERO or node.upper is None:
        return None
    count = add(node.upper, ONE)
    for base in _bases(node.body, node.variable):
        times = divide_exactly(count, base)
        if times is None or not (whole(times) and whole(base)):
            continue
        if holds(compare("lt", ZERO, base), facts) is True:
            return _as_two(node, times, base)
    return None


def whole(size: Expr) -> bool:
    """Whether a size is an integer by what it is made of."""
    if isinstance(size, Apply) and size.head in ("add", "mul"):
        return all(map(whole, size.args))
    if isinstance(size, Number):
        return isinstance(size.value, int)
    return isinstance(size, Variable) and size.kind.domain.integer


def _bases(body: Expr, k: Variable) -> Iterator[Expr]:
    """The q of each ``⌊k/q⌋``."""
    found: dict[Expr, None] = {}
    for node in walk(body):
        if isinstance(node, Apply) and node.head == "floor":
            (inner,) = node.args
            if isinstance(inner, Apply) and inner.head == "mul" and k in inner.args:
                found[mul(*(_reciprocal(arg) for arg in inner.args if arg != k))] = None
    yield from (base for base in found if k not in free_variables(base))


def _reciprocal(factor: Expr) -> Expr:
    is_power = isinstance(factor, Apply) and factor.head == "pow" and factor.args[1] == MINUS_ONE
    return factor.children[0] if is_power else divide(ONE, factor)


def divide_exactly(count: Expr, base: Expr) -> Expr | None:
    """n, where ``count`` is written as the product n q.

    >>> n, q = Variable("n"), Variable("q")
    >>> divide_exactly(mul(n, q), q) == n, divide_exactly(add(n, q), q)
    (True, None)
    """
    factors = list(count.args) if isinstance(count, Apply) and count.head == "mul" else [count]
    wanted = factors_of(base)
    for factor in wanted:
        if factor not in factors:
            return None
        factors.remove(factor)
    return mul(*factors)


def _as_two(node: Binder, times: Expr, base: Expr) -> Expr | None:
    """The double sum, if the body asks for nothing but the two digits of its variable."""
    k = node.variable
    taken = {part.name for part in walk(node) if isinstance(part, Variable)}
    high = index_variable(fresh(k.name, taken))
    low = index_variable(fresh(k.name, taken | {high.name}))
    first = function("floor", divide(k, base))
    second = subtract(k, mul(base, first))

    def digit(part: Expr) -> Expr:
        if not isinstance(part, Apply) or k not in free_variables(part):
            return part
        if part.head == "floor" and is_zero(subtract(part, first)):
            return high
        return low if part.head == "add" and is_zero(subtract(part, second)) else part

    body = _outside_in(node.body, digit)
    if k in free_variables(body):
        return None
    inner = Binder("sum", body, low, ZERO, add(base, MINUS_ONE))
    return Binder("sum", inner, high, ZERO, add(times, MINUS_ONE))


def _outside_in(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Changed from the outside: ``k - q ⌊k/q⌋`` before the floor in it."""
    changed = change(expr)
    if changed is not expr:
        return changed
    return (
        expr.rebuild(tuple(_outside_in(child, change) for child in expr.children)) if expr.children else expr
    )
