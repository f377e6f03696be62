"""The Jacobian of a function that works entry by entry: its derivative on the diagonal, zero elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from symderiv.expression.tree import Apply, Expr, Number, walk
from symderiv.operations.declaring.forms import array_of, call, deltas, entry, shape_of, times

Scalar = Callable[..., Expr]


def of_array(x: Expr, form: Expr) -> Expr | None:
    """A formula in numbers as one in arrays: a b as a ⊙ b, a² as a ⊙ a; None for cases and other powers.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x", Kind(shape=(Number(3),)))
    >>> to_text(of_array(x, times(call("sigmoid", x), x)))
    'sigmoid(x) ⊙ x'
    """
    if x not in walk(form) or form == x:
        return form
    if not isinstance(form, Apply):
        return None
    parts = [of_array(x, part) for part in form.args]
    kept = tuple(part for part in parts if part is not None)
    if len(kept) < len(parts):
        return None
    if form.head == "mul":
        return _entrywise(x, kept)
    if form.head == "pow":
        return call("hadamard", kept[0], kept[0]) if kept[1] == Number(2) else None
    return form.rebuild(kept)


def _entrywise(x: Expr, factors: tuple[Expr, ...]) -> Expr:
    numbers = tuple(factor for factor in factors if x not in walk(factor))
    arrays = [factor for factor in factors if x in walk(factor)]
    return times(*numbers, reduce(lambda a, b: call("hadamard", a, b), arrays))


def diagonal(derivative: Scalar) -> Callable[..., Expr]:
    """``f'(x)`` of a number, ``diag([f'(x[i]) …])`` of a vector, ``δ(i,k) δ(j,l) f'(x[i,j])`` of a matrix.

    ``derivative`` takes the tree of one entry, and then the options as they stand.
    """

    def jacobian(x: Expr, *options: Expr) -> Expr:
        shape = shape_of(x)
        if not shape:
            return derivative(x, *options)
        whole = of_array(x, derivative(x, *options))
        if len(shape) == 1 and whole is not None and x in walk(whole):
            return call("diag", whole)
        if len(shape) == 1:
            return call("diag", array_of(shape, lambda i: derivative(entry(x, i), *options), x, *options))

        def value(*at: Expr) -> Expr:
            output, read = at[: len(shape)], at[len(shape) :]
            return times(deltas(output, read), derivative(entry(x, *output), *options))

        return array_of((*shape, *shape), value, x, *options)

    return jacobian


def entrywise_vjp(derivative: Scalar) -> Callable[..., Expr]:
    """``G f'(x)`` of a number, ``G ⊙ f'(x)`` of an array, ``[G[i] f'(x[i]) for i …]`` where f' has cases."""

    def vjp(G: Expr, x: Expr, *options: Expr) -> Expr:
        whole = of_array(x, derivative(x, *options)) if shape_of(x) else None
        if whole is not None and x in walk(whole):
            return call("hadamard", G, whole)

        def value(*at: Expr) -> Expr:
            return times(entry(G, *at), derivative(entry(x, *at), *options))

        return array_of(shape_of(x), value, G, x, *options)

    return vjp
