"""Normal forms written back as expressions: separable sums as products of sums, conditions as cases."""

from __future__ import annotations

from symderiv.errors import LimitExceeded
from symderiv.expression.build import cases, function
from symderiv.expression.tree import ZERO, Apply, Binder, BinderKind, Exact, Expr, Index, Variable, walk
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import variable_form
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.ranges import condition_of, nested_ranges
from symderiv.index.keys import free_position, key, names
from symderiv.index.session import Session
from symderiv.index.sums.merging import Normal
from symderiv.index.sums.pivots import canonical, change, moved
from symderiv.index.sums.settling import Summand
from symderiv.index.sums.values import with_values
from symderiv.index.terms.reading import BODY
from symderiv.index.terms.terms import Pairs, Term, in_order, joined_powers, monomial_expr, ordered, sum_of


def write(session: Session, normal: Normal) -> Pairs:
    """Coefficients and products of atoms, sums being atoms too, in an order that no hash decides."""
    plain: Pairs = []
    bracketed: list[tuple[isl.Set, Pairs]] = []
    for summand in sorted(normal, key=lambda s: (len(s.dims), _text(s))):
        for value, cell in normal[summand]:
            written, where = _write_cell(session, summand, value, cell)
            if session.context.is_subset(where):
                plain += written
            else:
                _into(bracketed, where, written)
    for where, written in bracketed:
        condition = condition_of(session, where.gist(session.context))
        inside = sum_of(in_order(with_values(session, written)))
        plain.append((1, ((cases(((condition, inside),), ZERO), 1),)))
    return in_order(plain)


def _text(summand: Summand) -> str:
    return " ".join(f"{key(base)}^{p}" for base, p in summand.monomial)


def _into(bracketed: list[tuple[isl.Set, Pairs]], where: isl.Set, written: Pairs) -> None:
    for points, pairs in bracketed:
        if points.is_equal(where):
            pairs += written
            return
    bracketed.append((where, list(written)))


def _write_cell(session: Session, summand: Summand, value: Exact, cell: isl.Set) -> tuple[Pairs, isl.Set]:
    """``value · Σ_cell summand``, and where in the parameters it has to be bracketed."""
    if not summand.dims:
        return [(value, summand.monomial)], cell
    own = {v.name for v in summand.dims}
    outside = {b: p for b, p in summand.monomial if not names(b) & own}
    where = project(session, cell, list(summand.dims))
    if session.context.is_subset(where) or not _may_be_undefined(outside):
        where = session.context
    result: list[tuple[Exact, dict[Expr, Exact]]] = [(value, outside)]
    for dims, points in _components(session, summand, cell):
        inside = {b: p for b, p in summand.monomial if names(b) & {v.name for v in dims}}
        sums = _sums(session, inside, dims, points, where)
        result = [(c * k, joined_powers(m, s)) for c, m in result for k, s in sums]
    return [(c, ordered(m)) for c, m in result], where


_PARTIAL = frozenset({"pow", "log", "tan", "asin", "acos", "acosh", "atanh", "gamma"})


def _may_be_undefined(powers: dict[Expr, Exact]) -> bool:
    """Could a factor be undefined where the sum beside it is empty?"""
    return any(
        p < 0 or not isinstance(p, int) or any(_is_partial(node) for node in walk(base))
        for base, p in powers.items()
    )


def _is_partial(node: Expr) -> bool:
    if isinstance(node, Index) or (isinstance(node, Binder) and node.kind in ("max", "min")):
        return True
    return isinstance(node, Apply) and node.head in _PARTIAL


def _components(
    session: Session, summand: Summand, cell: isl.Set
) -> list[tuple[tuple[Variable, ...], isl.Set]]:
    """The variables in groups that neither a factor nor the set ties together."""
    groups: list[set[Variable]] = [{v} for v in summand.dims]
    for base, _ in summand.monomial:
        tied = {v for v in summand.dims if v.name in names(base)}
        touching = [g for g in groups if g & tied]
        groups = [g for g in groups if not g & tied] + ([set().union(*touching)] if touching else [])
    parts: list[tuple[tuple[Variable, ...], isl.Set]] = []
    rest, left = summand.dims, cell
    for group in sorted(groups, key=lambda g: min(v.name for v in g)):
        mine = tuple(v for v in rest if v in group)
        others = tuple(v for v in rest if v not in group)
        if not others:
            break
        own = project(session, left, list(others))
        remaining = project(session, left, list(mine))
        if own.intersect(remaining).is_equal(left):
            parts.append((mine, own))
            rest, left = others, remaining
    return [*parts, (rest, left)]


