"""Where an entry surely has no derivative, and whether it has one everywhere else.

`symderiv.calculus.kinks` says where an entry surely has one. Between the two lie points where kinks may
cancel: x |x| has a derivative at 0, and so has max(x, 0) - max(-x, 0), but |x| + max(x, 0) has none, for both
turn up.

    up, down    continuous, and its slope can only jump up (down): |u|, max(u, v), their sums, exp of them
    bend        continuous, and its slope may jump either way
    jump        the value itself jumps wherever it isn't fine
    broken      the value or its slope may jump

    |u|, max(u, v): none at a tie           sign u, H(u), ⌊u⌋: none where it is crossed, u' ≠ 0
    u v, v smooth: none where u has none and v ≠ 0 (where u jumps, v ≠ 0 or v' ≠ 0)
    √u: none where u = 0 and u' ≠ 0 or u'' ≠ 0: ‖x‖ at 0

Source: Scholtes, *Introduction to Piecewise Differentiable Equations* (2012), §3.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from symderiv.calculus.derivative import Differentiation
from symderiv.calculus.functions import EDGES
from symderiv.calculus.kinks import Smoothness
from symderiv.calculus.occurrence import every, vanishes, whole
from symderiv.expression.build import (
    compare,
    conjunction,
    disjunction,
    function,
    mul,
    negation,
    negative,
    subtract,
)
from symderiv.expression.kink_conditions import UNKNOWN, or_on_kinks
from symderiv.expression.tree import (
    FALSE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    walk,
)
from symderiv.index.every_size.positivity import is_positive

BendKind = Literal["smooth", "up", "down", "bend", "jump", "broken"]


@dataclass(frozen=True, slots=True)
class Bend:
    """``fine``: off it there is surely no derivative; ``exact``: wherever it holds there is one."""

    kind: BendKind
    fine: Expr = TRUE
    exact: bool = False


SMOOTH = Bend("smooth", TRUE, True)
_TURNED: dict[BendKind, BendKind] = {"up": "down", "down": "up"}
_CONTINUOUS = frozenset(("smooth", "up", "down", "bend"))
_GROWING = frozenset(("exp", "log", "sinh", "tanh", "atan", "asinh", "erf"))


def where_differentiable(rules: Differentiation, value: Expr, sure: Expr) -> Expr:
    """``sure``, the plain condition, or else what is known at kinks.

    >>> from symderiv.calculus.kinks import smooth
    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> relu = function("max", x, ZERO)
    >>> where_differentiable(Differentiation(x, ()), relu, smooth(relu, x)) == smooth(relu, x)
    True
    """
    if sure == TRUE:
        return TRUE
    found = Bends(rules).of(value)
    there = found.fine if found.exact else conjunction(found.fine, UNKNOWN)
    return sure if there == sure else or_on_kinks(sure, there)


class Bends:
    """The bends of one differentiation."""

    def __init__(self, rules: Differentiation) -> None:
        self.rules = rules
        self.smoothness = Smoothness(rules)
        self._known: dict[Expr, Bend] = {}

    def of(self, expr: Expr) -> Bend:
        if not self.rules.occurs(expr):
            return SMOOTH
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._of(expr)
        return found

    def _of(self, expr: Expr) -> Bend:
        if isinstance(expr, Binder):
            return self._binder(self.rules.renamed(expr))
        if isinstance(expr, Cases):
            return self._cases(expr)
        if isinstance(expr, Apply):
            return _RULES.get(expr.head, Bends._function)(self, expr)
        return self._plain(expr)

    def _plain(self, expr: Expr) -> Bend:
        """What is said of nothing else: smooth if all its parts are."""
        return _cancelling([part for child in expr.children if (part := self.of(child)) != SMOOTH])

    def _rests(self, expr: Expr) -> Expr:
        return vanishes(self.rules.of(expr))

    def _extremum(self, expr: Expr, parts: tuple[Expr, ...], kind: BendKind) -> Bend:
        """|u| and max(u, v) of smooth u and v: the plain condition is exact."""
        kinds = {self.of(part).kind for part in parts}
        if kinds == {"smooth"}:
            return Bend(kind, self.smoothness.of(expr), True)
        return Bend(kind if kinds <= {"smooth", kind} else _loosest(kinds))

    def _abs(self, expr: Apply) -> Bend:
        (u,) = expr.args
        found = self.of(u)
        if found == SMOOTH:
            return self._extremum(expr, expr.args, "up")
        if found.kind not in _CONTINUOUS:
            return Bend("broken")
        return Bend("bend", disjunction(compare("eq", u, ZERO), found.fine))

    def _sum(self, expr: Apply) -> Bend:
        return _together([part for term in expr.args if (part := self.of(term)) != SMOOTH])

    def _product(self, expr: Apply) -> Bend:
        bent = [factor for factor in expr.args if self.of(factor) != SMOOTH]
        if len(bent) != 1:
            return _cancelling([self.of(factor) for factor in bent])
        found = self.of(bent[0])
        rest = mul(*(factor for factor in expr.args if factor is not bent[0]))
        if is_positive(rest, _has_no_term):
            return found
        if is_positive(negative(rest), _has_no_term):
            return replace(found, kind=_TURNED.get(found.kind, found.kind))
        if found.kind in _CONTINUOUS:
            return Bend("bend", disjunction(found.fine, vanishes(rest)), found.exact)
        if found.kind == "jump":
            rests = conjunction(vanishes(rest), self._rests(rest))
            return Bend("broken", disjunction(found.fine, rests), found.exact)
        return Bend("broken", disjunction(found.fine, vanishes(rest)))

    def _power(self, expr: Apply) -> Bend:
        base, exponent = expr.args
        found = self.of(base)
        if self.rules.occurs(exponent) or not isinstance(exponent, Number):
            return SMOOTH if found == SMOOTH and whole(exponent) else Bend("broken")
        if not isinstance(exponent.value, int):
            return self._root(base, exponent.value)
        return found if found == SMOOTH else self._whole_power(base, exponent.value, found)

    def _whole_power(self, base: Expr, exponent: int, found: Bend) -> Bend:
        """u^n turns where u does, but where u = 0; a jump from -1 to 1 is none of u²."""
        if found.kind in _CONTINUOUS:
            at_zero = compare("eq", base, ZERO) if exponent > 0 else FALSE
            return Bend("bend", disjunction(found.fine, at_zero), found.exact)
        kept = exponent % 2 and (exponent < 0 or found.kind == "jump")
        return found if kept else Bend("broken")

    def _root(self, base: Expr, exponent: Fraction) -> Bend:
        """u^q at u = 0, u smooth: of the order |h|^q where u' ≠ 0, of |h|^2q where u'' ≠ 0."""
        found = self.of(base)
        if found != SMOOTH:
            return Bend("broken", disjunction(compare("le", base, ZERO), found.fine))
        if not 0 < exponent < 1:
            return Bend("bend")
        slope = self.rules.of(base)
        flat = vanishes(slope)
        if 2 * exponent <= 1 and self.of(slope) == SMOOTH:
            flat = conjunction(flat, self._rests(slope))
        return Bend("bend", disjunction(compare("ne", base, ZERO), flat))

    def _jump(self, expr: Apply) -> Bend:
        (u,) = expr.args
        if self.of(u) != SMOOTH:
            return Bend("broken")
        mark = function("floor", u) if expr.head == "floor" else ZERO
        rests = self._rests(u)
        return Bend("jump", disjunction(compare("ne", u, mark), rests), rests == FALSE)

    def _function(self, expr: Apply) -> Bend:
        if expr.head in EDGES and self.of(expr.args[0]) == SMOOTH:
            edge = compare("ne", EDGES[expr.head](expr.args[0]), ZERO)
            return Bend("bend", disjunction(edge, self._rests(expr.args[0])))
        return self.of(expr.args[0]) if expr.head in _GROWING else self._plain(expr)

    def _cases(self, expr: Cases) -> Bend:
        if len(expr.branches) != 1:
            return Bend("broken")
        ((condition, inside),), outside = expr.branches, expr.otherwise or ZERO
        first, second = self.of(inside), self.of(outside)
        if not self.rules.occurs(condition):
            fine = conjunction(
                disjunction(negation(condition), first.fine), disjunction(condition, second.fine)
            )
            bent = {first.kind, second.kind} - {"smooth"}
            kind = "smooth" if not bent else bent.pop() if len(bent) == 1 else _loosest(bent)
            return Bend(kind, fine, first.exact and second.exact)
        if not (
            first == second == SMOOTH and isinstance(condition, Apply) and condition.head in ("lt", "le")
        ):
            return Bend("broken")
        return self._border(subtract(*condition.children), inside, outside)

    def _border(self, gap: Expr, inside: Expr, outside: Expr) -> Bend:
        """On the border that is crossed: none, unless both sides have one value and one slope there."""
        if self.of(gap) != SMOOTH:
            return Bend("broken")
        alike = conjunction(compare("eq", inside, outside), self._rests(subtract(inside, outside)))
        rests = self._rests(gap)
        return Bend("broken", disjunction(compare("ne", gap, ZERO), rests, alike), rests == FALSE)

    def _binder(self, expr: Binder) -> Bend:
        if any(end is not None and self.rules.occurs(end) for end in (expr.lower, expr.upper)):
            return Bend("broken")
        if expr.kind in ("max", "min"):
            return self._extremum(expr, (expr.body,), "up" if expr.kind == "max" else "down")
        found = self.of(expr.body)
        if found == SMOOTH:
            return SMOOTH
        if expr.kind != "sum":
            return Bend("broken")
        if found.kind in ("up", "down") or self._moves_alone(expr):
            return replace(found, fine=every(expr, found.fine))
        return Bend(found.kind)

    def _moves_alone(self, expr: Binder) -> bool:
        """Whether one term contains the entry: in every x[i, …] the bound index stands at the same axis."""
        met = [node for node in walk(expr.body) if isinstance(node, Index) and node.base == self.rules.wrt]
        return bool(met) and any(
            all(node.indices[axis] == expr.variable for node in met) for axis in range(len(self.rules.at))
        )


