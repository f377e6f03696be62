"""Logarithms in costs: log n grows slower than every power of n, and is its own variable otherwise.

A bound that holds for log n as a variable ≥ 1 of its own holds for n ≥ 3. Where none does, a direction is
sought in which the powers alone decide, or tie and the logarithms decide: along x = t^w, with constants where
w is 0, a monomial grows as t^(w·a) times log t for each logarithm of a name with w > 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from symderiv.errors import MeaningError
from symderiv.grading.costs.signs import Monomial

LOG = "log "
Monomials = frozenset[Monomial]
Direction = tuple[tuple[str, int], ...]
MAX_NAMES = 6
_SMALL = 1000


def of_log(found: Monomials) -> Monomials:
    """The growth of log(Σ x^a): the sum of the logarithms of its names.

    >>> sorted(of_log(frozenset({(("n", Fraction(2)),)})))
    [(('log n', Fraction(1, 1)),)]
    """
    powers = [pair for monomial in found for pair in monomial]
    if any(power < 0 or name.startswith(LOG) for name, power in powers) or () in found:
        raise MeaningError("the growth of this logarithm isn't known", expected="a cost such as n*log(n)")
    return frozenset(((LOG + name, Fraction(1)),) for name, _ in powers)


def has_logs(*monomials: Monomial) -> bool:
    return any(name.startswith(LOG) for monomial in monomials for name, _ in monomial)


def in_powers(monomial: Monomial) -> Monomial:
    """A bound without logarithms: log n = O(n^ε) for each ε > 0."""
    found: dict[str, Fraction] = {}
    for name, power in monomial:
        bare = name.removeprefix(LOG)
        found[bare] = found.get(bare, Fraction(0)) + (
            power if bare == name else max(power, Fraction(0)) / _SMALL
        )
    return tuple(sorted(found.items()))


def without_logs(monomial: Monomial) -> Monomial:
    """A lower bound without logarithms: log n ≥ 1 for n ≥ 3."""
    if any(name.startswith(LOG) and power < 0 for name, power in monomial):
        raise MeaningError("the growth of a quotient by a logarithm isn't compared")
    return tuple(pair for pair in monomial if not pair[0].startswith(LOG))


def tied_direction(monomial: Monomial, others: Monomials) -> Direction | None:
    """A set of names along which the monomial outgrows the others, each by its powers or by its logarithms.

    >>> long, plain = (("log n", Fraction(1)), ("n", Fraction(1))), (("n", Fraction(1)),)
    >>> tied_direction(long, frozenset({plain})), tied_direction(plain, frozenset({long}))
    ((('n', 1),), None)
    """
    names = sorted({name.removeprefix(LOG) for each in (monomial, *others) for name, _ in each})
    for grown in _sets(names[:MAX_NAMES]):
        own = _rate(monomial, grown)
        if all(own > _rate(other, grown) for other in others):
            return tuple((name, 1) for name in grown)
    return None


def _sets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for count in range(1, len(names) + 1):
        yield from combinations(names, count)


def _rate(monomial: Monomial, grown: tuple[str, ...]) -> tuple[Fraction, Fraction]:
    """The powers of t and of log t as which it grows, where these names are t and the others constant."""
    powers = sum((power for name, power in monomial if name in grown), Fraction(0))
    logs = sum((power for name, power in monomial if name.removeprefix(LOG) in grown), Fraction(0))
    return powers, logs - powers
