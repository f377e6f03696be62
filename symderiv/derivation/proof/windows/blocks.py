"""Sums over a range that is read in blocks, as of a Kronecker product or of pixels that were shuffled.

Σ_{s < n k} f(s, ⌊s/k⌋)  =  Σ_{i < n} Σ_{r < k} f(k i + r, i)      for a size k
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.calculus.collapse import collapsed
from symderiv.derivation.vocabulary import is_size
from symderiv.expression.build import add, divide, function, mul
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    index_variable,
    walk,
)
from symderiv.tensor import Tensor


def in_blocks(t: Tensor) -> Tensor:
    """The array with a sum over blocks, and over the places of a block, for each that reads them.

    >>> from symderiv.expression.kinds import SIZE
    >>> s, n, k = index_variable("s"), Variable("n", SIZE), Variable("k", SIZE)
    >>> total = Binder("sum", function("floor", divide(s, k)), s, ZERO, add(mul(n, k), MINUS_ONE))
    >>> str(in_blocks(Tensor.scalar(total)).value)
    'sum(sum(·bs, (·rs, 0, k + -1)), (·bs, 0, n + -1))'
    """
    value = _in_blocks(t.value)
    if value is t.value:
        return t
    return Tensor(t.shape, t.indices, collapsed(value, dict(zip(t.indices, t.shape, strict=True))), t.defined)


def _in_blocks(expr: Expr) -> Expr:
    children = tuple(_in_blocks(child) for child in expr.children)
    if any(new is not old for new, old in zip(children, expr.children, strict=True)):
        expr = refold(expr, children)
    if not isinstance(expr, Binder) or expr.kind != "sum" or expr.condition != TRUE:
        return expr
    s, last = expr.variable, expr.upper
    if expr.lower != ZERO or last is None:
        return expr
    for k in _block_sizes(expr.body, s):
        count = _quotient(add(last, ONE), k)
        if count is not None:
            block, place = (index_variable(f"·{letter}{s.name}") for letter in "br")
            whole = function("floor", divide(s, k))
            body = instantiate(_replaced(expr.body, whole, block), {s: add(mul(k, block), place)})
            inner = Binder("sum", body, place, ZERO, add(k, MINUS_ONE))
            return Binder("sum", inner, block, ZERO, add(count, MINUS_ONE))
    return expr


def _replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    if expr == old:
        return new
    changed = tuple(_replaced(child, old, new) for child in expr.children)
    if all(after is before for after, before in zip(changed, expr.children, strict=True)):
        return expr
    return refold(expr, changed)


def _block_sizes(body: Expr, s: Variable) -> Iterator[Expr]:
    """Each k of a ⌊s/k⌋."""
    for node in walk(body):
        if isinstance(node, Apply) and node.head == "floor":
            factors = factors_of(node.args[0])
            if len(factors) == 2 and s in factors:
                yield from _inverted(factors[0] if factors[1] == s else factors[1])


def _inverted(share: Expr) -> Iterator[Expr]:
    match share:
        case Number(value=value) if value > 0 and Fraction(value).numerator == 1:
            yield Number(Fraction(value).denominator)
        case Apply(head="pow", args=(k, power)) if power == MINUS_ONE and is_size(k):
            yield k


def _quotient(size: Expr, k: Expr) -> Expr | None:
    """size/k, where it is a product of sizes and a number; None elsewhere."""
    factors = list(factors_of(size))
    if k in factors:
        factors.remove(k)
    else:
        match factors[0], k:
            case Number(value=whole), Number(value=part) if whole % part == 0:
                factors[0] = Number(whole // part)
            case _:
                return None
    return mul(*factors) if all(map(_is_count, factors)) else None


def _is_count(factor: Expr) -> bool:
    return is_size(factor) or (isinstance(factor, Number) and factor.value.denominator == 1)
