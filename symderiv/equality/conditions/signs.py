"""The sign of an expression as its structure shows it: exp > 0, |x| ≥ 0, a product of known signs.

A sign is the set of what is possible: a subset of {-1, 0, 1}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import product as pairs

from symderiv.equality.conditions.roots_in_sums import outweighing_root
from symderiv.equality.evaluate.arrays import table_entries
from symderiv.expression.build import add, conjunction, negation
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import (
    TRUE,
    Apply,
    Binder,
    Cases,
    Constant,
    Exact,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)

Possible = frozenset[int]
ANY: Possible = frozenset((-1, 0, 1))
POSITIVE: Possible = frozenset((1,))
NEGATIVE: Possible = frozenset((-1,))
ZERO_ONLY: Possible = frozenset((0,))
NONNEGATIVE: Possible = frozenset((0, 1))
NONPOSITIVE: Possible = frozenset((-1, 0))

SignOf = Callable[[Expr], Possible]

_ODD = frozenset(("sinh", "tanh", "asinh", "atanh", "atan", "asin", "erf", "sign"))
_NEVER_NEGATIVE = frozenset(("heaviside", "delta", "acosh", "acos"))


def possible_signs(expr: Expr, known: SignOf) -> Possible:
    """What the structure of ``expr`` leaves possible; ``known`` is asked about the parts.

    >>> possible_signs(Apply("exp", (Variable("x"),)), lambda part: ANY) == POSITIVE
    True
    """
    if isinstance(expr, Number):
        return of_number(expr.value)
    if isinstance(expr, Constant):
        return POSITIVE if expr.name in ("pi", "e", "oo") else ANY
    if isinstance(expr, (Variable, Index)):
        return _of_name(expr, known)
    if isinstance(expr, Apply):
        return _of_apply(expr, known)
    if isinstance(expr, Cases):
        parts = [value for _, value in expr.branches]
        return union(known(part) for part in (*parts, *([expr.otherwise] if expr.otherwise else [])))
    if isinstance(expr, Binder):
        return _of_binder(expr, known)
    return ANY


def of_number(value: Exact) -> Possible:
    return frozenset(((value > 0) - (value < 0),))


def of_domain(domain: Domain) -> Possible:
    """The signs of the numbers in a domain."""
    signs = set(ANY)
    if domain.lower is not None and domain.lower >= 0:
        signs.discard(-1)
        if domain.is_positive:
            signs.discard(0)
    if domain.upper is not None and domain.upper <= 0:
        signs.discard(1)
        if domain.is_negative:
            signs.discard(0)
    if domain.integer and domain.modulus > 1 and domain.residue:
        signs.discard(0)
    return frozenset(signs)


def union(parts: Iterable[Possible]) -> Possible:
    return frozenset().union(*parts)


def _of_name(expr: Expr, known: SignOf) -> Possible:
    base = expr.base if isinstance(expr, Index) else expr
    if isinstance(base, Variable):
        signs = of_domain(base.kind.domain)
        return signs | ZERO_ONLY if base.kind.zero_outside else signs
    return union(map(known, table_entries(base))) if isinstance(base, Sequence) else ANY


def _of_apply(expr: Apply, known: SignOf) -> Possible:
    head, args = expr.head, expr.args
    if head in ("exp", "cosh"):
        return POSITIVE
    if head == "abs":
        signs = known(args[0])
        return frozenset(s * s for s in signs)
    if head in _ODD:
        return known(args[0])
    if head in _NEVER_NEGATIVE:
        return NONNEGATIVE - ZERO_ONLY if head == "heaviside" and -1 not in known(args[0]) else NONNEGATIVE
    if head == "gamma" and known(args[0]) == POSITIVE:
        return POSITIVE
    if head in ("log", "floor"):
        return _against_one(head, args[0], known)
    rule = _RULES.get(head)
    return ANY if rule is None else rule(args, known)


def _against_one(head: str, arg: Expr, known: SignOf) -> Possible:
    """log x has the sign of x - 1; ⌊x⌋ is negative with x, and positive from 1 on."""
    beyond = known(add(arg, Number(-1)))
    if head == "log":
        return beyond
    if -1 not in known(arg):
        return POSITIVE if -1 not in beyond else NONNEGATIVE
    return NEGATIVE if known(arg) == NEGATIVE else NONPOSITIVE if beyond == NEGATIVE else ANY


def _of_sum(args: tuple[Expr, ...], known: SignOf) -> Possible:
    line = _line(args)
    if line is not None:
        return of_domain(line)
    total = known(args[0])
    for arg in args[1:]:
        if total == ANY:
            break
        total = union(_added(a, b) for a, b in pairs(total, known(arg)))
    return _beside_a_root(args) if total == ANY else total


def _beside_a_root(args: tuple[Expr, ...]) -> Possible:
    """What is left possible where a square root may outweigh the rest."""
    found = outweighing_root(args)
    if found is None:
        return ANY
    side, strict = found
    return frozenset((side,)) if strict else frozenset((side, 0))


def _line(args: tuple[Expr, ...]) -> Domain | None:
    """The numbers that ``m x + c`` may be, m and c numbers, by the bounds with which x is declared."""
    numbers = [arg.value for arg in args if isinstance(arg, Number)]
    others = [arg for arg in args if not isinstance(arg, Number)]
    if len(numbers) != 1 or len(others) != 1:
        return None
    m, name = _multiple(others[0])
    base = name.base if isinstance(name, Index) else name
    if not isinstance(base, Variable) or base.kind.zero_outside or not m:
        return None
    domain = base.kind.domain
    ends = [(domain.lower, domain.lower_open), (domain.upper, domain.upper_open)]
    moved = [(None if end is None else end * m + numbers[0], is_open) for end, is_open in ends]
    (lower, lower_open), (upper, upper_open) = moved if m > 0 else moved[::-1]
    return Domain(lower=lower, lower_open=lower_open, upper=upper, upper_open=upper_open)


def _multiple(term: Expr) -> tuple[Exact, Expr]:
    match term:
        case Apply(head="mul", args=(Number(value=m), name)):
            return m, name
    return 1, term


def _added(a: int, b: int) -> Possible:
    return frozenset((a or b,)) if a * b >= 0 else ANY


def _of_product(args: tuple[Expr, ...], known: SignOf) -> Possible:
    total = POSITIVE
    for arg, times in Counter(args).items():
        total = frozenset(a * b**times for a, b in pairs(total, known(arg)))
    return total


def _of_power(args: tuple[Expr, ...], known: SignOf) -> Possible:
    base, exponent = args
    signs = known(base)
    if signs == POSITIVE:
        return POSITIVE
    if not isinstance(exponent, Number):
        return NONNEGATIVE if -1 not in signs else ANY
    n = exponent.value
    if n < 0:
        signs -= ZERO_ONLY
    if not isinstance(n, int):
        return frozenset(s for s in signs if s >= 0) or NONNEGATIVE
    return frozenset(s * s for s in signs) if n % 2 == 0 else signs


def _of_max(args: tuple[Expr, ...], known: SignOf) -> Possible:
    parts = [known(arg) for arg in args]
    return frozenset(max(choice) for choice in pairs(*parts)) if len(parts) <= 8 else ANY


def _of_min(args: tuple[Expr, ...], known: SignOf) -> Possible:
    parts = [known(arg) for arg in args]
    return frozenset(min(choice) for choice in pairs(*parts)) if len(parts) <= 8 else ANY


_RULES: Mapping[str, Callable[[tuple[Expr, ...], SignOf], Possible]] = {
    "add": _of_sum,
    "mul": _of_product,
    "pow": _of_power,
    "max": _of_max,
    "min": _of_min,
}


def _of_binder(expr: Binder, known: SignOf) -> Possible:
    inside = known(expr.body)
    if expr.kind in ("max", "min"):
        return inside
    if expr.kind == "prod":
        if inside == POSITIVE:
            return POSITIVE
        return NONNEGATIVE if -1 not in inside else ANY
    if expr.kind not in ("sum", "integral"):
        return ANY
    if expr.kind == "integral" and (expr.lower is None or expr.upper is None):
        return ANY
    signs = inside if inside in (NONNEGATIVE, NONPOSITIVE, ZERO_ONLY) else _weak(inside)
    ordered = expr.kind == "sum" or known(_length(expr)) <= NONNEGATIVE
    if not ordered:
        return ANY
    strict = expr.kind == "sum" and inside in (POSITIVE, NEGATIVE) and _is_full(expr, known)
    return signs - ZERO_ONLY if strict else signs


def _weak(signs: Possible) -> Possible:
    """A sum of such terms, which may be empty."""
    if signs <= NONNEGATIVE:
        return NONNEGATIVE
    return NONPOSITIVE if signs <= NONPOSITIVE else ANY


def _length(expr: Binder) -> Expr:
    assert expr.lower is not None and expr.upper is not None
    return Apply("add", (expr.upper, Apply("mul", (Number(-1), expr.lower))))


def _is_full(expr: Binder, known: SignOf) -> bool:
    """Whether a sum certainly has a term."""
    if expr.lower is None or expr.upper is None:
        return expr.condition == TRUE
    return expr.condition == TRUE and -1 not in known(_length(expr))


def branch_facts(expr: Cases) -> list[tuple[Expr, Expr]]:
    """Each value of a case distinction with the condition under which it is taken."""
    before: list[Expr] = []
    found = []
    for condition, value in expr.branches:
        found.append((conjunction(*before, condition), value))
        before.append(negation(condition))
    if expr.otherwise is not None:
        found.append((conjunction(*before), expr.otherwise))
    return found
