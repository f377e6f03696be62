"""Differentiation of one entry: the sum, product, power and chain rule, over sums, cases and deltas.

    ∂x[i]/∂x[p] = δ(i, p),     (u + v)' = u' + v',     (u v)' = u' v + u v',     f(u)' = f'(u) u'

The result is in the entry language and nothing in it is simplified but numbers: `symderiv.index` collapses
the deltas of a sum. Bound names are renamed where they would catch a name of the point.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.calculus.bound_names import another_name, over_another_name
from symderiv.calculus.extrema import is_a_pair, read_apart, rivals
from symderiv.calculus.functions import EDGES, SLOPES
from symderiv.calculus.inverses import determinant_rule, inverse_rule
from symderiv.calculus.log_products import has_product, log_slope
from symderiv.calculus.occurrence import whole
from symderiv.calculus.resting import is_flat, resting, unless_zero
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    delta,
    function,
    mul,
    power,
    subtract,
)
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)


def derivative(value: Expr, wrt: Variable, at: tuple[Expr, ...] = ()) -> Expr:
    """``∂ value / ∂ wrt[at]`` of an entry expression; ``at`` is empty for a scalar.

    Entries of an array are independent of each other, those of a symmetric one too. Where the value has a
    kink the result is some number; `symderiv.calculus.kinks.smooth` says where it means something.

    Raises MeaningError where a function has no derivative in the entry language (Γ, an opaque
    function of an array).

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> derivative(Apply("mul", (x, x)), x) == add(x, x)
    True
    """
    return Differentiation(wrt, at).of(value)


class Differentiation:
    """Differentiation by one entry of one name; each subexpression is differentiated once."""

    def __init__(self, wrt: Variable, at: tuple[Expr, ...]) -> None:
        if len(at) != len(wrt.kind.shape):
            raise ShapeError(f"{len(at)} indices for {wrt.name}, an array of rank {len(wrt.kind.shape)}")
        self.wrt = wrt
        self.at = at
        self.taken = frozenset(v.name for index in at for v in free_variables(index))
        self._derivatives: dict[Expr, Expr] = {}
        self._occurs: dict[Expr, bool] = {}

    def occurs(self, expr: Expr) -> bool:
        """Whether the name stands anywhere in the expression."""
        found = self._occurs.get(expr)
        if found is None:
            found = expr == self.wrt or any(self.occurs(child) for child in expr.children)
            self._occurs[expr] = found
        return found

    def of(self, expr: Expr) -> Expr:
        if not self.occurs(expr):
            return ZERO
        found = self._derivatives.get(expr)
        if found is None:
            found = self._derivatives[expr] = _RULES[type(expr)](self, expr)
        return found

    def _variable(self, expr: Variable) -> Expr:
        if self.at:
            raise MeaningError(f"{self.wrt.name} is an array: no derivative of it as a whole")
        return ONE

    def _entry(self, expr: Index) -> Expr:
        """∂x[i,j]/∂x[p,q] = δ(i,p) δ(j,q); a table entry by entry; f(x)[i] by the chain rule."""
        if any(self.occurs(index) for index in expr.indices):
            raise MeaningError("no derivative by a name that an index is computed from")
        if expr.base == self.wrt:
            return mul(*(delta(i, p) for i, p in zip(expr.indices, self.at, strict=True)))
        if isinstance(expr.base, Sequence):
            return Index(self._table(expr.base), expr.indices)
        if isinstance(expr.base, Call):
            return self._call(expr.base, expr.indices)
        raise MeaningError("no derivative of an entry of this")

    def _table(self, table: Expr) -> Expr:
        if isinstance(table, Sequence):
            return Sequence(tuple(self._table(item) for item in table.items), table.kind)
        return self.of(table)

    def apply_rule(self, expr: Apply) -> Expr:
        rule = _HEADS.get(expr.head)
        if rule is not None:
            return rule(self, expr.args)
        slope = SLOPES.get(expr.head)
        if slope is None:
            raise MeaningError(f"no derivative of {expr.head} is known here")
        (inner,) = expr.args
        if expr.head == "log" and has_product(inner):
            return log_slope(self, inner)
        moved = mul(slope(inner), self.of(inner))
        edge = EDGES.get(expr.head)
        if edge is None:
            return moved
        return ZERO if is_flat(self.of(inner)) else resting(edge(inner), moved)

    def sum_rule(self, terms: tuple[Expr, ...]) -> Expr:
        return add(*(self.of(term) for term in terms))

    def product_rule(self, factors: tuple[Expr, ...]) -> Expr:
        """Σ_k u_k' Π_{l≠k} u_l"""
        return add(
            *(
                mul(*factors[:k], self.of(factor), *factors[k + 1 :])
                for k, factor in enumerate(factors)
                if self.occurs(factor)
            )
        )

    def power_rule(self, args: tuple[Expr, ...]) -> Expr:
        """(u^v)' = v u^(v-1) u' + u^v log(u) v', and 0 where u rests on 0"""
        base, exponent = args
        by_base = mul(exponent, power(base, subtract(exponent, ONE)), self.of(base))
        if self.occurs(exponent):
            by_both = add(by_base, mul(power(base, exponent), function("log", base), self.of(exponent)))
            return resting(base, by_both)
        if isinstance(exponent, Number) and isinstance(exponent.value, int):
            return by_base
        if whole(exponent):
            return unless_zero(exponent, base, by_base)
        return ZERO if is_flat(self.of(base)) else resting(base, by_base)

    def max_rule(self, args: tuple[Expr, ...]) -> Expr:
        """max(u, v)' = u' H(u - v) + v' H(v - u); of more, the derivative of the largest."""
        return self._extremum(args, lambda u, v: subtract(u, v), lambda u, v: compare("le", v, u))

    def min_rule(self, args: tuple[Expr, ...]) -> Expr:
        """min(u, v)' = u' H(v - u) + v' H(u - v); of more, the derivative of the smallest."""
        return self._extremum(args, lambda u, v: subtract(v, u), lambda u, v: compare("le", u, v))

    def _extremum(
        self,
        args: tuple[Expr, ...],
        lead: Callable[[Expr, Expr], Expr],
        wins: Callable[[Expr, Expr], Expr],
    ) -> Expr:
        if len(args) == 2:
            u, v = args
            return add(
                mul(self.of(u), function("heaviside", lead(u, v))),
                mul(self.of(v), function("heaviside", lead(v, u))),
            )
        branches = tuple(
            (conjunction(*(wins(u, v) for l, v in enumerate(args) if l != k)), self.of(u))  # noqa: E741
            for k, u in enumerate(args)
        )
        return cases(branches[:-1], branches[-1][1])

    def cases_rule(self, expr: Cases) -> Expr:
        """Each branch by itself."""
        branches = tuple((condition, self.of(value)) for condition, value in expr.branches)
        return cases(branches, None if expr.otherwise is None else self.of(expr.otherwise))

    def _call(self, expr: Call, indices: tuple[Expr, ...] = ()) -> Expr:
        """f(u, v)' = ∂₁f(u, v) u' + ∂₂f(u, v) v'"""
        if any(isinstance(arg, Variable) and arg.kind.shape for arg in expr.args):
            raise MeaningError(
                f"{expr.function.name} of an array has no derivative that can be written",
                cure="apply it to numbers, as in f(x[i])",
            )
        terms: list[Expr] = []
        for k, arg in enumerate(expr.args):
            if self.occurs(arg):
                orders = tuple(order + (k == l) for l, order in enumerate(expr.orders))  # noqa: E741
                outer: Expr = Call(expr.function, expr.args, orders)
                terms.append(mul(Index(outer, indices) if indices else outer, self.of(arg)))
        return add(*terms)

    def renamed(self, expr: Binder) -> Binder:
        """The binder, its variable renamed if the point mentions it."""
        if expr.variable.name not in self.taken:
            return expr
        return over_another_name(expr, self.taken)

    def _binder(self, expr: Binder) -> Expr:
        rule = _BINDERS.get(expr.kind)
        if rule is None:
            raise MeaningError(f"no derivative of a {expr.kind}")
        if expr.kind != "integral" and any(
            end is not None and self.occurs(end) for end in (expr.lower, expr.upper)
        ):
            raise MeaningError(f"no derivative by a name in the bounds of a {expr.kind}")
        return rule(self, self.renamed(expr))

    def _sum(self, expr: Binder) -> Expr:
        """(Σ_k u_k)' = Σ_k u_k'"""
        inner = self.of(expr.body)
        if inner == ZERO:
            return ZERO
        return Binder("sum", inner, expr.variable, expr.lower, expr.upper, expr.condition)

    def _product(self, expr: Binder) -> Expr:
        """(Π_k u_k)' = Σ_k u_k' Π_{l≠k} u_l"""
        other = another_name(expr)
        rest = Binder(
            "prod",
            instantiate(expr.body, {expr.variable: other}),
            other,
            expr.lower,
            expr.upper,
            conjunction(
                instantiate(expr.condition, {expr.variable: other}), compare("ne", other, expr.variable)
            ),
        )
        body = mul(self.of(expr.body), rest)
        return Binder("sum", body, expr.variable, expr.lower, expr.upper, expr.condition)

    def range_rule(self, expr: Binder) -> Expr:
        """(max_k u_k)' = Σ_k u_k' [u_k is the maximum], the first of them where several may move alike."""
        if is_a_pair(expr):
            return self.of(expand(expr))
        everyone = rivals(expr)
        slope = self.of(everyone.value)
        again = everyone.again()[0]
        whole = again.over(expr.kind, again.value)
        wins = compare("eq", everyone.value, whole)
        if not read_apart(everyone, self.wrt):
            wins = conjunction(wins, everyone.first(whole))
        return everyone.over("sum", cases(((wins, slope),), ZERO))

    def _integral(self, expr: Binder) -> Expr:
        """(∫_a^b u dt)' = ∫_a^b u' dt + u(b) b' - u(a) a'"""
        inner = self.of(expr.body)
        terms: list[Expr] = []
        if inner != ZERO:
            terms.append(Binder("integral", inner, expr.variable, expr.lower, expr.upper))
        for end, sign in ((expr.upper, ONE), (expr.lower, MINUS_ONE)):
            if end is not None and self.occurs(end):
                terms.append(mul(sign, instantiate(expr.body, {expr.variable: end}), self.of(end)))
        return add(*terms)


