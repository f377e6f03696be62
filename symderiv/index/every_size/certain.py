"""Conditions that hold for sure at every size: a sum of exponentials isn't zero, a size is at least 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from symderiv.errors import SymderivError
from symderiv.expression.build import compare, conjunction, disjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable, walk
from symderiv.index.every_size.accesses import runs
from symderiv.index.every_size.positivity import is_nonnegative, is_positive
from symderiv.index.every_size.remainders import is_range_of_remainder
from symderiv.index.every_size.variances import beyond_variance
from symderiv.index.integer_sets.conditions import condition_set, project
from symderiv.index.normal import new_session
from symderiv.index.session import Session
from symderiv.index.terms.powers import factored, fraction
from symderiv.index.terms.reading import read


def without_certain(condition: Expr, facts: tuple[Expr, ...] = ()) -> Expr:
    """The condition without parts that hold at every point and every size.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Index, Number, Variable, index_variable
    >>> n, i = Variable("n", SIZE), index_variable("i")
    >>> total = Binder("sum", Apply("exp", (Index(Variable("x"), (i,)),)), i, Number(1), n)
    >>> without_certain(Apply("ne", (total, ZERO))) == TRUE
    True
    """
    return _without(new_session((condition,), facts), condition)


def _without(session: Session, condition: Expr) -> Expr:
    if isinstance(condition, Apply) and condition.head in ("and", "or"):
        parts = [_without(session, part) for part in condition.args]
        return disjunction(*parts) if condition.head == "or" else _absorbed(parts)
    if isinstance(condition, Binder) and condition.kind == "forall":
        with for_each(session, condition) as (inside, back):
            body = back(_without(session, inside))
        if body == TRUE:
            return TRUE
        if _is_impossible(session, condition, body):
            return FALSE
        if condition.variable not in free_variables(body) and runs(session, condition):
            return body
        ends = (condition.lower, condition.upper)
        return Binder("forall", body, condition.variable, *ends, condition.condition)
    if is_certain(session, condition):
        return TRUE
    return _by_factors(session, condition)


def _is_impossible(session: Session, condition: Binder, body: Expr) -> bool:
    """Does the body surely fail for some value in the range? ``i ≠ j for all i`` does where j is in it."""
    if condition.lower is None or condition.upper is None or condition.condition != TRUE:
        return False
    variable = condition.variable
    ends = (Apply("le", (condition.lower, variable)), Apply("le", (variable, condition.upper)))
    holds = condition_set(session, body)
    within = condition_set(session, Apply("and", ends))
    if holds is None or within is None:
        return False
    failing = project(session, within.subtract(holds), [variable])
    return bool(session.context.is_subset(failing))


@contextmanager
def for_each(session: Session, binder: Binder) -> Iterator[tuple[Expr, Callable[[Expr], Expr]]]:
    """The body of a ``for all``, its variable fresh and known to be in its range; and the way back."""
    dummy = session.dummy()
    put: dict[Expr, Expr] = {binder.variable: dummy}
    parts = [substitute(binder.condition, put)]
    parts += [] if binder.lower is None else [Apply("le", (binder.lower, dummy))]
    parts += [] if binder.upper is None else [Apply("le", (dummy, binder.upper))]
    before = session.context
    for part in parts:
        points = condition_set(session, part)
        if points is not None:
            session.context = session.context.intersect(points)
    try:
        yield substitute(binder.body, put), lambda expr: substitute(expr, {dummy: binder.variable})
    finally:
        session.context = before


def _absorbed(parts: list[Expr]) -> Expr:
    """``p and (p or q)`` is p, ``u ≠ 0 and 0 < u`` is 0 < u."""
    joined = conjunction(*parts)
    known = conjuncts(joined)
    kept = (part for part in known if not (_alternatives(part) & set(known)))
    return conjunction(*(part for part in kept if not _is_positive_anyway(part, known)))


def _is_positive_anyway(part: Expr, known: tuple[Expr, ...]) -> bool:
    match part:
        case Apply(head="ne", args=(u, other)) if other == ZERO:
            return Apply("lt", (ZERO, u)) in known
    return False


def _alternatives(condition: Expr) -> set[Expr]:
    return set(condition.args) if isinstance(condition, Apply) and condition.head == "or" else set()


def _by_factors(session: Session, condition: Expr) -> Expr:
    """``c² Σ x_i² ≠ 0`` is c ≠ 0 and Σ x_i² ≠ 0, sums in their normal form."""
    if not isinstance(condition, Apply) or condition.head not in ("ne", "lt", "le"):
        return condition
    left, right = condition.args
    if condition.head == "lt" and left == ZERO and _is_never_negative(session, right):
        left, right = right, left
    elif condition.head != "ne":
        return _by_sign(session, condition)
    if right != ZERO:
        return condition
    if not any(isinstance(node, Binder) for node in walk(condition)):
        return condition
    apart = list(_factors(left))
    if apart != [left]:
        return _absorbed([_without(session, compare("ne", factor, ZERO)) for factor in apart])
    try:
        pairs = session.summands(session, read(session, left, session.context))
    except SymderivError:
        return condition
    if not pairs:
        return condition
    powers = fraction(session, pairs, session.context)[1]
    factors = [compare("ne", base, ZERO) for base, exponent in powers.items() if exponent > 0]
    return conjunction(*(part for part in factors if not is_certain(session, part)))


def _factors(value: Expr) -> Iterator[Expr]:
    """What has to be other than zero for a product, and a power, to be so."""
    match value:
        case Apply(head="mul"):
            for arg in value.args:
                yield from _factors(arg)
        case Apply(head="pow", args=(base, Number(value=exponent))) if exponent > 0:
            yield from _factors(base)
        case _:
            yield value


def _by_sign(session: Session, condition: Apply) -> Expr:
    """``0 ≤ 2 Σ y_i x_i`` is 0 ≤ Σ x_i y_i, the sum in its normal form; ``0 ≤ -Σ x_i`` is Σ x_i ≤ 0."""
    left, right = condition.args
    value = right if left == ZERO else left if right == ZERO else None
    if value is None or not any(isinstance(node, Binder) for node in walk(value)):
        return condition
    try:
        pairs = session.summands(session, read(session, value, session.context))
    except SymderivError:
        return condition
    lead, powers = factored(pairs) if pairs else (0, {})
    if not lead or list(powers.values()) != [1]:
        return condition
    above = (left == ZERO) == (lead > 0)
    return compare(condition.head, *((ZERO, *powers) if above else (*powers, ZERO)))


def is_certain(session: Session, condition: Expr) -> bool:
    """Does the condition hold at every point and every size, for a reason that shows?"""
    if not isinstance(condition, Apply) or condition.head not in ("ne", "lt", "le"):
        return False
    left, right = condition.args
    if left == ZERO and condition.head == "le" and is_nonnegative(right):
        return True
    value = left if right == ZERO and condition.head == "ne" else right if left == ZERO else None
    if value is not None and is_positive(value, lambda binder: runs(session, binder)):
        return True
    points = condition_set(session, condition, session.context)
    if points is not None:
        return bool(session.context.is_subset(points))
    if (value is not None and _is_positive_product(session, value)) or is_range_of_remainder(condition):
        return True
    if value is None or (condition.head != "le" and _is_product_of_sums(value)):
        return False
    rest = _beyond_variance(session, value)
    if rest is None:
        return False
    return condition.head == "le" or is_positive(rest, lambda binder: runs(session, binder))


def _is_positive_product(session: Session, value: Expr) -> bool:
    """Is it a product of positive factors, brought to one fraction: ``1 - 1/(1 + e^a) = e^a/(1 + e^a)``?"""
    if not any(isinstance(node, Apply) and node.head == "exp" for node in walk(value)):
        return False
    try:
        pairs = session.summands(session, read(session, value, session.context))
        lead, powers = fraction(session, pairs, session.context) if pairs else (0, {})
    except SymderivError:
        return False
    return lead > 0 and all(is_positive(base, lambda binder: runs(session, binder)) for base in powers)


def _is_product_of_sums(value: Expr) -> bool:
    """Sums times sums, with nothing added that could keep them from zero."""
    match value:
        case Apply(head="mul"):
            return all(map(_is_product_of_sums, value.args))
        case Apply(head="pow", args=(base, _)):
            return _is_product_of_sums(base)
    return isinstance(value, (Binder, Number, Variable))


def _is_never_negative(session: Session, value: Expr) -> bool:
    return is_nonnegative(value) or _beyond_variance(session, value) is not None


def _beyond_variance(session: Session, value: Expr) -> Expr | None:
    if not any(isinstance(node, Binder) for node in walk(value)):
        return None
    try:
        return beyond_variance(session, value)
    except SymderivError:
        return None
