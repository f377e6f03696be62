"""A number that is one of a few integers, ``y in {0, 1}``, is an integer: so ``(-1)^y`` has a value.

So is one whose remainder is an integer, ``y % 2 == 0``, and its own integer part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from symderiv.expression.kinds import INTEGER
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.language.bounds import intersect


def whole_choices(facts: Iterable[Expr], names: Mapping[str, Variable]) -> Iterator[Variable]:
    """The real numbers among ``names`` that facts say to be one of several integers, as such integers.

    >>> y = Variable("y")
    >>> either = Apply("or", (Apply("eq", (y, Number(0))), Apply("eq", (y, Number(1)))))
    >>> [y.kind.domain.integer for y in whole_choices([either], {"y": y})]
    [True]
    >>> part = Apply("floor", (y,))
    >>> [y.kind.domain.integer for y in whole_choices([Apply("eq", (part, y))], {"y": y})]
    [True]
    """
    for fact in facts:
        whole = names.get(_with_a_remainder(fact))
        if whole is not None and _is_real(whole):
            yield Variable(whole.name, whole.kind.with_domain(intersect(whole.kind.domain, INTEGER)))
        name, values = _choice(fact)
        known = names.get(name)
        if known is None or not _is_real(known):
            continue
        allowed = [value for value in values if known.kind.domain.contains(value)]
        if len(allowed) > 1:
            yield Variable(name, known.kind.with_domain(intersect(known.kind.domain, INTEGER)))


def _with_a_remainder(fact: Expr) -> str:
    """The y of ``y = m floor(y/m)``, ``y - m floor(y/m) = r``, for whole m and r; "" for other facts."""
    match fact:
        case Apply(head="eq", args=(Apply(head="floor", args=(Variable() as y,)), other)) if other == y:
            return y.name
        case Apply(head="eq", args=(Apply(head="add", args=(Variable() as y, taken)), Number(value=int()))):
            return y.name if _is_a_multiple(taken, y) else ""
    return ""


def _is_a_multiple(taken: Expr, y: Variable) -> bool:
    """Is this -m times the integer part of y/m?"""
    match taken:
        case Apply(head="mul", args=(Number(value=int() as minus), Apply(head="floor", args=(part,)))):
            m = -minus
            return m > 0 and part == (y if m == 1 else Apply("mul", (Number(Fraction(1, m)), y)))
    return False


def _choice(fact: Expr) -> tuple[str, list[Fraction]]:
    """The name of which a fact says that it is one of several integers, and these; no name otherwise."""
    if not (isinstance(fact, Apply) and fact.head == "or"):
        return "", []
    said = [_integer(part) for part in fact.args]
    names = {each[0] for each in said if each is not None}
    if None in said or len(names) != 1:
        return "", []
    return names.pop(), [each[1] for each in said if each is not None]


def _integer(part: Expr) -> tuple[str, Fraction] | None:
    """``y = 1``."""
    match part:
        case Apply(head="eq", args=(Variable(name=name), Number(value=int() as value))):
            return name, Fraction(value)
        case Apply(head="eq", args=(Number(value=int() as value), Variable(name=name))):
            return name, Fraction(value)
    return None


def _is_real(variable: Variable) -> bool:
    """A real number of its own."""
    kind = variable.kind
    special = kind.shape or kind.function or kind.index or kind.domain.integer
    return not special and variable.definition is None and variable.value is None
