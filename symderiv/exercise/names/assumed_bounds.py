"""``assume: ['p > 0', 'p < 1']``: a number that bounds a declared name bounds the set that it ranges over.

So 1 - p is positive by what p is, wherever it stands, as if the name had been declared ``real in (0, 1)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.derivation.choices import whole_choices
from symderiv.derivation.given import said
from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.expression.kinds import REAL, Domain
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.language import Scope, read_condition
from symderiv.language.bounds import exact, intersect

_TURNED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def narrowed(scope: Scope, name: str, assumed: Iterable[Formula]) -> Scope:
    """The scope in which a real number that was just declared keeps to the bounds that are assumed of it."""
    variable = scope.names.get(name)
    if variable is None or not _is_number(variable):
        return scope
    domain = variable.kind.domain
    for formula in assumed:
        domain = intersect(domain, _domains(formula).get(name, REAL))
        for chosen in whole_choices(_said(formula), {name: variable}):
            domain = intersect(domain, chosen.kind.domain)
    if _is_empty(domain) or domain == variable.kind.domain:
        return scope
    return scope.declare([Variable(name, variable.kind.with_domain(domain))])


def is_bound(condition: Expr) -> bool:
    """Does a condition say no more than between which numbers names lie that are declared as numbers?"""
    found = list(_bounds(condition))
    return all(bound is not None and _is_number(bound[0]) for bound in found)


def _said(formula: Formula) -> tuple[Expr, ...]:
    """The facts of an assumption whose names are numbers; a fault in it is reported where facts are read."""
    try:
        return said(read_condition(formula.text, Scope(strict=False)))
    except SymderivError:
        return ()


def _domains(formula: Formula) -> dict[str, Domain]:
    try:
        condition = read_condition(formula.text, Scope(strict=False))
    except SymderivError:
        return {}
    domains: dict[str, Domain] = {}
    for bound in _bounds(condition):
        if bound is not None:
            domains[bound[0].name] = intersect(domains.get(bound[0].name, REAL), bound[1])
    return domains


def _bounds(condition: Expr) -> Iterator[tuple[Variable, Domain] | None]:
    """Of each part of a conjunction the name and its half-line; None for a part that is something else."""
    if isinstance(condition, Apply) and condition.head == "and":
        for part in condition.args:
            yield from _bounds(part)
        return
    yield _half_line(condition)


def _half_line(part: Expr) -> tuple[Variable, Domain] | None:
    if not (isinstance(part, Apply) and part.head in _TURNED):
        return None
    (left, right), head = part.args, part.head
    if isinstance(right, Variable):
        left, right, head = right, left, _TURNED[head]
    number = exact(right)
    if not isinstance(left, Variable) or number is None:
        return None
    if head in ("gt", "ge"):
        return left, Domain(lower=number, lower_open=head == "gt")
    return left, Domain(upper=number, upper_open=head == "lt")


def _is_number(variable: Variable) -> bool:
    """A real number of its own; sizes and indices are bounded by facts, which know more of integers."""
    kind = variable.kind
    plain = not (kind.shape or kind.function or kind.index or kind.domain.integer)
    return plain and variable.definition is None and variable.value is None


def _is_empty(domain: Domain) -> bool:
    ends = domain.lower, domain.upper
    return ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]
