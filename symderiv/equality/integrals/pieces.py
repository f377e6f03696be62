"""The cells of an integrand along its variable: between poles, and points where |u|, max or cases switch."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from symderiv.equality.cells.quadratic_roots import quadratic_roots
from symderiv.equality.cells.solving import solve
from symderiv.equality.conditions.condition import knowledge, sign
from symderiv.equality.facts import narrowed
from symderiv.equality.integrals.waves import crossings
from symderiv.equality.normal_forms.plain import factors_of_fraction, plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression.build import add, compare, conjunction, divide, mul, negation, negative, subtract
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.progressions import intercept, line
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, ZERO, Apply, Cases, Expr, Number, Variable, walk

SWITCHING = frozenset(("abs", "sign", "heaviside", "max", "min", "floor"))
MAX_BREAKS, MAX_JUMPS = 6, 24
Ends = tuple[Expr, Expr]


class Unclear(Exception):
    """A switch that can't be placed, or decided in a cell."""


class UnclearSlope(Unclear):
    """A switch that could be placed if the sign of the slope of its argument were known."""

    def __init__(self, slope: Expr) -> None:
        super().__init__()
        self.slope = slope


def breaks(expr: Expr, t: Variable, ends: Ends, facts: tuple[Expr, ...]) -> list[Expr]:
    """The points along ``t`` at which the integrand switches, or has a pole that can be placed, in order."""
    jumps = [place for node in walk(expr) for place in _jumps(node, t, ends)]
    gaps = (gap for node in walk(expr) for gap in gaps_of(node))
    jumps += [place for gap in gaps for place in crossings(gap, t, ends)]
    found = dict.fromkeys(jumps)
    for node in walk(expr):
        for gap in gaps_of(node):
            for piece in _pieces(gap):
                if t in free_variables(piece):
                    found.update(dict.fromkeys(_zeros(piece, t, facts)))
        divisor = pole(node, t)
        if divisor is not None and free_variables(divisor) == {t}:
            found[zero_of(divisor, t, facts)] = None
    ordered: list[Expr] = []
    for point in found:
        _insert(ordered, point, facts)
    if len(ordered) > MAX_BREAKS + len(jumps):
        raise Unclear
    return ordered


def _pieces(gap: Expr) -> Iterator[Expr]:
    """What a gap may be, according to the switches in it: ``1 - |t|`` is ``1 - t`` or ``1 + t``."""
    for node in walk(gap):
        if isinstance(node, Apply) and node.head in ("abs", "max", "min"):
            choices = (node.args[0], negative(node.args[0])) if node.head == "abs" else node.args
            for choice in choices:
                yield from _pieces(substitute(gap, {node: choice}))
            return
    yield gap


def pole(node: Expr, t: Variable) -> Expr | None:
    """The u of a negative whole power of u, or of ``uᵏ``, where u is ``m t + c``."""
    match node:
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if exponent < 0:
            inner = base.args[0] if isinstance(base, Apply) and base.head == "pow" else base
            return inner if line(inner, t) is not None else None
    return None


def gaps_of(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply):
        if node.head in ("abs", "sign", "heaviside"):
            yield node.args[0]
        if node.head in ("max", "min"):
            yield from (subtract(a, b) for k, a in enumerate(node.args) for b in node.args[k + 1 :])
        if node.head in ("lt", "le", "eq", "ne"):
            yield subtract(*node.args)


def _jumps(node: Expr, t: Variable, ends: Ends) -> Iterator[Expr]:
    """Where ``⌊m t + c⌋`` jumps between two numbers."""
    if not isinstance(node, Apply) or node.head != "floor" or t not in free_variables(node):
        return
    (u,) = node.args
    m = line(u, t)
    values = [instantiate(u, {t: end}) for end in ends if isinstance(end, Number)]
    reached = [value.value for value in values if isinstance(value, Number)]
    if not isinstance(m, Number) or m == ZERO or len(reached) != 2 or max(reached) - min(reached) > MAX_JUMPS:
        raise Unclear
    for whole in range(ceil(min(reached)), floor(max(reached)) + 1):
        yield divide(subtract(Number(whole), intercept(u, t)), m)


