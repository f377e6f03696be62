"""Remainders of powers repeat: ``2^n mod 3`` is 1, 2, 1, 2, …, so ``⌊2^n/3⌋ = (2^n − (1 or 2))/3``."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import holds
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, cases, compare, divide, function, mul, number, subtract
from symderiv.expression.tree import ZERO, Apply, Expr, Number, transform

MAX_MODULUS, MAX_CASES = 400, 12


def by_residues_of_powers(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the integer parts of ``b^n/m`` written with the remainder that n says."""

    def change(side: Expr) -> Expr:
        return transform(side, lambda node: _written(node, problem.facts) or node)

    return with_sides_rewritten(problem, change, prove, "remainders of powers")


def _written(node: Expr, facts: tuple[Expr, ...]) -> Expr | None:
    """``(b^n − r)/m + ⌊r/m + u⌋`` for ``⌊b^n/m + u⌋``."""
    if not isinstance(node, Apply) or node.head != "floor":
        return None
    whole: list[Expr] = []
    rest: list[Expr] = []
    for term in _terms(node.args[0]):
        split = _split(term, facts)
        whole += [] if split is None else split[:1]
        rest.append(term if split is None else split[1])
    return add(*whole, function("floor", add(*rest))) if whole else None


def _terms(inner: Expr) -> Iterator[Expr]:
    """The terms of a sum, a number before it put to each."""
    match inner:
        case Apply(head="add", args=terms):
            yield from terms
        case Apply(head="mul", args=(Number() as share, Apply(head="add", args=terms))):
            yield from (mul(share, term) for term in terms)
        case _:
            yield inner


def _split(term: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Expr] | None:
    """``c (b^n − r)/m``, which is whole, and ``c r/m``."""
    match term:
        case Apply(
            head="mul",
            args=(Number(value=share), Apply(head="pow", args=(Number(value=int() as base), n)) as power),
        ):
            remainder = _remainder(base, share.denominator, n, facts)
            if remainder is not None:
                return mul(number(share), subtract(power, remainder)), mul(number(share), remainder)
    return None


def _remainder(base: int, modulus: int, n: Expr, facts: tuple[Expr, ...]) -> Expr | None:
    """``b^n mod m`` of a whole n that is surely not negative: by its value at first, then by its remainder.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Variable
    >>> n = Variable("n", SIZE)
    >>> print(_remainder(10, 9, n, ()), "|", _remainder(2, 3, n, ()))
    1 | 1 if n + -2*floor(1/2*n) == 0 else 2
    """
    if not 1 < modulus <= MAX_MODULUS or not is_integer_valued(n):
        return None
    residues, start = _cycle(base, modulus)
    first = 0 if holds(compare("le", number(start), n), facts) is True else start
    if len(residues) - start + first > MAX_CASES or holds(compare("le", ZERO, n), facts) is not True:
        return None
    period = len(residues) - start
    turn = subtract(n, mul(number(period), function("floor", divide(n, number(period)))))
    at_first = [(compare("eq", n, number(k)), number(residues[k])) for k in range(first)]
    by_turn = {k % period: number(residues[k]) for k in range(start, len(residues))}
    later = [(compare("eq", turn, number(k)), by_turn[k]) for k in range(period - 1)]
    return cases((*at_first, *later), by_turn[period - 1])


def _cycle(base: int, modulus: int) -> tuple[list[int], int]:
    """``b^0, b^1, …`` modulo m until one comes again, and the place at which that stood."""
    found = [1 % modulus]
    while (after := found[-1] * base % modulus) not in found:
        found.append(after)
    return found, found.index(after)
