"""What is given beside the expressions: inequalities become signs, equations become substitutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.expression.build import compare, conjunction, disjunction, mul, negative
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import HALF, Apply, Expr, Number, Variable


def parts(conditions: tuple[Expr, ...]) -> Iterator[Apply]:
    """The comparisons that hold together."""
    for condition in conditions:
        if isinstance(condition, Apply):
            if condition.head == "and":
                yield from parts(condition.args)
            else:
                yield condition


def narrowed(variable: Variable, facts: tuple[Expr, ...]) -> Domain:
    """The domain of a name with what ``0 < x`` and ``x ≤ 1`` among the facts say of it.

    >>> x = Variable("x")
    >>> domain = narrowed(x, (Apply("lt", (Number(0), x)), Apply("le", (x, Number(1)))))
    >>> domain.contains(1), domain.contains(0)
    (True, False)
    """
    domain = variable.kind.domain
    for fact in parts(facts):
        found = bounds(fact, variable)
        domain = domain if found is None else in_both(domain, found)
    return domain


def bounds(fact: Apply, of: Expr) -> Domain | None:
    """The numbers that an inequality lets a name, or an entry, be."""
    is_open = fact.head == "lt"
    match fact:
        case Apply(head="lt" | "le", args=(Number(value=low), name)) if name == of:
            return Domain(lower=Fraction(low), lower_open=is_open)
        case Apply(head="lt" | "le", args=(name, Number(value=high))) if name == of:
            return Domain(upper=Fraction(high), upper_open=is_open)
    return None


def in_both(domain: Domain, bounds: Domain) -> Domain:
    """What lies in both."""
    if bounds.lower is not None and (domain.lower is None or domain.lower <= bounds.lower):
        is_open = bounds.lower_open or (domain.lower_open and domain.lower == bounds.lower)
        domain = replace(domain, lower=bounds.lower, lower_open=is_open)
    if bounds.upper is not None and (domain.upper is None or domain.upper >= bounds.upper):
        is_open = bounds.upper_open or (domain.upper_open and domain.upper == bounds.upper)
        domain = replace(domain, upper=bounds.upper, upper_open=is_open)
    return domain


def with_equations(facts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The facts, ``a = b`` among them where they say ``a <= b`` and ``b <= a``.

    >>> x = Variable("x")
    >>> with_equations((Apply("le", (x, Number(1))), Apply("le", (Number(1), x))))[2].head
    'eq'
    """
    bounds = [part.args for part in parts(facts) if part.head == "le"]
    found = (Apply("eq", (a, b)) for k, (a, b) in enumerate(bounds) if (b, a) in bounds[:k])
    return (*facts, *found)


def without_abs(condition: Expr) -> Expr:
    """``|u| ≤ c`` as ``-c ≤ u ≤ c``, ``c < |u|`` as ``u < -c or c < u``.

    >>> x = Variable("x")
    >>> without_abs(Apply("le", (Apply("abs", (x,)), Number(1)))).head
    'and'
    """
    match condition:
        case Apply(head="lt" | "le" as head, args=(Apply(head="abs", args=(u,)), c)):
            return conjunction(compare(head, u, c), compare(head, negative(c), u))
        case Apply(head="lt" | "le" as head, args=(c, Apply(head="abs", args=(u,)))):
            return disjunction(compare(head, c, u), compare(head, u, negative(c)))
    return condition


def squared(condition: Expr) -> Expr:
    """``√S = c`` as ``S = c²``, ``√S < c`` as ``S < c²``, for a number c ≥ 0: a norm says what a sum is.

    So do ``√S = √T`` and ``√S < √T``.

    >>> from symderiv.expression.tree import Variable
    >>> norm = Apply("pow", (Variable("s"), HALF))
    >>> squared(Apply("lt", (norm, Number(3)))) == Apply("lt", (Variable("s"), Number(9)))
    True
    """
    match condition:
        case Apply(head="eq", args=(Apply(head="pow", args=(root, Number(value=2))), Number() as square)):
            base = _under_root(root)
            return condition if base is None else Apply("eq", (base, square))
        case Apply(head="eq" | "lt" | "le" as head, args=(u, v)) if None not in map(_under_root, (u, v)):
            return Apply(head, (_under_root(u) or u, _under_root(v) or v))
        case Apply(head="eq" | "ne" | "lt" | "le" as head, args=(u, Number(value=c))) if c >= 0:
            base = _under_root(u)
            return condition if base is None else Apply(head, (base, Number(c * c)))
        case Apply(head="lt" | "le" as head, args=(Number(value=c), u)) if c >= 0:
            base = _under_root(u)
            return condition if base is None else Apply(head, (Number(c * c), base))
    return condition


def squares(fact: Apply) -> Iterator[Apply]:
    """``S <= c²`` for ``√S <= c``; ``c² <= S`` for ``c <= √S`` where c is a name of nothing negative.

    >>> from symderiv.expression.tree import Variable
    >>> norm, c = Apply("pow", (Variable("s"), HALF)), Variable("c")
    >>> [str(found) for found in squares(Apply("le", (norm, c)))], list(squares(Apply("le", (c, norm))))
    (['s <= c*c'], [])
    """
    match fact:
        case Apply(head="lt" | "le" as head, args=(u, c)):
            below, above = _under_root(u), _under_root(c)
            if below is not None:
                yield Apply(head, (below, mul(c, c)))
            elif above is not None and isinstance(u, Variable) and u.kind.domain.is_nonnegative:
                yield Apply(head, (mul(u, u), above))


def _under_root(u: Expr) -> Expr | None:
    """S of √S."""
    return u.args[0] if isinstance(u, Apply) and u.head == "pow" and u.args[1] == HALF else None


def only_integers(fact: Expr) -> bool:
    """Whether a fact speaks of integer names only."""
    return all(v.kind.domain.integer and not v.kind.shape for v in free_variables(fact))
