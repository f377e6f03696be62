"""Sizes in a tidy form: like terms combined, so that ``n + (k-1) + (k-1) - (k-1)`` reads ``n + k - 1``."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from symderiv.equality.integers.whole import is_whole
from symderiv.expression.build import add, divide, mul
from symderiv.expression.tree import Apply, Expr, Number, Variable

Monomials = dict[tuple[Expr, ...], Fraction]


def tidy_size(size: Expr) -> Expr:
    """The size as a sum of monomials, products of sums multiplied out.

    >>> from symderiv.expression.tree import Variable
    >>> n = Variable("n")
    >>> tidy_size(Apply("add", (n, Number(2), Apply("mul", (Number(-1), n))))).value
    2
    """
    if isinstance(size, Number) or not size.children:
        return size
    found = {factors: c for factors, c in _monomials(size).items() if c}
    return add(*(mul(Number(c), *factors) for factors, c in found.items()))


def split_off_number(size: Expr) -> tuple[Expr, Number]:
    """A sum of monomials as what has letters, and the number beside it.

    >>> from symderiv.expression.tree import Variable
    >>> split_off_number(add(Variable("n"), Number(-1)))[1].value
    -1
    """
    found = _monomials(size)
    number = Number(found.pop((), Fraction(0)))
    return add(*(mul(Number(c), *factors) for factors, c in found.items() if c)), number


def monomials(size: Expr) -> frozenset[tuple[tuple[Expr, ...], Fraction]]:
    """The size as a sum of monomials, floors too: two sizes with the same are equal for all letters.

    >>> from symderiv.expression.kinds import SIZE
    >>> n, k = Variable("n"), Variable("k")
    >>> two = add(n, mul(Number(-1), add(k, Number(-1)))), add(Number(1), n, mul(Number(-1), k))
    >>> monomials(two[0]) == monomials(two[1])
    True
    >>> n, half = Variable("n", SIZE), Number(Fraction(1, 2))
    >>> windows = Apply("floor", (mul(half, n, add(n, Number(-2))),)), Apply("floor", (mul(half, n, n),))
    >>> monomials(add(windows[0], n)) == monomials(windows[1])
    True
    """
    return frozenset((factors, c) for factors, c in _monomials(_tidy_floors(size)).items() if c)


def _tidy_floors(size: Expr) -> Expr:
    """Arguments of floors as sums of monomials in order, whole numbers outside: ⌊n/2⌋ - 1 for ⌊(n - 2)/2⌋."""
    if not isinstance(size, Apply) or not size.children:
        return size
    size = size.rebuild(tuple(map(_tidy_floors, size.children)))
    if not isinstance(size, Apply) or size.head != "floor":
        return size
    whole: list[Expr] = []
    rest: list[Expr] = []
    for factors, c in sorted(monomials(size.args[0]), key=str):
        if all(map(_is_whole, factors)):
            whole.append(mul(Number(floor(c)), *factors))
            c -= floor(c)
        rest += [mul(Number(c), *factors)] if c else []
    left = add(*rest)
    return add(*whole, left if isinstance(left, Number) and left.value == 0 else Apply("floor", (left,)))


def _is_whole(factor: Expr) -> bool:
    return isinstance(factor, Variable) and factor.kind.domain.integer


def doesnt_divide(part: Expr, size: Expr) -> bool:
    """Whether a size is known not to be a multiple of another; of a letter it must be seen to be one.

    >>> from symderiv.expression.kinds import SIZE
    >>> g, n = Variable("g", SIZE), Variable("n", SIZE)
    >>> doesnt_divide(g, mul(Number(2), g)), doesnt_divide(g, n), doesnt_divide(Number(2), n)
    (False, True, False)
    """
    if isinstance(part, Number) and not isinstance(size, Number):
        return False
    return not is_whole(tidy_size(divide(size, part)))


def factors_of(size: Expr) -> dict[Expr, Expr]:
    """What stands before each letter of a sum, signs left out: {i: s, a: d} for ``s i + d a - 1``.

    >>> from symderiv.expression.tree import Variable
    >>> i = Variable("i")
    >>> factors_of(Apply("add", (Apply("mul", (Number(2), i)), Number(-1))))[i].value
    2
    """
    return {
        factors[-1]: mul(Number(abs(c)), *factors[:-1])
        for factors, c in _monomials(size).items()
        if factors and c
    }


def _monomials(size: Expr) -> Monomials:
    if isinstance(size, Number):
        return {(): Fraction(size.value)}
    if isinstance(size, Apply) and size.head == "add":
        total: Monomials = {}
        for term in size.args:
            for factors, c in _monomials(term).items():
                total[factors] = total.get(factors, Fraction(0)) + c
        return total
    if isinstance(size, Apply) and size.head == "mul":
        product: Monomials = {(): Fraction(1)}
        for factor in size.args:
            product = _times(product, _monomials(factor))
        return product
    return {(size,): Fraction(1)}


def _times(a: Monomials, b: Monomials) -> Monomials:
    product: Monomials = {}
    for left, c in a.items():
        for right, d in b.items():
            factors = tuple(sorted(_cancelled((*left, *right)), key=_name))
            product[factors] = product.get(factors, Fraction(0)) + c * d
    return product


def _cancelled(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Without k and 1/k, sizes being 1 or more."""
    kept = list(factors)
    for factor in factors:
        if isinstance(factor, Apply) and factor.head == "pow" and factor.args[1] == Number(-1):
            base = factor.args[0]
            if base in kept:
                kept.remove(base)
                kept.remove(factor)
    return tuple(kept)


def _name(factor: Expr) -> str:
    return getattr(factor, "name", "~")
