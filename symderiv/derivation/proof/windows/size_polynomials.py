"""Polynomials in sizes and indices, ``s i + a - 1``, and small proofs that one is never negative.

A floor is a letter of its own, of which ``⌊u⌋ ≤ u`` is known; ``s · 1/s`` is 1, for sizes are at least 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symderiv.expression.build import add, function, mul
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import MINUS_ONE, Apply, Expr, Number, Variable

Monomial = tuple[Expr, ...]
Polynomial = Mapping[Monomial, Fraction]
Ranges = Mapping[Variable, Polynomial]
"""Indices that run from 0, and where they end."""

ROUNDS = 12


def polynomial(e: Expr) -> Polynomial:
    """An expression multiplied out; what is neither a sum nor a product is a letter.

    >>> from symderiv.expression.kinds import SIZE
    >>> s, i = Variable("s", SIZE), Variable("i")
    >>> to_text(expression(polynomial(mul(s, add(i, MINUS_ONE)))))
    'i*s + -1*s'
    """
    match e:
        case Number():
            return {(): Fraction(e.value)} if e.value else {}
        case Apply(head="add", args=terms):
            return total(*map(polynomial, terms))
        case Apply(head="mul", args=factors):
            found: Polynomial = {(): Fraction(1)}
            for factor in factors:
                found = product(found, polynomial(factor))
            return found
        case Apply(head="floor", args=(inner,)):
            return {(function("floor", expression(polynomial(inner))),): Fraction(1)}
    return {(e,): Fraction(1)}


def expression(p: Polynomial) -> Expr:
    """The polynomial as a sum, its terms in one order."""
    return add(*(mul(Number(p[letters]), *letters) for letters in sorted(p, key=_text)))


def total(*parts: Polynomial) -> Polynomial:
    found: dict[Monomial, Fraction] = {}
    for part in parts:
        for letters, c in part.items():
            found[letters] = found.get(letters, Fraction(0)) + c
    return {letters: c for letters, c in found.items() if c}


def scaled(p: Polynomial, c: int | Fraction) -> Polynomial:
    return {letters: c * d for letters, d in p.items()} if c else {}


def less(p: Polynomial, q: Polynomial) -> Polynomial:
    """p - q"""
    return total(p, scaled(q, -1))


def product(p: Polynomial, q: Polynomial) -> Polynomial:
    found: dict[Monomial, Fraction] = {}
    for a, c in p.items():
        for b, d in q.items():
            letters = _together((*a, *b))
            found[letters] = found.get(letters, Fraction(0)) + c * d
    return {letters: c for letters, c in found.items() if c}


def put(p: Polynomial, letter: Expr, value: Polynomial) -> Polynomial:
    """The polynomial at ``letter = value``."""
    found: Polynomial = {}
    for letters, c in p.items():
        term: Polynomial = {tuple(each for each in letters if each != letter): c}
        for _ in range(letters.count(letter)):
            term = product(term, value)
        found = total(found, term)
    return found


def factor_of(p: Polynomial, letter: Expr) -> Polynomial | None:
    """m of ``m letter + rest``; None where the letter stands in a power."""
    if any(letters.count(letter) > 1 for letters in p):
        return None
    return {
        tuple(each for each in letters if each != letter): c for letters, c in p.items() if letter in letters
    }


def is_never_negative(p: Polynomial, ranges: Ranges) -> bool:
    """Whether p ≥ 0 for all indices in their ranges and all sizes; True only if that is seen.

    Each index is put at the end of its range at which p is smaller; for ``-s⌊u⌋`` stands ``-s u``.
    """
    for _ in range(ROUNDS):
        letter = _to_be_put(p, ranges)
        if letter is None:
            break
        m = factor_of(p, letter)
        sign = None if m is None else _sign(m)
        if sign is None:
            return False
        if isinstance(letter, Variable):
            p = put(p, letter, {} if sign > 0 else ranges[letter])
        elif sign < 0:
            p = put(p, letter, polynomial(letter.children[0]))
        else:
            return False
    least = Fraction(0)
    for letters, c in p.items():
        low = _low(letters)
        if low is None or (c < 0 and letters):
            return False
        least += c * low
    return least >= 0


def _to_be_put(p: Polynomial, ranges: Ranges) -> Expr | None:
    """The next index, or a floor with something negative before it."""
    letters = [letter for each in sorted(p, key=_text) for letter in each]
    index = next((letter for letter in letters if letter in ranges), None)
    if index is not None:
        return index
    below = [letter for each, c in p.items() if c < 0 for letter in each]
    return next((letter for letter in below if isinstance(letter, Apply) and letter.head == "floor"), None)


def _sign(p: Polynomial) -> int | None:
    """1 or -1 where no term of p has the other sign, letters being 0 or more."""
    if any(_low(letters) is None for letters in p) or not p:
        return None
    signs = {1 if c > 0 else -1 for c in p.values()}
    return signs.pop() if len(signs) == 1 else None


def _low(letters: Monomial) -> Fraction | None:
    """A number that a product of letters is never below; None where one may be negative."""
    found = Fraction(1)
    for letter in letters:
        low = _lowest(letter)
        if low is None:
            return None
        found *= low
    return found


def _lowest(letter: Expr) -> Fraction | None:
    match letter:
        case Variable() if (low := letter.kind.domain.lower) is not None and low >= 0:
            return max(Fraction(low), Fraction(1)) if letter.kind.counts else Fraction(low)
        case Apply(head="floor", args=(inner,)):
            return Fraction(0) if is_never_negative(polynomial(inner), {}) else None
        case Apply(head="pow", args=(Variable() as base, exponent)) if exponent == MINUS_ONE:
            return None if _lowest(base) is None else Fraction(0)
    return None


def _together(letters: Monomial) -> Monomial:
    kept = list(letters)
    for letter in letters:
        if isinstance(letter, Apply) and letter.head == "pow" and letter.args[1] == MINUS_ONE:
            base = letter.args[0]
            if base in kept and letter in kept and _is_positive(base):
                kept.remove(base)
                kept.remove(letter)
    return tuple(sorted(kept, key=to_text))


def _is_positive(base: Expr) -> bool:
    return isinstance(base, Variable) and base.kind.domain.is_positive


def _text(letters: Monomial) -> str:
    return " ".join(map(to_text, letters))
