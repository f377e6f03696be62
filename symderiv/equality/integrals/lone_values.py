"""Values of parameters at which an antiderivative is none: ``exp(a t)/a`` at a = 0.

Each is an equation; what it says is put in, and the integral found once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.integrals.single_points import at_single_points
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove
from symderiv.errors import SymderivError
from symderiv.expression.build import cases, compare, divide, negative, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Kind
from symderiv.expression.parts import factors_of
from symderiv.expression.progressions import line
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, INFINITY, ZERO, Constant, Expr, Number, Variable, walk

Facts = tuple[Expr, ...]
Integral = Callable[[tuple[Expr, Expr, Expr], Facts], Expr | None]
"""The integral of an integrand from a lower to an upper end, where facts hold."""


def lone_values(exceptions: Iterable[Expr], t: Variable, facts: Facts) -> tuple[Expr, ...] | None:
    """What is zero where a proof about an integrand fails for more than single values of t.

    ``None`` where that isn't clear.

    >>> from symderiv.expression.tree import Apply
    >>> a, t = Variable("a"), Variable("t")
    >>> at = lambda *sides: [str(each) for each in lone_values([Apply("eq", sides)], t, ())]
    >>> at(a, ZERO), at(Apply("mul", (a, t)), ZERO), at(t, a)
    (['a'], ['a'], [])
    """
    found: dict[Expr, None] = {}
    for left, right in (exception.children for exception in exceptions):
        if knowledge(facts).implies(compare("ne", left, right)):
            continue
        for factor in factors_of(left if right == ZERO else subtract(left, right)):
            mine = _of_factor(factor, t, facts)
            if mine is None:
                return None
            found.update(dict.fromkeys(mine))
    return tuple(found)


def proof_at_all_numbers(a: Expr, b: Expr, facts: Facts) -> Proof | None:
    """A proof for real numbers where there is none for integers, of which n = 0 is no null set."""
    found = prove(a, b, facts)
    integers = [name for name in free_variables(a) | free_variables(b) if _is_integer(name)]
    if found is not None or not integers:
        return found
    names: dict[Expr, Expr] = {name: _as_real(name) for name in integers}
    real = (substitute(part, names) for part in (a, b, *facts))
    found = prove(next(real), next(real), tuple(real))
    back: dict[Expr, Expr] = {name: integer for integer, name in names.items()}
    return found and replace(found, exceptions=tuple(substitute(each, back) for each in found.exceptions))


def _as_real(name: Variable) -> Variable:
    """The same name for any number between the bounds."""
    domain = name.kind.domain
    return Variable(name.name, Kind(domain=replace(domain, integer=False, modulus=1, residue=0)))


def _is_integer(name: Variable) -> bool:
    return name.kind.domain.integer and not name.kind.shape and not name.kind.function


def _of_factor(factor: Expr, t: Variable, facts: Facts) -> tuple[Expr, ...] | None:
    if t not in free_variables(factor):
        return () if knowledge(facts).implies(compare("ne", factor, ZERO)) else (factor,)
    if at_single_points(factor, ZERO, t, facts):
        return ()
    slope = line(factor, t)
    return None if slope is None else (slope,)


def with_lone_values(
    value: Expr, lone: Iterable[Expr], asked: tuple[Expr, Expr, Expr], facts: Facts, integral: Integral
) -> Expr | None:
    """The value, and what it is where one of the lone ones is zero; ``None`` where that isn't known."""
    branches: list[tuple[Expr, Expr]] = []
    for gap in lone:
        there = next(filter(None, (_integral_at(*put, asked, facts, integral) for put in _solved(gap))), None)
        if there is None or not _is_finite(there):
            return None
        branches.append((compare("eq", gap, ZERO), there))
    return cases(tuple(branches), value)


def _solved(gap: Expr) -> Iterator[tuple[Variable, Expr]]:
    """Names that an equation gives a value, with it: ``a - b = 0`` is a = b, and b = a."""
    for name in sorted(free_variables(gap), key=lambda variable: variable.name):
        slope = line(gap, name)
        if isinstance(slope, Number) and slope != ZERO and not name.kind.shape:
            yield name, negative(divide(instantiate(gap, {name: ZERO}), slope))


def _integral_at(
    name: Variable, value: Expr, asked: tuple[Expr, Expr, Expr], facts: Facts, integral: Integral
) -> Expr | None:
    try:
        body, low, high = (instantiate(part, {name: value}) for part in asked)
        known = tuple(instantiate(fact, {name: value}) for fact in facts)
    except SymderivError:
        return None
    return None if FALSE in known else integral((body, low, high), known)


def _is_finite(value: Expr) -> bool:
    return not any(node == INFINITY or node == Constant("undefined") for node in walk(value))
