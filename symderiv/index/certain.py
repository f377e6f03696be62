"""Conditions that hold for sure at every size: a sum of exponentials isn't zero, a size is at least 1."""

from __future__ import annotations

from symderiv.expression.build import conjunction, disjunction
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr
from symderiv.index.accesses import runs
from symderiv.index.conditions import condition_set
from symderiv.index.normal import new_session
from symderiv.index.positivity import is_nonnegative, is_positive
from symderiv.index.session import Session


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
        join = conjunction if condition.head == "and" else disjunction
        return join(*(_without(session, part) for part in condition.args))
    if isinstance(condition, Binder) and condition.kind == "forall":
        body = _without(session, condition.body)
        if body == TRUE:
            return TRUE
        ends = (condition.lower, condition.upper)
        return Binder("forall", body, condition.variable, *ends, condition.condition)
    return TRUE if _is_certain(session, condition) else condition


def _is_certain(session: Session, condition: Expr) -> bool:
    if not isinstance(condition, Apply) or condition.head not in ("ne", "lt", "le"):
        return False
    left, right = condition.args
    if left == ZERO and condition.head == "le" and is_nonnegative(right):
        return True
    value = left if right == ZERO and condition.head == "ne" else right if left == ZERO else None
    if value is not None and is_positive(value, lambda binder: runs(session, binder)):
        return True
    points = condition_set(session, condition)
    return points is not None and bool(session.context.is_subset(points))
