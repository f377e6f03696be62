"""Limits of sequences with powers of a number between -1 and 1 of whatever sign: ``(1 - 2 a)ⁿ``, 0 < a < 1.

Along the even n, and along the odd ones, such a power is ``± K e^(-c n)`` for some K, c > 0, or 0. So the
limit is the one that all of these have, if it is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.expression.build import compare, function, mul, negative
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import POSITIVE as POSITIVE_NUMBERS
from symderiv.expression.kinds import Kind
from symderiv.expression.progressions import line
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import INFINITY, ONE, ZERO, Apply, Expr, Number, Variable, walk

MAX_POWERS = 2
Facts = tuple[Expr, ...]


def limit_of_shrinking_powers(
    expr: Expr, variable: Variable, point: Expr, facts: Facts, limit: Callable[[Expr], Expr | None]
) -> Expr | None:
    """The limit of a sequence, ``limit`` asked of what has exponentials in the place of such powers."""
    if point != INFINITY or not variable.kind.domain.integer:
        return None
    powers = list(dict.fromkeys(node for node in walk(expr) if _shrinks(node, variable, facts)))
    if not 0 < len(powers) <= MAX_POWERS:
        return None
    taken = {name.name for name in free_variables(expr)}
    letters = [_letters(at, taken) for at in range(len(powers))]
    found: set[Expr | None] = set()
    for signs in product((1, -1, 0), repeat=len(powers)):
        told = [_exponential(*pair, sign, variable) for pair, sign in zip(letters, signs, strict=True)]
        found.add(limit(substitute(expr, dict(zip(powers, told, strict=True)))))
        if len(found) > 1:
            return None
    [value] = found
    is_free = value is not None and free_variables(value).isdisjoint(v for pair in letters for v in pair)
    return value if is_free else None


def _letters(at: int, taken: set[str]) -> tuple[Variable, Variable]:
    kind = Kind(domain=POSITIVE_NUMBERS)
    return Variable(fresh(f"c_{at}", taken), kind), Variable(fresh(f"K_{at}", taken), kind)


def _exponential(rate: Variable, scale: Variable, sign: int, n: Variable) -> Expr:
    return mul(Number(sign), scale, function("exp", negative(mul(rate, n)))) if sign else ZERO


def _shrinks(node: Expr, variable: Variable, facts: Facts) -> bool:
    """Is it a power of a number between -1 and 1 of whatever sign, whose exponent rises by whole steps?"""
    match node:
        case Apply(head="pow", args=(base, exponent)) if variable not in free_variables(base):
            step, start = line(exponent, variable), instantiate(exponent, {variable: ZERO})
            if not (isinstance(step, Number) and step.value > 0 and _is_whole(step) and _is_whole(start)):
                return False
            known = knowledge(facts)
            inside = compare("lt", negative(ONE), base), compare("lt", base, ONE)
            return known.signs(base) != POSITIVE and all(map(known.implies, inside))
    return False


def _is_whole(part: Expr) -> bool:
    return isinstance(part, Number) and part.value.denominator == 1
