"""Where a named function has some value: it may have it on an interval, so that this is no null set.

``f(x) < 0`` isn't ``f(x) <= 0``: f may be 0 for all x. Cancelling f(x) is another matter, since where it is 0
one side doesn't exist. In ``relu(f(x))' = f'(x) [f(x) > 0]`` nothing is lost either: where f(x) = 0 and
f'(x) ≠ 0 other points are near with other values, and such points are single ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.cells.free_numbers import holds_for_few
from symderiv.equality.cells.generic import takes_values_rarely, vanishes_rarely_beside
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Field, Poly
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Prove
from symderiv.expression.build import compare
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, ZERO, Call, Expr, Number, walk

UNKNOWNS = frozenset(("call", "binder"))


class MayDiffer(Exception):
    """The sides may have two values on an interval."""


def agree(problem: Problem, field: Field, poly: Poly, origin: Expr | None, prove: Prove) -> bool:
    """Do the sides agree wherever this vanishes? False: almost everywhere, or no named function is in it.

    Raises `MayDiffer` where a named function may let it vanish on an interval, on which they have two values.
    """
    value = to_expr(field, poly)
    calls = _calls(value)
    if not calls:
        return False
    solution = solve(field, poly, kinds=UNKNOWNS)
    there = None if solution is None else problem.mapped(solution.put_in)
    proof = None if there is None else prove(there)
    if proof is not None and proof.live and not proof.exceptions:
        return True
    if (
        proof is not None
        or _is_missing(problem, origin)
        or _has_null_zeros(field, poly, value, problem.facts)
    ):
        return False
    if solution is None or there is None:
        raise MayDiffer
    both = replace(there, facts=(*there.facts, *conjuncts(there.defined_a), *conjuncts(there.defined_b)))
    for flat in _flat(problem, solution):
        case = both.mapped(lambda side, flat=flat: substitute(side, flat))  # type: ignore[misc]
        if FALSE not in case.facts and prove(case) is None:
            raise MayDiffer
    return False


def names_functions(expr: Expr) -> bool:
    """Is a value of a named function in it?"""
    return any(name.kind.function for name in free_variables(expr))


def _calls(expr: Expr) -> tuple[Call, ...]:
    return tuple(node for node in walk(expr) if isinstance(node, Call)) if names_functions(expr) else ()


def _is_missing(problem: Problem, origin: Expr | None) -> bool:
    """Does one of the sides not exist where this is zero, so that nothing but a factor was cancelled?"""
    if origin is None:
        return False
    excluded = compare("ne", origin, ZERO)
    return any(excluded in set(parts((defined,))) for defined in (problem.defined_a, problem.defined_b))


def _has_null_zeros(field: Field, poly: Poly, value: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whatever the named functions are: because of another name, ``f(x) = y``?"""
    if holds_for_few(field, poly, facts):
        return True
    return all(map(leaves_room, facts)) and vanishes_rarely_beside(value, _calls(value))


def _flat(problem: Problem, solution: Solution) -> Iterator[dict[Expr, Expr]]:
    """What derivatives are almost everywhere where the function has one value, or that of another one; by
    cases, since of a function of a function one or the other is 0."""
    call, value = solution.unknown, solution.value
    if isinstance(call, Call) and len(call.args) == 1 and all(map(leaves_room, problem.facts)):
        known = [node for side in problem.sides for node in walk(side) if isinstance(node, Call)]
        if isinstance(value, Number):
            yield from _constant(call, known)
            return
        if isinstance(value, Call) and value.args == call.args and takes_values_rarely(*call.args):
            yield {node: _raised(value, _above(node, call)) for node in known if _above(node, call)}
            return
    yield {}


def _constant(call: Call, known: list[Call]) -> Iterator[dict[Expr, Expr]]:
    (argument,) = call.args
    yield dict.fromkeys((node for node in known if _above(node, call)), ZERO)
    if isinstance(argument, Call) and len(argument.args) == 1:
        yield from _constant(argument, known)
    elif not takes_values_rarely(argument):
        yield {}


def _above(node: Call, call: Call) -> int:
    """How often a call is differentiated in a node: 0 where that is no derivative of it."""
    same = (node.function, node.args) == (call.function, call.args)
    return max(0, sum(node.orders) - sum(call.orders)) if same else 0


def _raised(call: Call, by: int) -> Call:
    return Call(call.function, call.args, (sum(call.orders) + by,))
