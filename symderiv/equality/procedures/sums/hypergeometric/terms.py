"""Hypergeometric terms: ``r(n, k) Π Γ(α n + β k + γ)^e Π b^(α n + β k + γ)``, α and β integers.

Of the Γ and the powers the quotients of neighbours are rational functions; where no Γ is at a pole and no b
is zero they are that at every point.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.procedures.sums.binomials import read_binomial
from symderiv.equality.procedures.sums.hypergeometric.ratios import Poly, Ratio, Ring
from symderiv.expression.build import add, compare, divide, function, mul, number, power, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable

MAX_STEP = 4


@dataclass(frozen=True, slots=True)
class Part:
    """``Γ(argument)^times``, or ``base^argument`` where there is a base."""

    argument: Expr
    times: int
    base: Expr | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The rational factor, and the others."""

    rational: Expr
    parts: tuple[Part, ...]

    def others_at(self, n: Variable, at_n: Expr, k: Variable, at_k: Expr) -> Expr:
        """The product of the parts at a point."""
        values = {n: at_n, k: at_k}
        return mul(*(_value(part, instantiate(part.argument, values)) for part in self.parts))

    def at(self, n: Variable, at_n: Expr, k: Variable, at_k: Expr) -> Expr:
        rational = instantiate(self.rational, {n: at_n, k: at_k})
        return mul(rational, self.others_at(n, at_n, k, at_k))


def _value(part: Part, argument: Expr) -> Expr:
    if part.base is not None:
        return power(part.base, argument)
    return power(function("gamma", argument), Number(part.times))


def read_term(body: Expr, n: Variable, k: Variable, known: Knowledge) -> Term | None:
    """A product as such a term, where the facts hold."""
    rational: list[Expr] = []
    parts: list[Part] = []
    for factor in factors_of(body):
        found = _parts(factor, n, k, known, 1)
        if found is None:
            rational.append(factor)
        else:
            parts.extend(found)
    moving = (n, k)
    ring = Ring(n, k, rational)
    if not parts or any(ring.read(factor) is None for factor in rational):
        return None
    plain = all(free_variables(part.base).isdisjoint(moving) for part in parts if part.base is not None)
    return Term(mul(*rational), tuple(parts)) if plain else None


def _parts(factor: Expr, n: Variable, k: Variable, known: Knowledge, times: int) -> list[Part] | None:
    binomial = read_binomial(factor, known)
    if binomial is not None:
        all_ways, chosen, left = (
            add(each, ONE)
            for each in (binomial.above, binomial.below, subtract(binomial.above, binomial.below))
        )
        return [Part(all_ways, times), Part(chosen, -times), Part(left, -times)]
    match factor:
        case Apply(head="gamma", args=(argument,)):
            return [Part(argument, times)]
        case Apply(head="mul", args=args):
            found = [_parts(arg, n, k, known, times) for arg in args]
            inner = [part for each in found if each is not None for part in each]
            return inner if None not in found else None
        case Apply(head="pow", args=(base, Number(value=int() as e))):
            return _parts(base, n, k, known, times * e)
        case Apply(head="pow", args=(base, exponent)) if not free_variables(exponent).isdisjoint((n, k)):
            return [Part(mul(number(times), exponent), 1, base)]
    return None


@dataclass(frozen=True, slots=True)
class Shifts:
    """The quotients of a term's Γ and powers at n + i, k + j and at n, k."""

    ring: Ring
    term: Term

    def ratio(self, n: int, k: int) -> Ratio | None:
        total = Ratio(self.ring.one, self.ring.one)
        for part in self.term.parts:
            one = self._of(part, n, k)
            if one is None:
                return None
            total = total.times(one)
        return total

    def _of(self, part: Part, n: int, k: int) -> Ratio | None:
        argument = self.ring.read(part.argument)
        step = None if argument is None else self._step(argument, n, k)
        if argument is None or step is None:
            return None
        if part.base is not None:
            base = self.ring.read(part.base)
            return None if base is None else _power(base, step, self.ring)
        factor = Ratio(_rising(argument.above, step), self.ring.one)
        return _power(factor if step >= 0 else factor.inverse, part.times, self.ring)

    def _step(self, argument: Ratio, n: int, k: int) -> int | None:
        """By how much an argument grows; None where that isn't the same small integer everywhere."""
        if not argument.below.is_one():
            return None
        gap = self.ring.shifted(argument.above, n, k) - argument.above
        if not gap.is_constant():
            return None
        value = gap.leading_coefficient() if not gap.is_zero() else 0
        return int(value) if value == int(value) and abs(int(value)) <= MAX_STEP else None


def _rising(x: Poly, step: int) -> Poly:
    """``Γ(x + step)/Γ(x)``, or for a negative step what it is divided by."""
    result = x**0
    for i in range(step) if step > 0 else range(step, 0):
        result = result * (x + i)
    return result


def _power(base: Ratio, exponent: int, ring: Ring) -> Ratio:
    base = base if exponent >= 0 else base.inverse
    if exponent == 0:
        return Ratio(ring.one, ring.one)
    return Ratio(base.above ** abs(exponent), base.below ** abs(exponent))


def is_regular(term: Term, n: Variable, k: Variable, order: int, known: Knowledge) -> bool:
    """Are all Γ off their poles, all exponents whole, all bases not zero, at n, …, n + order?

    A base that may be zero will do where its exponent is never negative, and never falls.
    """
    return all(_is_regular_at(part, n, k, j, known) for part in term.parts for j in range(order + 1))


def _is_regular_at(part: Part, n: Variable, k: Variable, j: int, known: Knowledge) -> bool:
    argument = instantiate(part.argument, {n: add(n, number(j))})
    if not is_integer_valued(argument):
        return False
    if part.base is None:
        return known.implies(compare("lt", ZERO, argument))
    if 0 not in known.signs(part.base):
        return True
    steps = (subtract(instantiate(argument, {name: add(name, ONE)}), argument) for name in (n, k))
    return known.implies(compare("le", ZERO, argument)) and all(
        known.implies(compare("le", ZERO, step)) for step in steps
    )


def quotient(ring: Ring, ratio: Ratio, n: Variable, at_n: Expr, k: Variable, at_k: Expr) -> Expr:
    """The value of a quotient at a point."""
    values = {n: at_n, k: at_k}
    above, below = (instantiate(ring.written(poly), values) for poly in (ratio.above, ratio.below))
    return divide(above, below)
