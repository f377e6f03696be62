"""What holds for all j of a range, in one normal form: counted alike, an end beside its range taken in."""

from __future__ import annotations

from symderiv.expression.build import add, conjunction, subtract
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, walk
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.normal import new_session, normalise
from symderiv.index.session import Session


def in_one_range(conditions: tuple[Expr, ...], facts: tuple[Expr, ...] = ()) -> tuple[Expr, ...]:
    """``P(j)`` for all j < n - 1 and ``P(n - 1)`` as ``P(j)`` for all j < n, jointly for several conditions.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Index, Number, Variable, ZERO, index_variable
    >>> n, j = Variable("n", SIZE), index_variable("j")
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> first = Binder("forall", Apply("lt", (ZERO, Index(x, (j,)))), j, ZERO, add(n, Number(-2)))
    >>> last = Apply("lt", (ZERO, Index(x, (add(n, Number(-1)),))))
    >>> to_text(in_one_range((conjunction(first, last),))[0])
    'forall(0 < x[_s0] for _s0 in range(0, n - 1 + 1))'
    """
    if not any(_is_range(node) for condition in conditions for node in walk(condition)):
        return conditions
    session = new_session(conditions, facts)
    return tuple(_joined(session, condition) for condition in normalise(conditions, facts))


def _is_range(node: Expr) -> bool:
    return isinstance(node, Binder) and node.kind == "forall"


def _joined(session: Session, condition: Expr) -> Expr:
    if not isinstance(condition, Apply) or condition.head != "and":
        return condition
    parts = list(condition.args)
    for k, part in enumerate(parts):
        if isinstance(part, Binder) and _is_range(part):
            others = parts[:k] + parts[k + 1 :]
            wider = _wider(session, part, others)
            if wider is not None:
                return _joined(session, conjunction(wider[0], *wider[1]))
    return condition


def _wider(session: Session, part: Binder, others: list[Expr]) -> tuple[Binder, list[Expr]] | None:
    """The range with a neighbour of its ends taken in, and what is left beside it."""
    if part.lower is None or part.upper is None or part.condition != TRUE:
        return None
    before, after = (_plain(session, end) for end in (subtract(part.lower, ONE), add(part.upper, ONE)))
    if before is None or after is None or not _is_certain(session, Apply("le", (part.lower, after))):
        return None
    for end, lower, upper in ((before, before, part.upper), (after, part.lower, after)):
        there = substitute(part.body, {part.variable: end})
        if there in others:
            rest = [other for other in others if other != there]
            return Binder("forall", part.body, part.variable, lower, upper), rest
    return None


def _plain(session: Session, end: Expr) -> Expr | None:
    form = affine(session, end)
    return None if form is None else integer_expr(session, form)


def _is_certain(session: Session, condition: Expr) -> bool:
    points = condition_set(session, condition)
    return points is not None and bool(session.context.is_subset(points))
