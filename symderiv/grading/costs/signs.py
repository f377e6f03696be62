"""Growth of sums with negative terms: 2 n m - n grows as n m, for variables ≥ 1.

A negative term c·t is absorbed by a positive c'·t' with c' > c whose monomial is at least t wherever the
variables are ≥ 1: then (c' - c)·t' ≤ c'·t' - c·t ≤ c'·t', and only the constant changes.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.errors import MeaningError
from symderiv.expression.tree import Apply, Expr, Number, Variable

Monomial = tuple[tuple[str, Fraction], ...]
Terms = dict[Monomial, Fraction]
MAX_TERMS = 200


def is_signed(tree: Expr) -> bool:
    """Is something subtracted in this sum?"""
    if not isinstance(tree, Apply) or tree.head not in ("add", "sub", "neg", "mul"):
        return False
    if tree.head == "mul":
        return any(isinstance(factor, Number) and factor.value < 0 for factor in tree.args)
    return tree.head != "add" or any(is_signed(arg) for arg in tree.args)


def positive_terms(tree: Expr) -> frozenset[Monomial]:
    """The monomials left when every negative term is absorbed.

    >>> n = Variable("n")
    >>> positive_terms(Apply("sub", (Apply("mul", (Number(2), n)), Number(1))))
    frozenset({(('n', Fraction(1, 1)),)})
    """
    terms = expanded(tree)
    left = {monomial: factor for monomial, factor in terms.items() if factor > 0}
    for monomial, factor in terms.items():
        if factor < 0:
            _absorb(monomial, -factor, left)
    return frozenset(left)


def _absorb(monomial: Monomial, factor: Fraction, left: Terms) -> None:
    for other, there in left.items():
        if there > factor and _at_least(other, monomial):
            left[other] = there - factor
            return
    raise MeaningError("this difference isn't seen to be positive", expected="a cost such as l*m*n + l*n*o")


def _at_least(large: Monomial, small: Monomial) -> bool:
    powers, others = dict(large), dict(small)
    return all(powers.get(name, 0) >= others.get(name, 0) for name in {*powers, *others})


def expanded(tree: Expr) -> Terms:
    """The terms of a polynomial, each with its factor."""
    if isinstance(tree, Number):
        return {(): Fraction(tree.value)} if tree.value else {}
    if isinstance(tree, Variable) and not tree.kind.shape:
        return {((tree.name, Fraction(1)),): Fraction(1)}
    if isinstance(tree, Apply):
        match tree.head:
            case "pos":
                return expanded(tree.args[0])
            case "neg":
                return _scaled(expanded(tree.args[0]), -1)
            case "add":
                return _sum(*map(expanded, tree.args))
            case "sub":
                return _sum(expanded(tree.args[0]), _scaled(expanded(tree.args[1]), -1))
            case "mul":
                result: Terms = {(): Fraction(1)}
                for arg in tree.args:
                    result = _product(result, expanded(arg))
                return result
            case "pow" if isinstance(tree.args[1], Number) and tree.args[1].value in range(1, 9):
                return expanded(Apply("mul", (tree.args[0],) * int(tree.args[1].value)))
    raise MeaningError("this is no sum of products of sizes", expected="a cost such as l*m*n + l*n*o")


def _scaled(terms: Terms, factor: int) -> Terms:
    return {monomial: value * factor for monomial, value in terms.items()}


def _sum(*parts: Terms) -> Terms:
    result: Terms = {}
    for part in parts:
        for monomial, value in part.items():
            result[monomial] = result.get(monomial, Fraction(0)) + value
    return {monomial: value for monomial, value in result.items() if value}


def _product(a: Terms, b: Terms) -> Terms:
    if len(a) * len(b) > MAX_TERMS:
        raise MeaningError("too many terms")
    return _sum(*({times(m, n): x * y} for m, x in a.items() for n, y in b.items()))


def times(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, Fraction(0)) + power
    return tuple(sorted((name, power) for name, power in powers.items() if power))
