"""What is known inside of a binder: the range of its name, and what facts say of other names."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.expression.contents import contents
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import INFINITY, TRUE, Apply, Binder, Expr, Number, Variable, walk


def facts_inside(binder: Binder, facts: Iterable[Expr]) -> tuple[Expr, ...]:
    """The facts inside of a binder: of a name spelt like its own nothing but its range.

    >>> from symderiv.expression.tree import ONE, ZERO
    >>> i, n = Variable("i"), Variable("n")
    >>> total = Binder("sum", i, i, ONE, n)
    >>> [str(fact) for fact in facts_inside(total, (Apply("eq", (i, ZERO)), Apply("lt", (ONE, n))))]
    ['1 < n', '1 <= i', 'i <= n']
    """
    return (*silent_on(facts, binder.variable), *range_facts(binder))


def apart(binder: Binder, *others: Expr) -> Binder:
    """The binder with a name that none of the others speaks of, so that its body can stand beside them.

    >>> from symderiv.expression.tree import ONE
    >>> i, n = Variable("i"), Variable("n")
    >>> print(apart(Binder("sum", i, i, ONE, n), i))
    sum(i1, (i1, 1, n))
    """
    old = binder.variable
    taken = {name.name for other in others for name in contents(other).free}
    if old.name not in taken:
        return binder
    taken |= {name.name for name in contents(binder).free}
    new = Variable(fresh(old.name, taken), old.kind)
    body, condition = (substitute(part, {old: new}) for part in (binder.body, binder.condition))
    return Binder(binder.kind, body, new, binder.lower, binder.upper, condition)


def body_under(binder: Binder, name: Variable) -> Expr | None:
    """The body with another name for its own; None where it speaks of one spelt so, or binds it."""
    own = binder.variable
    if own == name:
        return binder.body
    names = (v for node in walk(binder.body) for v in _names(node))
    if any(v.name == name.name for v in names):
        return None
    return substitute(binder.body, {own: name})


def _names(node: Expr) -> tuple[Variable, ...]:
    return (node,) if isinstance(node, Variable) else (node.variable,) if isinstance(node, Binder) else ()


def silent_on(facts: Iterable[Expr], name: Variable) -> tuple[Expr, ...]:
    """The facts that don't speak of any name spelt so: what they say of one isn't said of a bound one."""
    return tuple(fact for fact in facts if all(v.name != name.name for v in contents(fact).free))


def range_facts(expr: Binder) -> tuple[Expr, ...]:
    """What holds of a bound variable inside its binder; an integral may begin at its larger end.

    An end that speaks of a name spelt like it says nothing: in ``(i, i + 1, n)`` that is another i.

    >>> from symderiv.expression.tree import ONE, ZERO
    >>> t = Variable("t")
    >>> range_facts(Binder("integral", t, t, ONE, ZERO)) == range_facts(Binder("integral", t, t, ZERO, ONE))
    True
    """
    facts = [expr.condition] if expr.condition != TRUE else []
    lower, upper = _from_the_least(expr) if expr.kind == "integral" else (expr.lower, expr.upper)
    if lower is not None and not _speaks_of(lower, expr.variable):
        facts.append(Apply("le", (lower, expr.variable)))
    if upper is not None and not _speaks_of(upper, expr.variable):
        facts.append(Apply("le", (expr.variable, upper)))
    return tuple(facts)


def _speaks_of(end: Expr, variable: Variable) -> bool:
    return any(name.name == variable.name for name in contents(end).free)


def _from_the_least(expr: Binder) -> tuple[Expr | None, Expr | None]:
    lower, upper = expr.lower, expr.upper
    if lower is None or upper is None or any(INFINITY in walk(end) for end in (lower, upper)):
        return (None if lower is None or INFINITY in walk(lower) or upper != INFINITY else lower), None
    if isinstance(lower, Number) and isinstance(upper, Number):
        return (lower, upper) if lower.value <= upper.value else (upper, lower)
    return Apply("min", (lower, upper)), Apply("max", (lower, upper))
