"""Entry expressions read as terms: sums, products, brackets and deltas expanded, everything else an atom.

Inside a function nothing can be expanded, so there a case distinction on indices is lifted out first:
``f([c] a) = [c] f(a) + [not c] f(0)``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import islpy as isl

from symderiv.expression.build import add, mul, refold
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    EULER,
    ONE,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Exact,
    Expr,
    Index,
    Number,
    Sequence,
    Text,
    Variable,
)
from symderiv.index.affine import Affine
from symderiv.index.conditions import condition_set, equality_set
from symderiv.index.integers import Named, affine, integer_expr
from symderiv.index.keys import height, key, names
from symderiv.index.points import UNIVERSE
from symderiv.index.session import Session
from symderiv.index.splitting import find_split, in_range
from symderiv.index.terms import Monomial, Pairs, Term, Terms, atom, bracket, constant, monomial_expr, product, sum_of

MAX_TABLE = 64
MAX_EXPANSION = 300
BODY = "body of a range"
_BOOLEAN = {"lt", "le", "eq", "ne", "and", "or", "not"}


def read(session: Session, expr: Expr, outer: isl.Set) -> Terms:
    """The terms of an expression that is only looked at inside ``outer``."""
    session.spend(outer)
    match expr:
        case Number():
            return constant(expr.value)
        case Apply():
            return _RULES.get(expr.head, _function)(session, expr, outer)
        case Binder():
            return _binder(session, expr, outer)
        case Index():
            return _index(session, expr, outer)
        case Cases():
            return _cases(session, expr, outer)
        case Call():
            return _function(session, expr, outer)
    return atom(expr)


def inner(session: Session, expr: Expr, outer: isl.Set) -> Expr:
    """The normal form of an expression that stands inside an atom."""
    if isinstance(expr, (Variable, Number, Constant, Text)):
        return expr
    if isinstance(expr, Sequence) or (isinstance(expr, Apply) and expr.head in _BOOLEAN):
        return expr.rebuild(tuple(inner(session, child, outer) for child in expr.children))
    form = affine(session, expr)
    if form is not None:
        return integer_expr(session, form)
    return sum_of(_pairs(session, read(session, expr, outer), outer))


def _pairs(session: Session, terms: Terms, outer: isl.Set) -> Pairs:
    with session.inside(outer):
        return session.summands(session, terms)


def _add(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    return [term for arg in expr.args for term in read(session, arg, outer)]


def _mul(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    result = constant(1)
    for arg in expr.args:
        result = product(result, read(session, arg, outer))
        if not result:
            return []
    return result


def _delta(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    points = equality_set(session, *expr.args)
    return _function(session, expr, outer) if points is None else _bracket(session, constant(1), points, outer)


def _bracket(session: Session, terms: Terms, points: isl.Set, outer: isl.Set) -> Terms:
    if outer.is_subset(points):
        return terms
    return [] if outer.is_disjoint(points) else bracket(terms, points)


def _exp(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``exp(2a + b c) = exp(a)² exp(b c)``, so that what is constant in a sum can be pulled out of it."""
    split = _split(session, expr, outer)
    if split is not None:
        return split
    powers: dict[Expr, Exact] = {}
    for coefficient, monomial in _pairs(session, read(session, expr.args[0], outer), outer):
        powers[Apply("exp", (monomial_expr(1, list(monomial)),))] = coefficient
    return [Term(1, powers)]


