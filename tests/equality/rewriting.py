"""Random expressions, random true rewrites and random changes of them, for Hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from symderiv.expression.build import add, function, mul, number, power
from symderiv.expression.tree import ONE, ZERO, Apply, Cases, Expr, Number, Variable

X, Y, Z = (Variable(name) for name in "xyz")
NAMES = (X, Y, Z)
TWO = number(2)


def leaves() -> st.SearchStrategy[Expr]:
    numbers = st.sampled_from([number(k) for k in (-2, -1, 1, 2, 3)] + [Number(Fraction(1, 2))])
    return st.sampled_from(NAMES) | numbers


def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    smooth = st.sampled_from(["exp", "tanh", "sin", "atan"])
    switch = st.sampled_from(["abs", "heaviside", "sign"])
    return st.one_of(
        st.builds(add, inner, inner),
        st.builds(mul, inner, inner),
        st.builds(lambda a: power(a, TWO), inner),
        st.builds(function, smooth, inner),
        st.builds(function, switch, inner),
        st.builds(lambda a, b: function("max", a, b), inner, inner),
        st.builds(lambda a: mul(a, power(add(ONE, mul(a, a)), number(-1))), inner),
        st.builds(lambda a: function("log", add(ONE, function("exp", a))), inner),
        st.builds(lambda a: power(add(ONE, mul(a, a)), Number(Fraction(1, 2))), inner),
    )


expressions: st.SearchStrategy[Expr] = st.recursive(leaves(), larger, max_leaves=5)


def _double_negative(e: Expr, t: Expr) -> Expr:
    return mul(number(-1), mul(number(-1), e))


def _shift(e: Expr, t: Expr) -> Expr:
    return add(add(e, t), mul(number(-1), t))


def _sum_of_halves(e: Expr, t: Expr) -> Expr:
    return add(*(Apply("mul", (Number(Fraction(1, 2)), e)) for _ in range(2)))


def _through_exp(e: Expr, t: Expr) -> Expr:
    return function("log", function("exp", e))


def _split_cases(e: Expr, t: Expr) -> Expr:
    return Cases(((Apply("lt", (ZERO, t)), e),), e)


def _of_parts(e: Expr, t: Expr) -> Expr:
    positive = function("max", e, ZERO)
    return add(positive, mul(number(-1), function("max", mul(number(-1), e), ZERO)))


def _over_positive(e: Expr, t: Expr) -> Expr:
    below = add(ONE, mul(t, t))
    return mul(e, below, power(below, number(-1)))


def _half_of_extremes(e: Expr, t: Expr) -> Expr:
    both = add(function("max", e, t), function("min", e, t))
    return add(both, mul(number(-1), t))


Rewrite = Callable[[Expr, Expr], Expr]
TRUE_REWRITES: tuple[Rewrite, ...] = (
    _double_negative,
    _shift,
    _sum_of_halves,
    _through_exp,
    _split_cases,
    _of_parts,
    _over_positive,
    _half_of_extremes,
)


def somewhere(rewrite: Rewrite, e: Expr, t: Expr, where: int) -> Expr:
    """The rewrite made at the ``where``-th node that is a number (conditions are left alone)."""
    nodes = [0]

    def visit(node: Expr) -> Expr:
        nodes[0] += 1
        is_condition = isinstance(node, Apply) and node.head == "lt"
        if nodes[0] == where and not is_condition:
            return rewrite(node, t)
        if isinstance(node, Apply) and node.head == "lt":
            return node
        children = node.children
        return node.rebuild(tuple(visit(child) for child in children)) if children else node

    return visit(e)


def _one_more(e: Expr, t: Expr) -> Expr:
    return add(e, ONE)


def _tiny(e: Expr, t: Expr) -> Expr:
    return add(e, mul(Number(Fraction(1, 10**12)), function("exp", t)))


def _doubled(e: Expr, t: Expr) -> Expr:
    return add(e, power(add(e, ONE), TWO), ONE)


def _bent(e: Expr, t: Expr) -> Expr:
    return add(e, function("max", add(t, number(-3)), ZERO))


CHANGES: tuple[Rewrite, ...] = (_one_more, _tiny, _doubled)
CHANGES_ON_A_HALF_SPACE: tuple[Rewrite, ...] = (_bent,)
