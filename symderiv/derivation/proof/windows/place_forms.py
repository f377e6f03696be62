"""What a sum over places asks of its tables, floors and equations."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derivation.proof.windows.size_polynomials import (
    Polynomial,
    expression,
    factor_of,
    less,
    polynomial,
    product,
    scaled,
)
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Number, Sequence, Variable


def only_number(table: Sequence) -> Fraction | None:
    """c of a table [[c, …, c], …] of one number."""
    found = {
        part.value if isinstance(part, Number) else only_number(part) if isinstance(part, Sequence) else None
        for part in table.items
    }
    number = found.pop() if len(found) == 1 else None
    return None if number is None else Fraction(number)


def sizes(table: Sequence) -> tuple[int, ...]:
    first = table.items[0]
    return (len(table.items), *(sizes(first) if isinstance(first, Sequence) else ()))


def differences(name: Variable, others: dict[Variable, Polynomial]) -> list[Polynomial]:
    """name - k and k - name for every other index k"""
    one: Polynomial = {(name,): Fraction(1)}
    found = [less(one, {(k,): Fraction(1)}) for k in others]
    return [*found, *(scaled(p, -1) for p in found)]


def is_floor(letter: Expr) -> bool:
    return isinstance(letter, Apply) and letter.head == "floor"


def says_it_is_whole(equation: Polynomial, floor: Expr) -> bool:
    """Whether an equation is ``m ⌊u⌋ = m u``, for an m that isn't 0."""
    m = factor_of(equation, floor)
    if not m or len(m) != 1:
        return False
    u = polynomial(floor.children[0])
    return not less(equation, less(product(m, {(floor,): Fraction(1)}), product(m, u)))


def alone(p: Polynomial) -> Variable | None:
    """The index that is all of p."""
    match tuple(p.items()):
        case (((Variable() as name,), c),) if c == 1:
            return name
    return None


def frozen(p: Polynomial) -> frozenset[tuple[object, Fraction]]:
    return frozenset(p.items())


def signed(p: Polynomial) -> Polynomial:
    """p or -p: the one whose first term has no minus."""
    first = min(p, key=lambda letters: to_text(expression({letters: Fraction(1)})), default=None)
    return p if first is None or p[first] > 0 else scaled(p, -1)