def _sums(
    session: Session,
    powers: dict[Expr, Exact],
    dims: tuple[Variable, ...],
    points: isl.Set,
    where: isl.Set,
) -> list[tuple[Exact, dict[Expr, Exact]]]:
    """``Σ_points Π powers`` as sums over disjoint nested ranges, the same whenever the set is the same.

    The sums stand in a bracket that holds inside ``where`` only: what that says needn't be said again.
    """
    own = frozenset(v.name for v in dims)
    first = free_position(session.prefix, powers, own, len(dims))
    fresh = tuple(session.position(first + k) for k in range(len(dims)))
    coefficient: Exact = 1
    if fresh != dims:
        values = {old: variable_form(new) for old, new in zip(dims, fresh, strict=True)}
        changed = change(session, powers, values, points)
        if changed is None:
            raise LimitExceeded("a sum whose terms have no normal form")
        coefficient, powers = changed
        points = moved(session, points, values)
    body = monomial_expr(1, ordered(powers))
    parts = _nest(session, "sum", body, fresh, points, where)
    return [(coefficient, {part: 1}) for part in parts]


def _nest(
    session: Session,
    kind: BinderKind,
    body: Expr,
    dims: tuple[Variable, ...],
    points: isl.Set,
    where: isl.Set,
) -> list[Expr]:
    met = session.ranges_met.setdefault((kind, body, dims), [])
    for known, written in met:
        if known.is_equal(points):
            return written
    if not session.context.is_subset(where):
        for known, written in met:
            if known.intersect(where).is_equal(points):
                return written
        points = _without_guard(session, points, where)
    ranges = nested_ranges(session, points, dims)
    if ranges is None:
        raise LimitExceeded("a sum over a range without bounds")
    result: list[Expr] = []
    for part in ranges:
        nest = body
        condition: Expr | None = part.condition
        for variable, lower, upper in reversed(part.bounds):
            nest = Binder(kind, nest, variable, lower, upper, condition)
            condition = None
        result.append(nest)
    met.append((points, result))
    return result


def _without_guard(session: Session, points: isl.Set, where: isl.Set) -> isl.Set:
    """The set without what ``where`` implies, if nothing is lost inside ``where``."""
    wider = points.gist(where).intersect(session.context)
    return wider if wider.intersect(where).is_equal(points) else points


def over_range(session: Session, kind: BinderKind, body: Expr, dummy: Variable, points: isl.Set) -> Expr:
    """``max``, ``min``, ``prod`` or ``forall`` of a body over one variable, in normal form."""
    wrapped = Apply(BODY, (body,))
    settled = canonical(session, Term(1, {wrapped: 1}, (dummy,), points.intersect(session.context)))[0]
    inside = settled.summand.monomial[0][0]
    assert isinstance(inside, Apply)
    variable = settled.summand.dims[0]
    content = inside.args[0]
    met = session.ranges_met.setdefault((kind, content, variable), [])
    for known, written in met:
        if known.is_equal(settled.domain):
            return written[0]
    ranges = nested_ranges(session, settled.domain, (variable,))
    if not ranges:
        raise LimitExceeded(f"a {kind} over a range without bounds")
    (_, lower, upper), condition = ranges[0].bounds[0], ranges[0].condition
    if len(ranges) > 1:
        lower = function("min", *(part.bounds[0][1] for part in ranges))
        upper = function("max", *(part.bounds[0][2] for part in ranges))
        condition = condition_of(session, settled.domain.gist(session.context))
    result = Binder(kind, content, variable, lower, upper, condition)
    met.append((settled.domain, [result]))
    return result
