"""Comparisons with extrema and absolute values, in comparisons of what stands in them."""

from __future__ import annotations

from symderiv.equality.facts import without_abs
from symderiv.expression.build import compare, conjunction, disjunction, negation
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Binder, Expr, Variable, walk

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
        case Apply(head="lt" | "le" as head, args=(Binder(kind="max") as most, c)):
            return _for_all(most, compare(head, most.body, c))
        case Apply(head="lt" | "le" as head, args=(c, Binder(kind="min") as least)):
            return _for_all(least, compare(head, c, least.body))
        case Apply(head="lt" | "le" as head, args=(c, Binder(kind="max") as most)):
            return negation(_for_all(most, compare(_STRICTER[head], most.body, c)))
        case Apply(head="lt" | "le" as head, args=(Binder(kind="min") as least, c)):
            return negation(_for_all(least, compare(_STRICTER[head], c, least.body)))
        case Binder(kind="forall"):
            return _for_all(condition, condition.body)
    return without_abs(condition)


def _for_all(of: Binder, said: Expr) -> Expr:
    """That for all of a range, under a name that tells only how deep it stands: equal ones are one node."""
    said = unfolded(said)
    if isinstance(said, Apply) and said.head == "and":
        return conjunction(*(_for_all(of, part) for part in said.args))
    depth = max((node.variable.name.count("∀") for node in walk(said) if isinstance(node, Binder)), default=0)
    index = Variable("∀" * (depth + 1), of.variable.kind)
    body, condition = (substitute(part, {of.variable: index}) for part in (said, of.condition))
    return Binder("forall", body, index, of.lower, of.upper, condition)
