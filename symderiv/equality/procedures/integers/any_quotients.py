"""Integers divided by a letter: n is ``s m + r`` with ``0 <= r < s``, and ``r = 0`` or not are two cases.

Then ``⌊n/s⌋ = m``, and ``⌈n/s⌉`` is m or m + 1: "same" padding by cases of ``n % s``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.integers.given_quotients import put_in
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.expression.build import add, compare, mul, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import INTEGER, Kind
from symderiv.expression.parts import all_but, factors_of
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    transform,
    walk,
)

MAX_QUOTIENTS, MAX_SPLIT = 8, 2
WHOLE = tuple(product((1, -1, 0), (0, -1, 1, -2, 2)))


def by_any_quotients(problem: Problem, prove: Prove) -> Proof | None:
    """A proof in quotient and remainder of one integer by a letter, for every remainder; none is given."""
    if any(_quotient(node) for fact in problem.facts for node in walk(fact)):
        return None
    if any(Binder in contents(side).classes for side in problem.sides):
        return None
    nodes = dict.fromkeys(node for side in problem.sides for node in walk(side) if _quotient(node))
    tried = dict.fromkeys(_divided(nodes)) if len(nodes) <= MAX_QUOTIENTS else {}
    for n, s, sign, c in list(tried)[:MAX_SPLIT]:
        if not knowledge(problem.facts).implies(compare("lt", ZERO, s)):
            continue
        taken = {name.name for side in problem.expressions for name in free_variables(side)}
        m, r = (Variable(fresh(f"{n.name}_{letter}", taken), Kind(domain=INTEGER)) for letter in "mr")
        proof = in_all_cases(_cases(problem, n, s, (m, r), sign, c), "quotients and remainders", prove)
        if proof is not None and not any({m, r} & free_variables(each) for each in proof.exceptions):
            return proof
    return None


def _quotient(node: Expr) -> tuple[Expr, Variable] | None:
    """u and s of ``⌊u/s⌋``."""
    if not isinstance(node, Apply) or node.head != "floor":
        return None
    factors = factors_of(node.args[0])
    for factor in factors:
        match factor:
            case Apply(head="pow", args=(Variable() as s, below)) if below == MINUS_ONE and is_integer_valued(
                s
            ):
                return mul(*all_but(factors, factor)), s
    return None


def _divided(nodes: dict[Expr, None]) -> Iterator[tuple[Variable, Variable, Number, Expr]]:
    """The n, s, sign and c of each quotient ``⌊(±n + c)/s⌋`` of integers."""
    for node in nodes:
        found = _quotient(node)
        u, s = found if found else (node, None)
        for n in sorted(free_variables(u), key=lambda name: name.name):
            if s is None or n == s or not is_integer_valued(u) or n.kind.index or n.kind.domain.modulus != 1:
                continue
            c = instantiate(u, {n: ZERO})
            for sign in (Number(1), Number(-1)):
                if is_zero(subtract(u, add(mul(sign, n), c))):
                    yield n, s, sign, c


def _cases(
    problem: Problem, n: Variable, s: Variable, names: tuple[Variable, Variable], sign: Number, c: Expr
) -> Iterator[Problem]:
    """``±n + c = s m``, and ``s m + r`` with ``1 <= r < s``."""
    m, r = names
    for rest in (ZERO, r):
        there = put_in(problem, n, mul(sign, subtract(add(mul(s, m), rest), c)))
        bounds = () if rest == ZERO else (compare("le", ONE, r), compare("lt", r, s))
        yield _with_parts(replace(there, facts=(*there.facts, *bounds)), m)


def _with_parts(problem: Problem, m: Variable) -> Problem:
    """Quotients written as the integers between which they lie."""
    known = knowledge(problem.facts)

    def part(node: Expr) -> Expr:
        found = _quotient(node)
        if found is None:
            return node
        u, s = found
        for times, shift in WHOLE:
            whole = add(mul(Number(times), m), Number(shift))
            rest = subtract(u, mul(s, whole))
            if known.implies(compare("le", ZERO, rest)) and known.implies(compare("lt", rest, s)):
                return whole
        return node

    return problem.mapped(lambda side: transform(side, part))