def _no_rule(rules: Differentiation, expr: Expr) -> Expr:
    raise MeaningError(f"no derivative of a {type(expr).__name__.lower()}")


_HEADS: dict[str, Callable[[Differentiation, tuple[Expr, ...]], Expr]] = {
    "add": Differentiation.sum_rule,
    "mul": Differentiation.product_rule,
    "pow": Differentiation.power_rule,
    "max": lambda rules, args: rules.max_rule(args),
    "min": lambda rules, args: rules.min_rule(args),
    "delta": lambda rules, args: ZERO,
    "inverse": inverse_rule,
    "det": determinant_rule,
}

_BINDERS: dict[str, Callable[[Differentiation, Binder], Expr]] = {
    "sum": Differentiation._sum,
    "prod": Differentiation._product,
    "max": lambda rules, expr: rules.range_rule(expr),
    "min": lambda rules, expr: rules.range_rule(expr),
    "integral": Differentiation._integral,
}

_RULES: dict[type[Expr], Callable[..., Expr]] = {
    Variable: Differentiation._variable,
    Index: Differentiation._entry,
    Apply: lambda rules, expr: rules.apply_rule(expr),
    Cases: lambda rules, expr: rules.cases_rule(expr),
    Call: Differentiation._call,
    Binder: Differentiation._binder,
    Sequence: _no_rule,
}
