"""Factors that cancel in products and quotients of numbers: 1/s₁/(s₂/s₁) is 1/s₂, 4 a s/(2 s²)² is a/s³."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derivation.vocabulary import shape
from symderiv.expression.tree import ONE, Apply, Expr, Number, Sequence, walk

Powers = dict[Expr, int]


def shortened(tree: Expr) -> tuple[Expr, Expr] | None:
    """The first quotient of numbers in which factors cancel, and what is left of it."""
    for node in walk(tree):
        if isinstance(node, Apply) and node.head in ("div", "mul") and _divides(node) and not shape(node):
            short = _in_lowest_terms(node)
            if short is not None:
                return node, short
        if isinstance(node, Apply) and node.head == "div" and shape(node) and not shape(node.args[1]):
            short = _before_array(*node.args)
            if short is not None:
                return node, short
    return None


def _before_array(above: Expr, below: Expr) -> Expr | None:
    """T u/T as u, for a number T and an array u."""
    multiple = as_multiple(above)
    if multiple is None:
        return None
    front = _in_lowest_terms(Apply("div", (multiple[0], below)))
    if front is None:
        return None
    return multiple[1] if front == ONE else Apply("mul", (front, multiple[1]))


def as_multiple(tree: Expr) -> tuple[Expr, Expr] | None:
    """``(a + b, x)`` of ``a x + b x``: a number by which all is a multiple of one array.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Variable
    >>> a, b, x = Variable("a"), Variable("b"), Variable("x", Kind(shape=(Variable("n", SIZE),)))
    >>> found = as_multiple(Apply("sub", (Apply("mul", (a, x)), Apply("mul", (b, x)))))
    >>> [to_text(part) for part in found or ()]
    ['a - b', 'x']
    """
    match tree:
        case Apply(head="mul", args=(*front, array)) if front and shape(array):
            if any(map(shape, front)):
                return None
            return front[0] if len(front) == 1 else Apply("mul", tuple(front)), array
        case Apply(head="neg" | "add" | "sub" as head, args=terms):
            found = [as_multiple(term) for term in terms]
            known = [each for each in found if each is not None]
            if len(known) == len(terms) and len({array for _, array in known}) == 1:
                return Apply(head, tuple(number for number, _ in known)), known[0][1]
    return None


def _divides(node: Apply) -> bool:
    return any(isinstance(inner, Apply) and inner.head == "div" for inner in (node, *node.args))


def _in_lowest_terms(node: Apply) -> Expr | None:
    powers: Powers = {}
    met: list[Expr] = []
    number = _collect(node, 1, powers, met)
    if number is None or len(met) == len(set(met)):
        return None
    above = _row(powers, 1, Number(number.numerator))
    below = _row(powers, -1, Number(number.denominator))
    return above if below == ONE else Apply("div", (above, below))


def _collect(e: Expr, power: int, powers: Powers, met: list[Expr]) -> Fraction | None:
    """The number in front, each other factor counted; None for a denominator 0, and for arrays."""
    match e:
        case Number() if e.value == 0 and power < 0:
            return None
        case Number():
            return Fraction(e.value) ** power
        case Apply(head="mul", args=args) if not any(map(shape, args)):
            return _product([_collect(arg, power, powers, met) for arg in args])
        case Apply(head="div", args=(a, b)):
            return _product([_collect(a, power, powers, met), _collect(b, -power, powers, met)])
        case Apply(head="neg", args=(a,)):
            return _product([Fraction(-1), _collect(a, power, powers, met)])
        case Apply(head="pow", args=(a, Number(value=int(k)))) if k > 0:
            return _collect(a, k * power, powers, met)
    if isinstance(e, Sequence):
        return None
    met.append(e)
    powers[e] = powers.get(e, 0) + power
    return Fraction(1)


def _product(parts: list[Fraction | None]) -> Fraction | None:
    found = Fraction(1)
    for part in parts:
        if part is None:
            return None
        found *= part
    return found


def _row(powers: Powers, sign: int, number: Expr) -> Expr:
    """The factors on one side of the bar."""
    factors = [] if number == ONE else [number]
    for base, power in powers.items():
        if power * sign > 0:
            k = power * sign
            factors.append(base if k == 1 else Apply("pow", (base, Number(k))))
    return ONE if not factors else factors[0] if len(factors) == 1 else Apply("mul", tuple(factors))
