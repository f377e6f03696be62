"""Comparisons with extrema and absolute values, in comparisons of what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.inside import apart, body_under
from symderiv.equality.facts import without_abs
from symderiv.expression.build import compare, conjunction, disjunction, negation
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Variable, walk

_STRICTER = {"lt": "le", "le": "lt"}


def unfolded(condition: Expr) -> Expr:
    """``max(u, v) ≤ c`` as ``u ≤ c and v ≤ c``, ``c < max(u, v)`` as ``c < u or c < v``.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> u, v = Variable("u"), Variable("v")
    >>> unfolded(compare("le", Apply("max", (u, v)), ONE)) == conjunction(
    ...     compare("le", u, ONE), compare("le", v, ONE)
    ... )
    True
    """
    match condition:
        case Apply(head="lt" | "le" as head, args=(Apply(head="max" | "min" as kind, args=several), c)):
            join = conjunction if kind == "max" else disjunction
            return join(*(unfolded(compare(head, each, c)) for each in several))
        case Apply(head="lt" | "le" as head, args=(c, Apply(head="max" | "min" as kind, args=several))):
            join = disjunction if kind == "max" else conjunction
            return join(*(unfolded(compare(head, c, each)) for each in several))
        case Apply(head="lt" | "le" as head, args=(Binder(kind="max") as found, c)):
            most = apart(found, c)
            return _for_all(most, compare(head, most.body, c))
        case Apply(head="lt" | "le" as head, args=(c, Binder(kind="min") as found)):
            least = apart(found, c)
            return _for_all(least, compare(head, c, least.body))
        case Apply(head="lt" | "le" as head, args=(c, Binder(kind="max") as found)):
            most = apart(found, c)
            return negation(_for_all(most, compare(_STRICTER[head], most.body, c)))
        case Apply(head="lt" | "le" as head, args=(Binder(kind="min") as found, c)):
            least = apart(found, c)
            return negation(_for_all(least, compare(_STRICTER[head], c, least.body)))
        case Apply(head="eq", args=(Binder(kind="max" | "min") as one, Binder(kind="max" | "min") as other)):
            return _all_alike(one, other) or condition
        case Apply(head="and", args=parts):
            return conjunction(*_squeezed(parts))
        case Binder(kind="forall"):
            return _for_all(condition, condition.body)
    return without_abs(condition)


def _all_alike(one: Binder, other: Binder) -> Expr | None:
    """Where the greatest is the least, all are the first; of the whole range, so that this is one of them."""
    if one.kind == other.kind or not _of_the_same(one, other) or one.lower is None or one.condition != TRUE:
        return None
    return _for_all(one, compare("eq", one.body, instantiate(one.body, {one.variable: one.lower})))


def _of_the_same(one: Binder, other: Binder) -> bool:
    same = body_under(other, one.variable) == one.body
    ends = (one.lower, one.upper, one.condition) == (other.lower, other.upper, other.condition)
    return same and ends and one.condition == TRUE


def _squeezed(parts: tuple[Expr, ...]) -> Iterator[Expr]:
    """``max u = c and min u = c`` as ``u = c`` for all."""
    left = list(parts)
    for part in parts:
        match part:
            case Apply(head="eq", args=(Binder(kind="max") as most, c)):
                for other in left:
                    match other:
                        case Apply(head="eq", args=(Binder(kind="min") as least, d)) if c == d:
                            if _of_the_same(most, least) and most.variable not in free_variables(c):
                                left = [each for each in left if each not in (part, other)]
                                yield _for_all(most, compare("eq", most.body, c))
                                break
    yield from left


def _for_all(of: Binder, said: Expr) -> Expr:
    """That for all of a range, under a name that tells only how deep it stands: equal ones are one node."""
    said = unfolded(said)
    if isinstance(said, Apply) and said.head == "and":
        return conjunction(*(_for_all(of, part) for part in said.args))
    depth = max((node.variable.name.count("∀") for node in walk(said) if isinstance(node, Binder)), default=0)
    index = Variable("∀" * (depth + 1), of.variable.kind)
    body, condition = (substitute(part, {of.variable: index}) for part in (said, of.condition))
    return Binder("forall", body, index, of.lower, of.upper, condition)