def _zeros(gap: Expr, t: Variable, facts: tuple[Expr, ...]) -> Iterator[Expr]:
    """Where a gap is zero, or a divisor in it: one place of a line, of what speaks of t alone those that are
    rational or roots of a quadratic factor. Whether it turns elsewhere is asked in each cell.
    """
    m = line(gap, t)
    if m is not None and sign(m, facts) == 0:
        return
    if m is not None or free_variables(gap) != {t}:
        yield zero_of(gap, t, facts)
        return
    found = plain_forms(gap)
    if found is None:
        raise Unclear
    nf, (element,) = found
    for factor in factors_of_fraction(nf.field, element):
        solution = solve(nf.field, factor)
        if solution is not None and solution.unknown == t and isinstance(solution.value, Number):
            yield solution.value
        yield from _roots_of(to_expr(nf.field, factor), t)


def _roots_of(factor: Expr, t: Variable) -> Iterator[Expr]:
    """The roots of a quadratic polynomial with numbers for coefficients."""
    coefficients = coefficients_in(factor, t) or ()
    if len(coefficients) == 3 and all(isinstance(each, Number) for each in coefficients):
        yield from quadratic_roots(coefficients)


def zero_of(gap: Expr, t: Variable, facts: tuple[Expr, ...]) -> Expr:
    m = line(gap, t)
    if m is None or sign(m, facts) == 0:
        raise Unclear
    if not isinstance(sign(m, facts), int):
        raise UnclearSlope(m)
    return negative(divide(intercept(gap, t), m)) if m != ONE else negative(intercept(gap, t))


def _insert(ordered: list[Expr], point: Expr, facts: tuple[Expr, ...]) -> None:
    known = knowledge(facts)
    for k, other in enumerate(ordered):
        if known.implies(compare("eq", point, other)):
            return
        if known.implies(compare("lt", point, other)):
            ordered.insert(k, point)
            return
        if not known.implies(compare("lt", other, point)):
            raise Unclear
    ordered.append(point)


def resolved(expr: Expr, facts: tuple[Expr, ...]) -> Expr:
    """The integrand with every switch decided by the facts of a cell."""
    if isinstance(expr, Cases):
        for condition, value in expr.branches:
            if _decided(condition, facts):
                return resolved(value, facts)
        if expr.otherwise is None:
            raise Unclear
        return resolved(expr.otherwise, facts)
    if not expr.children:
        return expr
    if isinstance(expr, Apply) and expr.head in SWITCHING:
        return _switch(expr, [resolved(arg, facts) for arg in expr.args], facts)
    return refold(expr, tuple(resolved(child, facts) for child in expr.children))


def _decided(condition: Expr, facts: tuple[Expr, ...]) -> bool:
    known = knowledge(facts)
    if known.implies(condition):
        return True
    if known.implies(negation(condition)):
        return False
    raise Unclear


def _switch(expr: Apply, args: list[Expr], facts: tuple[Expr, ...]) -> Expr:
    if expr.head in ("max", "min"):
        best = args[0]
        for arg in args[1:]:
            best = _winner(best, arg, expr.head, facts)
        return best
    if expr.head == "floor":
        return _whole_part(args[0], facts)
    found = sign(args[0], facts)
    if found not in (1, -1, 0):
        raise Unclear
    assert isinstance(found, int)
    if expr.head == "abs":
        return mul(Number(found), args[0]) if found else ZERO
    return Number(found) if expr.head == "sign" else divide(add(ONE, Number(found)), Number(2))


def _whole_part(u: Expr, facts: tuple[Expr, ...]) -> Expr:
    """The integer under which u stays in a cell that one name runs through, between two numbers."""
    (t,) = free_variables(u)
    cell = narrowed(t, facts)
    if cell.lower is None or cell.upper is None:
        raise Unclear
    inside = instantiate(u, {t: Number((cell.lower + cell.upper) / 2)})
    if not isinstance(inside, Number):
        raise Unclear
    k = Number(floor(inside.value))
    if not _decided(conjunction(compare("le", k, u), compare("lt", u, add(k, ONE))), facts):
        raise Unclear
    return k


def _winner(a: Expr, b: Expr, head: str, facts: tuple[Expr, ...]) -> Expr:
    a_first = _decided(compare("le", b, a), facts)
    return a if a_first == (head == "max") else b
