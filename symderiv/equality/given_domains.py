"""What is given of every entry of an array, as its domain: ``x[i] >= 0`` for all i makes x nonnegative."""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.facts import bounds, in_both, parts
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.given_arrays import of_all_entries, whole_axes
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Expr, Index, Variable, walk


def with_domains(problem: Problem) -> Problem:
    """The problem with the bounds of all entries of an array in its kind.

    A domain of one number stays a fact: an equation there is nothing rare.
    """
    found = next(((fact, *bound) for fact in problem.facts if (bound := _bounded(fact)) is not None), None)
    if found is None:
        return problem
    fact, array, domain = found
    others = tuple(each for each in problem.facts if each is not fact)
    narrower: dict[Expr, Expr] = {array: Variable(array.name, replace(array.kind, domain=domain))}
    return with_domains(replace(problem, facts=others).mapped(lambda expr: substitute(expr, narrower)))


def _bounded(fact: Expr) -> tuple[Variable, Domain] | None:
    """The array whose entries a fact bounds, all of them and nothing else, and their domain with it."""
    of_all = of_all_entries(fact)
    if of_all is None:
        return None
    body, ends = of_all
    reads = {node for node in walk(body) if isinstance(node, Index)}
    if len(reads) != 1:
        return None
    (read,) = reads
    array = whole_axes(read, ends)
    if array is None or array.definition is not None or array.value is not None:
        return None
    domain = array.kind.domain
    for part in parts((body,)):
        more = bounds(part, read)
        if more is None:
            return None
        domain = in_both(domain, more)
    is_wide = domain.lower is None or domain.upper is None or domain.lower < domain.upper
    return (array, domain) if is_wide else None
