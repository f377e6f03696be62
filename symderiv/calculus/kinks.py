"""Where an entry can be differentiated at all: the conditions that max, |·|, sign, floor and cases add.

    max(u, v): u ≠ v or u' = v'        |u|: u ≠ 0 or u' = 0        √u: u > 0        asin(u): u ≠ ±1
    sign(u), H(u): u ≠ 0               ⌊u⌋: u no integer           cases: off the border, or both sides agree

A jump function of something that rests on its jump, as H(max(x, 0)) does for all x < 0, is constant there and
has the derivative 0, and so is a root of something that rests on 0: so the conditions ask whether the
argument moves.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.calculus.derivative import Differentiation
from symderiv.calculus.extrema import is_a_pair, rivals
from symderiv.calculus.functions import EDGES
from symderiv.calculus.inverses import has_inverse
from symderiv.calculus.occurrence import apart, every, may_rest, may_vanish, vanishes, whole
from symderiv.calculus.resting import is_flat
from symderiv.calculus.rests import JUMPS, rests
from symderiv.expression.build import compare, conjunction, disjunction, function, negation, subtract
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.kink_conditions import or_at_rest
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Cases, Expr, Index, Sequence, Variable, walk

_COMPARISONS = frozenset(("lt", "le", "eq", "ne"))


def smooth(value: Expr, wrt: Variable, at: tuple[Expr, ...] = ()) -> Expr:
    """The condition under which ``∂ value / ∂ wrt[at]`` exists, given that the value does.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> smooth(Apply("max", (x, ZERO)), x) == compare("ne", x, ZERO)
    True
    """
    return Smoothness(Differentiation(wrt, at)).of(value)


class Smoothness:
    """The conditions of one differentiation."""

    def __init__(self, rules: Differentiation) -> None:
        self.rules = rules

    def of(self, expr: Expr) -> Expr:
        if not self.rules.occurs(expr):
            return TRUE
        if isinstance(expr, Cases):
            return self._cases(expr)
        if isinstance(expr, Binder):
            return self._binder(self.rules.renamed(expr))
        if isinstance(expr, Index) and isinstance(expr.base, Sequence):
            return Index(self._table(expr.base), expr.indices)
        inner = conjunction(*(self.of(child) for child in expr.children))
        if isinstance(expr, Apply) and expr.head in _OWN:
            return conjunction(inner, _OWN[expr.head](self, *expr.args))
        return inner

    def _table(self, table: Expr) -> Expr:
        """The conditions of a table's entries, each for itself."""
        if isinstance(table, Sequence):
            return Sequence(tuple(map(self._table, table.items)), table.kind)
        return self.of(table)

    def _off(self, a: Expr, mark: Expr) -> Expr:
        """a is off the mark, or stays on it when the entry moves."""
        return disjunction(compare("ne", a, mark), self._stays(a))

    def _stays(self, a: Expr) -> Expr:
        """a doesn't move with the entry: it doesn't contain it, or rests; where it is flat, it may rest."""
        return self._resting(a, may_rest(a))

    def _stays_zero(self, a: Expr) -> Expr:
        return self._resting(a, may_vanish(a))

    def _resting(self, a: Expr, can: bool) -> Expr:
        slope = self.rules.of(a)
        if is_flat(slope):
            return self.of(a)
        if not can:
            return apart(self.rules, a)
        return or_at_rest(rests(self, a), conjunction(vanishes(slope), self.of(a)))

    def _jump(self, a: Expr) -> Expr:
        return self._off(a, ZERO)

    def _floor(self, a: Expr) -> Expr:
        return self._off(a, function("floor", a))

    def _abs(self, a: Expr) -> Expr:
        return disjunction(compare("ne", a, ZERO), vanishes(self.rules.of(a)))

    def _max(self, *args: Expr) -> Expr:
        return self._no_tie(args, lambda u, w: compare("lt", u, w))

    def _min(self, *args: Expr) -> Expr:
        return self._no_tie(args, lambda u, w: compare("lt", w, u))

    def _no_tie(self, args: tuple[Expr, ...], beaten: Callable[[Expr, Expr], Expr]) -> Expr:
        """No two arguments tie, unless a third one beats them or they move alike."""
        conditions: list[Expr] = []
        for k, u in enumerate(args):
            for l, v in enumerate(args[k + 1 :], k + 1):  # noqa: E741
                others = (beaten(u, w) for m, w in enumerate(args) if m not in (k, l))
                alike = vanishes(subtract(self.rules.of(u), self.rules.of(v)))
                conditions.append(disjunction(compare("ne", u, v), *others, alike))
        return conjunction(*conditions)

    def _power(self, base: Expr, exponent: Expr) -> Expr:
        """u^v with an exponent that isn't a whole number: u > 0 where u moves."""
        above = compare("lt", ZERO, base)
        if self.rules.occurs(exponent):
            rests = conjunction(compare("lt", ZERO, exponent), self._stays_zero(base))
            return disjunction(above, rests) if may_vanish(base) else above
        return TRUE if whole(exponent) else disjunction(above, self._stays_zero(base))

    def _edge(self, head: str, inner: Expr) -> Expr:
        """Off the edge of its domain, where the slope is infinite, if the argument moves."""
        edge = EDGES[head](inner)
        return self._off(edge, ZERO) if may_rest(edge) or is_flat(self.rules.of(edge)) else TRUE

    def _cases(self, expr: Cases) -> Expr:
        """Each branch where it applies, and off the borders between branches."""
        rest = TRUE if expr.otherwise is None else self.of(expr.otherwise)
        for condition, value in reversed(expr.branches):
            here = self.of(value)
            if here != rest:
                rest = conjunction(disjunction(negation(condition), here), disjunction(condition, rest))
        return conjunction(rest, *(self._border(a, b, expr) for a, b in self._borders(expr)))

    def _borders(self, expr: Cases) -> list[tuple[Expr, Expr]]:
        """Both sides of every comparison that the entry takes part in."""
        return [
            (node.args[0], node.args[1])
            for condition, _ in expr.branches
            for node in walk(condition)
            if isinstance(node, Apply) and node.head in _COMPARISONS and self.rules.occurs(node)
        ]

    def _unbroken(self, expr: Expr) -> Expr:
        """That nothing in it jumps: a comparison with 0 tells no sides apart where ⌊x⌋ > 0 begins."""
        broken = (node for node in walk(expr) if isinstance(node, Cases) or _jumps(node))
        return conjunction(*(self.of(node) for node in broken if self.rules.occurs(node)))

    def _border(self, a: Expr, b: Expr, expr: Cases) -> Expr:
        """Off the border, or the two sides have one value and one derivative there."""
        gap = subtract(a, b)
        away = conjunction(self._off(gap, ZERO), self._unbroken(gap))
        if len(expr.branches) != 1 or expr.otherwise is None:
            return away
        inside, outside = expr.branches[0][1], expr.otherwise
        slopes = subtract(self.rules.of(inside), self.rules.of(outside))
        alike = conjunction(compare("eq", inside, outside), vanishes(slopes))
        return disjunction(away, conjunction(alike, self.of(inside), self.of(outside)))

    def _binder(self, expr: Binder) -> Expr:
        if expr.kind not in ("max", "min"):
            return every(expr, self.of(expr.body))
        return self.of(expand(expr)) if is_a_pair(expr) else self._largest(expr)

    def _largest(self, expr: Binder) -> Expr:
        """Of any two rivals one is not the extremum, or they move alike."""
        one = rivals(expr)
        other, put = one.again()
        slope = self.rules.of(one.value)
        alike = vanishes(subtract(slope, instantiate(slope, put)))
        beaten = (compare("ne", rival.value, expr) for rival in (one, other))
        pairs = one.over("forall", other.over("forall", disjunction(*beaten, alike)))
        return conjunction(one.over("forall", self.of(one.value)), pairs)


def _jumps(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head in JUMPS


_OWN: dict[str, Callable[..., Expr]] = {
    "max": Smoothness._max,
    "min": Smoothness._min,
    "abs": Smoothness._abs,
    "sign": Smoothness._jump,
    "heaviside": Smoothness._jump,
    "floor": Smoothness._floor,
    "pow": Smoothness._power,
    "asin": lambda kinks, u: kinks._edge("asin", u),
    "acos": lambda kinks, u: kinks._edge("acos", u),
    "acosh": lambda kinks, u: kinks._edge("acosh", u),
    "det": lambda kinks, matrix: has_inverse(matrix),
}
