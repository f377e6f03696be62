"""Small proofs about indices: what holds for every index in its range, by looking at the ends of the range.

Good enough to see that ``0 ≤ p`` and ``i + a ≤ n - 1`` always hold; what it can't see it leaves standing.
"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.expression.build import compare, conjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import TRUE, Apply, Exact, Expr, Index, Number, Variable, transform
from symderiv.index.integer_sets.affine import Affine, variable_form

Ranges = Mapping[Variable, tuple[Expr, Expr]]
"""First and last value of every index variable, both inclusive."""


def linear_form(expr: Expr) -> Affine | None:
    """``3 i - j + n`` as an affine form, or None. Anything scalar may be a term.

    >>> i = Variable("i")
    >>> str(linear_form(Apply("add", (i, Apply("mul", (Number(-1), i)), Number(2)))))
    '2'
    """
    if isinstance(expr, Number):
        return Affine({}, expr.value)
    if isinstance(expr, Variable):
        return variable_form(expr)
    if isinstance(expr, Apply) and expr.head == "add":
        total = Affine()
        for arg in expr.args:
            part = linear_form(arg)
            if part is None:
                return None
            total = total + part
        return total
    if isinstance(expr, Apply) and expr.head == "mul" and isinstance(expr.args[0], Number):
        if len(expr.args) != 2:
            return None
        inner = linear_form(expr.args[1])
        return None if inner is None else inner.scaled(expr.args[0].value)
    return None


def tidied(expr: Expr) -> Expr:
    """The expression with like terms combined in indices and comparisons: ``X[i + m - i]`` → ``X[m]``."""
    return transform(expr, _tidy_node)


def _tidy_node(node: Expr) -> Expr:
    if isinstance(node, Index):
        return Index(node.base, tuple(tidy_index(index) for index in node.indices), node.origin)
    if isinstance(node, Apply) and node.head in ("lt", "le", "eq", "ne"):
        return compare(node.head, *(tidy_index(arg) for arg in node.args))
    return node


def tidy_index(index: Expr) -> Expr:
    if not isinstance(index, Apply):
        return index
    form = linear_form(index)
    return index if form is None else form.to_expr()


def simplified(condition: Expr, ranges: Ranges) -> Expr:
    """The condition without the parts that hold anyway."""
    parts = conjuncts(condition)
    return conjunction(*(part for part in parts if not always(part, ranges)))


def always(condition: Expr, ranges: Ranges) -> bool:
    """Whether ``a ≤ b`` or ``a < b`` holds for all indices in their ranges (True only if it surely does)."""
    if condition == TRUE:
        return True
    if not isinstance(condition, Apply) or condition.head not in ("le", "lt"):
        return False
    small, large = (linear_form(arg) for arg in condition.args)
    if small is None or large is None:
        return False
    least = _least(large - small, ranges)
    return least is not None and least >= (1 if condition.head == "lt" else 0)


def _least(form: Affine, ranges: Ranges) -> Exact | None:
    """A lower bound of an affine form: each index at the worse end of its range, sizes at least 1."""
    for _ in range(8):
        inner = next((v for v in form.terms if v in ranges), None)
        if inner is None:
            break
        coefficient = form.coefficient(inner)
        end = linear_form(ranges[inner][0 if coefficient > 0 else 1])
        if end is None:
            return None
        form = form.put({inner: end})
    total = form.constant
    for variable, coefficient in form.terms.items():
        lower = variable.kind.domain.lower
        if lower is None or coefficient < 0:
            return None
        total += coefficient * lower
    return total
