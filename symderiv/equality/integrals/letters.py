"""Letters at which an antiderivative has a pole, the integral none: ``∫₀¹ e^(a t) dt`` is 1 for a = 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.equality.cells.solving import solve
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.normal_forms.plain import difference
from symderiv.expression.build import cases, compare, conjunction
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import INFINITY, ZERO, Apply, Binder, Expr, Number, Variable, walk

Facts = tuple[Expr, ...]
Integrate = Callable[[Expr, Variable, Expr, Expr, Facts], "Expr | None"]


def off_poles(share: Expr, antiderivative: Expr, of: Binder, facts: Facts, integrate: Integrate) -> Expr:
    """The value of an integral off the letters that make a denominator of its antiderivative 0, and at them.

    Only of an integral between numbers: an infinite one may have none there.
    """
    t, lower, upper = of.variable, of.lower, of.upper
    assert lower is not None and upper is not None
    if any(INFINITY in walk(end) for end in (lower, upper)):
        return share
    known = knowledge(facts)
    given = set(_denominators(of.body, t))
    poles = [u for u in dict.fromkeys(_denominators(antiderivative, t)) if u not in given]
    apart = [condition for u in poles if not known.implies(condition := compare("ne", u, ZERO))]
    if not apart:
        return share
    return cases(((conjunction(*apart), share),), _at_pole(poles, of, facts, integrate) or of)


def _denominators(expr: Expr, t: Variable) -> Iterator[Expr]:
    """What is divided by, if it holds letters, but not the variable."""
    for node in walk(expr):
        match node:
            case Apply(head="pow", args=(u, Number(value=n))) if n < 0:
                if free_variables(u) and t not in free_variables(u):
                    yield u


def _at_pole(poles: list[Expr], of: Binder, facts: Facts, integrate: Integrate) -> Expr | None:
    """The integral where the only denominator is 0, solved for a letter."""
    found = difference(poles[0], ZERO) if len(poles) == 1 else None
    solution = None if found is None or found[1].den else solve(found[0], found[1].num)
    if solution is None or solution.never or not isinstance(solution.unknown, Variable):
        return None
    put_in: dict[Expr, Expr] = {solution.unknown: solution.value}
    body, lower, upper = (substitute(part, put_in) for part in (of.body, of.lower, of.upper) if part)
    return integrate(body, of.variable, lower, upper, tuple(substitute(fact, put_in) for fact in facts))
