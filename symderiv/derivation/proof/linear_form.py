"""A line of a derivation as what it is: linear in the derivatives that are left, each with its factor.

Σ_u (∂u/∂x)ᵀ G_u    for a number's gradient: u ↦ G_u        vjp(u, x, G), ∂s/∂x of a number s has G = 1
Σ_u A_u ∂u/∂x       for a Jacobian:          u ↦ A_u        x itself stands for what has no derivative
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from symderiv.derivation.vocabulary import plus, shape, times
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, Apply, Expr, Variable, walk
from symderiv.operations.declaring.shapes import same_shape

LinearForm = dict[Expr, Expr]
Factor = Callable[[Expr], Expr]
"""What stands outside, put round the factor of one derivative."""


def linear_form(line: Expr, x: Variable) -> LinearForm | None:
    """u ↦ factor for each u whose derivative by x is left; None where one stands in another place."""
    found: dict[Expr, list[Expr]] = {}
    for part in _parts(line, x, lambda factor: factor):
        if part is None:
            return None
        found.setdefault(part[0], []).append(part[1])
    return {u: plus(*factors) for u, factors in found.items()}


def is_derivative(node: Expr) -> bool:
    """∂e/∂x under one of its three heads."""
    return isinstance(node, Apply) and node.head in PLAIN_DERIVATIVES and len(node.args) == 2


def _parts(line: Expr, x: Variable, outside: Factor) -> Iterator[tuple[Expr, Expr] | None]:
    if not _has_derivative(line, x):
        yield x, outside(_without_unit(line))
        return
    match line:
        case Apply(head="add", args=terms, options=()) if _alike(terms):
            for term in terms:
                yield from _parts(term, x, outside)
        case Apply(head="sub", args=(a, b), options=()) if _alike(line.args):
            yield from _parts(a, x, outside)
            yield from _parts(b, x, lambda factor: outside(Apply("neg", (factor,))))
        case Apply(head="neg", args=(a,), options=()):
            yield from _parts(a, x, lambda factor: outside(Apply("neg", (factor,))))
        case Apply(head="div", args=(a, s), options=()) if not shape(s) and not _has_derivative(s, x):
            yield from _parts(a, x, lambda factor: outside(Apply("div", (factor, s))))
        case Apply(head="mul" | "matmul", args=factors, options=()):
            yield from _of_product(factors, x, outside)
        case Apply(head="vjp", args=(u, wrt, G), options=()) if wrt == x and not _has_derivative(G, x):
            yield u, outside(G)
        case Apply(head="gradient" | "diff" | "jacobian", args=(u, wrt), options=()) if wrt == x:
            yield u, outside(_unit(u))
        case Apply(head="concat", args=blocks, options=()) if all(len(shape(block)) == 2 for block in blocks):
            yield from _of_blocks(blocks, x, outside)
        case _:
            yield None


def _of_blocks(blocks: tuple[Expr, ...], x: Variable, outside: Factor) -> Iterator[tuple[Expr, Expr] | None]:
    """Jacobians one below the other: each has zeros above and below it."""
    for k, block in enumerate(blocks):
        if not (isinstance(block, Apply) and block.head == "zeros"):
            yield from _parts(block, x, partial(_among_zeros, blocks, k, outside))


def _among_zeros(blocks: tuple[Expr, ...], k: int, outside: Factor, factor: Expr) -> Expr:
    columns = shape(factor)[1]
    zeros = (Apply("zeros", (readable(shape(block)[0]), readable(columns))) for block in blocks)
    return outside(Apply("concat", tuple(factor if k == l else zero for l, zero in enumerate(zeros))))  # noqa: E741


def _of_product(
    factors: tuple[Expr, ...], x: Variable, outside: Factor
) -> Iterator[tuple[Expr, Expr] | None]:
    """A product with one derivative in it: matrices to the left of a Jacobian, numbers on both sides."""
    moving = [k for k, factor in enumerate(factors) if _has_derivative(factor, x)]
    if len(moving) > 1 or any(shape(factor) for factor in factors[moving[0] + 1 :]):
        yield None
        return
    inner = factors[moving[0]]
    others = (*factors[: moving[0]], *factors[moving[0] + 1 :])
    match inner:
        case Apply(head="transpose", args=(Apply(head="gradient", args=(s, wrt)),)) if wrt == x and not shape(
            s
        ):
            yield s, outside(times(*others))
        case _ if _is_gradient(inner) and any(map(shape, others)):
            yield None
        case _:
            yield from _parts(inner, x, lambda factor: outside(_times(others, factor)))


def _is_gradient(inner: Expr) -> bool:
    """Whether a matrix to its left is no factor of what is sent back."""
    return any(isinstance(node, Apply) and node.head in ("vjp", "gradient") for node in walk(inner))


def _times(left: tuple[Expr, ...], factor: Expr) -> Expr:
    """A I is A."""
    unit = isinstance(factor, Apply) and factor.head == "eye" and len(factor.args) == 1
    return times(*left) if unit and any(map(shape, left)) else times(*left, factor)


def _without_unit(line: Expr) -> Expr:
    """A for A I, which is written for A ∂x/∂x, in sums and over numbers too."""
    match line:
        case Apply(head="add" | "sub" | "neg", args=terms, options=()):
            return Apply(line.head, tuple(map(_without_unit, terms)))
        case Apply(head="div", args=(a, s), options=()) if not shape(s):
            return Apply("div", (_without_unit(a), s))
        case Apply(head="mul" | "matmul", args=(*left, unit), options=()):
            return _times(tuple(left), unit)
    return line


def _unit(u: Expr) -> Expr:
    """What stands before ∂u/∂x alone."""
    size = shape(u)
    return Apply("eye", (times(*size),)) if size else ONE


def _alike(terms: tuple[Expr, ...]) -> bool:
    """Whether nothing is spread over what stands beside it."""
    return all(same_shape(shape(term), shape(terms[0])) for term in terms)


def _has_derivative(line: Expr, x: Variable) -> bool:
    return any(
        (is_derivative(node) or (isinstance(node, Apply) and node.head == "vjp")) and node.children[1] == x
        for node in walk(line)
    )