def _pow(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    base, exponent = expr.args
    if base == EULER:
        return _exp(session, Apply("exp", (exponent,)), outer)
    split = _split(session, expr, outer)
    if split is not None:
        return split
    form = affine(session, exponent)
    if form is not None and not form.terms:
        exponent = Number(Fraction(form.constant))
    if isinstance(exponent, Number):
        if exponent.value == 0:
            return constant(1)
        if isinstance(exponent.value, int) and exponent.value > 0:
            return _natural_power(session, base, exponent.value, outer)
        return _reciprocal(session, base, exponent.value, outer)
    return atom(Apply("pow", (inner(session, base, outer), inner(session, exponent, outer))))


def _natural_power(session: Session, base: Expr, n: int, outer: isl.Set) -> Terms:
    first = read(session, base, outer)
    if len(first) == 1 and not first[0].dummies:
        only = first[0]
        return [Term(only.coefficient**n, {a: p * n for a, p in only.powers.items()}, (), only.domain)]
    if len(first) ** n > MAX_EXPANSION or n > 6:
        return atom(sum_of(_pairs(session, first, outer)), n)
    result = first
    for _ in range(n - 1):
        result = product(result, read(session, base, outer))
    return result


def _reciprocal(session: Session, base: Expr, exponent: Exact, outer: isl.Set) -> Terms:
    """``base^exponent`` for a negative or broken exponent: single products apart, common factors out."""
    pairs = _pairs(session, read(session, base, outer), outer)
    if not isinstance(exponent, int):
        return _root(session, pairs, exponent)
    if not pairs:
        return atom(Apply("pow", (ZERO, Number(exponent))))
    lead = pairs[0][0]
    common = dict(pairs[0][1])
    for _, monomial in pairs[1:]:
        found = dict(monomial)
        common = {a: min(p, found[a]) for a, p in common.items() if a in found and found[a] * p > 0}
    powers = {a: p * exponent for a, p in common.items()}
    if len(pairs) > 1:
        rest = [(Fraction(c) / lead, _over(m, common)) for c, m in pairs]
        powers[sum_of(rest)] = exponent
    return [Term(Fraction(lead) ** exponent, powers)]


def _over(
    monomial: Monomial, common: dict[Expr, Exact]
) -> Monomial:
    left = ((a, p - common.get(a, 0)) for a, p in monomial)
    return tuple((a, p) for a, p in left if p != 0)


def _root(
    session: Session,
    pairs: Pairs,
    exponent: Exact,
) -> Terms:
    if len(pairs) == 1:
        c, monomial = pairs[0]
        positive = {a: p for a, p in monomial if isinstance(a, Apply) and a.head == "exp"}
        rest = [(a, p) for a, p in monomial if a not in positive]
        powers = {a: p * exponent for a, p in positive.items()}
        if rest or c != 1:
            powers[monomial_expr(c, rest)] = exponent
        return [Term(1, powers)]
    return atom(sum_of(pairs), exponent)


def _body(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    return atom(Apply(BODY, (inner(session, expr.args[0], outer),)))


_RULES: dict[str, Callable[[Session, Apply, isl.Set], Terms]] = {
    "add": _add,
    "mul": _mul,
    "delta": _delta,
    "exp": _exp,
    "pow": _pow,
    BODY: _body,
}


def _split(session: Session, expr: Expr, outer: isl.Set) -> Terms | None:
    """``[c] f(a) + [not c] f(b)``, if the expression hides a case distinction on indices."""
    split = find_split(session, expr, outer)
    if split is None:
        return None
    if split.named is not None:
        inside = outer.intersect(split.named.definition)
        terms = bracket(read(session, split.when_true, inside), split.named.definition)
        extra = tuple(split.named.variables)
        return [Term(t.coefficient, t.powers, t.dummies + extra, t.domain) for t in terms]
    yes = bracket(read(session, split.when_true, outer.intersect(split.points)), split.points)
    if split.when_false is None:
        return yes
    other = split.points.complement()
    return yes + bracket(read(session, split.when_false, outer.intersect(other)), other)


def _function(session: Session, expr: Expr, outer: isl.Set) -> Terms:
    split = _split(session, expr, outer)
    if split is not None:
        return split
    children = tuple(inner(session, child, outer) for child in expr.children)
    result = refold(expr, children)
    return constant(result.value) if isinstance(result, Number) else atom(result)


def _index(session: Session, expr: Index, outer: isl.Set) -> Terms:
    named = Named()
    forms = [affine(session, index, named) for index in expr.indices]
    if isinstance(expr.base, Sequence) and forms and forms[0] is not None:
        return _table(session, expr, forms[0], named, outer)
    if isinstance(expr.base, Binder):
        return _function(session, expr, outer)
    indices = [
        inner(session, index, outer) if form is None else integer_expr(session, form)
        for index, form in zip(expr.indices, forms, strict=True)
    ]
    if isinstance(expr.base, Variable) and expr.base.kind.symmetric:
        indices.sort(key=key)
    terms = atom(Index(expr.base, tuple(indices), expr.origin))
    points = in_range(session, expr, forms)
    if points is not None:
        terms = _bracket(session, terms, points, outer.intersect(named.definition))
    return _with_named(terms, named)


def _with_named(terms: Terms, named: Named) -> Terms:
    if not named.variables:
        return terms
    extra = tuple(named.variables)
    return [
        Term(t.coefficient, t.powers, t.dummies + extra, t.domain.intersect(named.definition)) for t in terms
    ]


def _table(session: Session, expr: Index, row: Affine, named: Named, outer: isl.Set) -> Terms:
    """An entry of a literal table: the sum of its rows, each bracketed by ``row = number``."""
    assert isinstance(expr.base, Sequence)
    if len(expr.base.items) > MAX_TABLE:
        return atom(expr)
    terms: Terms = []
    for number, item in enumerate(expr.base.items):
        points = session.compare(row - Affine({}, number), "=").intersect(named.definition)
        if outer.is_disjoint(points):
            continue
        entry = Index(item, expr.indices[1:]) if len(expr.indices) > 1 else item
        terms += bracket(read(session, entry, outer.intersect(points)), points)
    return [Term(t.coefficient, t.powers, t.dummies + tuple(named.variables), t.domain) for t in terms]


def _cases(session: Session, expr: Cases, outer: isl.Set) -> Terms:
    """``Σ [conditionᵢ and none before] valueᵢ`` where the conditions are about integers."""
    terms: Terms = []
    left = outer
    rest: isl.Set = UNIVERSE
    for condition, value in expr.branches:
        points = condition_set(session, condition)
        if points is None:
            return _function(session, expr, outer)
        inside = left.intersect(points)
        if not inside.is_empty():
            terms += _bracket(session, read(session, value, inside), points.intersect(rest), outer)
        rest = rest.intersect(points.complement())
        left = left.intersect(rest)
    if expr.otherwise is not None and not left.is_empty():
        terms += _bracket(session, read(session, expr.otherwise, left), rest, outer)
    return terms


def _binder(session: Session, expr: Binder, outer: isl.Set) -> Terms:
    if expr.lower is None or expr.upper is None or expr.kind not in ("sum", "prod", "max", "min", "forall"):
        return _opaque_binder(session, expr, outer)
    dummy = session.dummy()
    put: dict[Expr, Expr] = {expr.variable: dummy}
    condition = substitute(expr.condition, put)
    between = Apply("and", (Apply("le", (expr.lower, dummy)), Apply("le", (dummy, expr.upper))))
    points = condition_set(session, between)
    allowed = condition_set(session, condition)
    body = substitute(expr.body, put)
    if points is None or (allowed is None and expr.kind != "sum"):
        return _opaque_binder(session, expr, outer)
    if allowed is None:
        body = Cases(((condition, body),), ZERO)
        allowed = UNIVERSE
    points = points.intersect(allowed)
    inside = outer.intersect(points)
    if expr.kind == "sum":
        if inside.is_empty():
            return []
        terms = bracket(read(session, body, inside), points)
        return [Term(t.coefficient, t.powers, (dummy, *t.dummies), t.domain) for t in terms]
    if inside.is_empty():
        return _opaque_binder(session, expr, outer)
    with session.inside(outer):
        return _range_atom(session, expr, body, dummy, points, inside)


def _range_atom(
    session: Session, expr: Binder, body: Expr, dummy: Variable, points: isl.Set, inside: isl.Set
) -> Terms:
    """A product, maximum, minimum or ``for all`` over a range: an atom, its range in normal form."""
    if expr.kind == "prod":
        pairs = _pairs(session, read(session, body, inside), inside)
        if len(pairs) == 1:
            return _product_of(session, pairs[0], dummy, points)
        body = sum_of(pairs)
    else:
        body = inner(session, body, inside)
    return atom(session.over_range(session, expr.kind, body, dummy, points))


def _product_of(
    session: Session,
    pair: tuple[Exact, Monomial],
    dummy: Variable,
    points: isl.Set,
) -> Terms:
    """``Π c f(i) exp(g(i)) = c^size · Π f(i) · exp(Σ g(i))``."""
    c, monomial = pair
    constants: list[tuple[Expr, Exact]] = []
    result = constant(1)
    for base, exponent in monomial:
        if dummy.name not in names(base):
            constants.append((base, exponent))
        elif isinstance(base, Apply) and base.head == "exp":
            exponent_sum = Term(exponent, {}, (dummy,), points)
            terms = product([exponent_sum], read(session, base.args[0], session.outer.intersect(points)))
            total = sum_of(session.summands(session, terms))
            result = product(result, _exp(session, Apply("exp", (total,)), session.outer))
        else:
            over = session.over_range(session, "prod", base, dummy, points)
            result = product(result, atom(over, exponent))
    if constants or c != 1:
        size = sum_of(session.summands(session, [Term(1, {}, (dummy,), points)]))
        base = monomial_expr(c, constants)
        result = product(result, _pow(session, Apply("pow", (base, size)), session.outer))
    return result


def _opaque_binder(session: Session, expr: Binder, outer: isl.Set) -> Terms:
    """A binder that is left alone but for its name and its insides."""
    dummy = session.dummy()
    put: dict[Expr, Expr] = {expr.variable: dummy}
    body = inner(session, substitute(expr.body, put), outer)
    condition = inner(session, substitute(expr.condition, put), outer)
    lower = None if expr.lower is None else inner(session, expr.lower, outer)
    upper = None if expr.upper is None else inner(session, expr.upper, outer)
    name = Variable(session.position(height(session.prefix, add(body, mul(ONE, condition)))).name, expr.variable.kind)
    back: dict[Expr, Expr] = {dummy: name}
    return atom(Binder(expr.kind, substitute(body, back), name, lower, upper, substitute(condition, back)))