def _has_no_term(binder: Binder) -> bool:
    return False


def _loosest(kinds: set[BendKind]) -> BendKind:
    """What is left of several that may cancel, or of one whose slope may be turned round."""
    return "bend" if kinds <= _CONTINUOUS else "broken"


def _cancelling(bent: list[Bend]) -> Bend:
    """Parts whose bends may cancel."""
    return Bend(_loosest({part.kind for part in bent})) if bent else SMOOTH


def _together(bent: list[Bend]) -> Bend:
    """The terms of a sum: none cancels another one if all turn the same way."""
    if not bent or (len(bent) > 1 and {part.kind for part in bent} not in ({"up"}, {"down"})):
        return _cancelling(bent)
    return Bend(bent[0].kind, conjunction(*(part.fine for part in bent)), all(part.exact for part in bent))


_RULES: dict[str, Callable[[Bends, Apply], Bend]] = {
    "abs": Bends._abs,
    "max": lambda bends, expr: bends._extremum(expr, expr.args, "up"),
    "min": lambda bends, expr: bends._extremum(expr, expr.args, "down"),
    "add": Bends._sum,
    "mul": Bends._product,
    "pow": Bends._power,
    "sign": Bends._jump,
    "heaviside": Bends._jump,
    "floor": Bends._jump,
}
