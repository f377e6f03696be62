"""What makes less of an array: sum, prod, mean, var, std, norm, max, min (over some axes), trace, dot."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression import build
from symderiv.expression.build import divide, function, mul, power, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import (
    FALSE,
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    BinderKind,
    Expr,
    Extremum,
    Number,
    Variable,
)
from symderiv.operations.arrays.elementwise import mapped
from symderiv.operations.arrays.matrix_products import matmul
from symderiv.operations.arrays.reduction_forms import EXAMPLES, NORMS, SPREADS, WEIGHTS, along, norm_jacobian
from symderiv.operations.declaring.axes import axes_of
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.broadcasting import elementwise
from symderiv.operations.declaring.existence import nonnegative, nonzero, positive
from symderiv.operations.declaring.operation import Operation, array, arrays, option
from symderiv.operations.declaring.options import scalar_option, several
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.tensor import Listing, Meaning, Tensor

KEPT = option("keepdims")
AXES = (array("x"), option("axis"), KEPT)
SPREAD = (array("x"), option("axis"), option("ddof"), KEPT)
EXTREMUM = (arrays("x"), option("axis"), KEPT)


def reduced(kind: BinderKind, x: Tensor, axes: tuple[int, ...]) -> Tensor:
    """``kind`` (sum, prod, max, min) over some axes of x.

    >>> from symderiv.expression.tree import ZERO
    >>> reduced("sum", Tensor.table([[1, 2], [3, 4]]), (0,)).entry(ZERO).value
    4
    """
    kept = [axis for axis in range(x.rank) if axis not in axes]
    value, defined = x.value, x.defined
    for axis in reversed(axes):
        value = _over(kind, x.shape[axis], x.indices[axis], value)
        defined = _everywhere(x.shape[axis], x.indices[axis], defined)
    shape = tuple(x.shape[axis] for axis in kept)
    names = Tensor.of(shape, lambda *_: ZERO).indices
    renamed: dict[Variable, Expr] = {x.indices[old]: new for old, new in zip(kept, names, strict=True)}
    return Tensor(shape, names, instantiate(value, renamed), instantiate(defined, renamed))


def _over(kind: BinderKind, size: Expr, index: Variable, body: Expr) -> Expr:
    return over_axis(kind, size, lambda k: instantiate(body, {index: k}))


def _everywhere(size: Expr, index: Variable, condition: Expr) -> Expr:
    return forall(size, lambda k: instantiate(condition, {index: k}))


def count(x: Tensor, axes: tuple[int, ...]) -> Expr:
    """How many entries the axes hold."""
    return mul(*(x.shape[axis] for axis in axes))


def mean(x: Tensor, axes: tuple[int, ...]) -> Tensor:
    """(1/N) Σ x, which exists for N ≥ 1."""
    size = count(x, axes)
    return mapped(reduced("sum", x, axes), lambda total: divide(total, size), lambda _: nonzero(size))


def variance(x: Tensor, axes: tuple[int, ...], ddof: Expr | None = None) -> Tensor:
    """(1/(N - ddof)) Σ (x - μ)²: of a population, of a sample for ``ddof=1``; exists for N > ddof."""
    centre = mean(x, axes)
    kept = [axis for axis in range(x.rank) if axis not in axes]

    def square(*at: Expr) -> Expr:
        return power(subtract(x.formula(*at), centre.formula(*(at[axis] for axis in kept))), Number(2))

    squares = Tensor.of(x.shape, square)
    squares = squares.where(x.condition(*squares.indices))
    if ddof is None:
        return mean(squares, axes)
    freedom = subtract(count(x, axes), scalar_option(ddof, "ddof"))
    exists = positive(freedom)
    return mapped(reduced("sum", squares, axes), lambda total: divide(total, freedom), lambda _: exists)


def _along(reduce: Callable[[Tensor, tuple[int, ...]], Tensor]) -> Callable[..., Tensor]:
    def forward(x: Meaning, axis: Expr | None, keepdims: Expr | None) -> Tensor:
        t = as_tensor(x)
        axes = axes_of(axis, t.rank)
        return _in_place(reduce(t, axes), axes, t.rank, keepdims)

    return forward


def _spread_along(of: Callable[[Expr], Expr]) -> Callable[..., Tensor]:
    def forward(x: Meaning, axis: Expr | None, ddof: Expr | None, keepdims: Expr | None) -> Tensor:
        t = as_tensor(x)
        axes = axes_of(axis, t.rank)
        return _in_place(mapped(variance(t, axes, ddof), of), axes, t.rank, keepdims)

    return forward


def _in_place(t: Tensor, axes: tuple[int, ...], rank: int, keepdims: Expr | None) -> Tensor:
    """The result, with an axis of size 1 for each that was reduced where ``keepdims`` is true."""
    if keepdims is None or keepdims == FALSE:
        return t
    if keepdims != TRUE:
        raise MeaningError("keepdims is neither true nor false", expected="keepdims=True")
    kept = [axis for axis in range(rank) if axis not in axes]
    sizes = iter(t.shape)
    shape = tuple(ONE if axis in axes else next(sizes) for axis in range(rank))
    whole = Tensor.of(shape, lambda *at: t.formula(*(at[axis] for axis in kept)))
    return whole.where(t.condition(*(whole.indices[axis] for axis in kept)))


def _extremum(kind: Extremum) -> Callable[[tuple[Meaning, ...], Expr | None, Expr | None], Tensor]:
    """max/min of several numbers or arrays (entry by entry), or of the entries of one."""

    def forward(parts: tuple[Meaning, ...], axis: Expr | None, keepdims: Expr | None) -> Tensor:
        tensors = [as_tensor(part, kind) for part in several(parts)]
        if not tensors:
            raise MeaningError(f"{kind} of nothing")
        if len(tensors) == 1 and tensors[0].rank:
            axes = axes_of(axis, tensors[0].rank)
            return _in_place(reduced(kind, tensors[0], axes), axes, tensors[0].rank, keepdims)
        result = tensors[0]
        for t in tensors[1:]:
            result = elementwise(result, t, lambda a, b: _join(kind, a, b), lambda a, b: TRUE, kind)
        return result

    return forward


def _join(kind: Extremum, a: Expr, b: Expr) -> Expr:
    left = a.children if getattr(a, "head", "") == kind else (a,)
    return function(kind, *left, b)


def trace(x: Meaning) -> Tensor:
    """Σ_i x[i,i] of a square matrix."""
    t = as_tensor(x)
    if t.rank != 2 or not same_size(*t.shape):
        raise ShapeError(f"the trace of {t.described}", expected="a square matrix")
    value = over_axis("sum", t.shape[0], lambda k: t.formula(k, k))
    return Tensor.scalar(value, forall(t.shape[0], lambda k: t.condition(k, k)))


def norm(x: Meaning, p: Expr | None) -> Tensor:
    """(Σ |x|^p)^(1/p): the Euclidean norm without p, the largest |x| for p = oo."""
    t = as_tensor(x)
    axes = tuple(range(t.rank))
    if p is None or p == Number(2):
        squares = mapped(t, lambda v: power(v, Number(2)))
        return mapped(reduced("sum", squares, axes), build.sqrt)
    sizes, p = mapped(t, lambda v: function("abs", v)), scalar_option(p, "p")
    if p == ONE:
        return reduced("sum", sizes, axes)
    if p == INFINITY:
        return reduced("max", sizes, axes) if t.rank else sizes
    is_even = isinstance(p, Number) and p.value % 2 == 0
    powers = mapped(t if is_even else sizes, lambda v: power(v, p))
    return mapped(reduced("sum", powers, axes), lambda v: power(v, power(p, MINUS_ONE)), nonnegative)


def _dot(a: Meaning, b: Meaning) -> Tensor:
    """Σ_k a[k] b[k] of two vectors; of matrices the matrix product."""
    return matmul(a, b)


def _total(x: Meaning) -> Tensor:
    t = as_tensor(x)
    return Tensor.scalar(count(t, (0,)) if t.rank else ONE)


def _len(x: Meaning) -> Tensor:
    if isinstance(x, Listing):
        return Tensor.scalar(Number(len(x.items)))
    return _total(x)


def _plain(name: str, reduce: Callable[[Tensor, tuple[int, ...]], Tensor], formula: str) -> Operation:
    forms = {"x": along(WEIGHTS[name])} if name in WEIGHTS else {}
    return Operation(
        name, AXES, _along(reduce), elementary=True, jacobians=forms, formula=formula, examples=EXAMPLES
    )


def _spread(name: str, of: Callable[[Expr], Expr], formula: str, kinks: str = "") -> Operation:
    return Operation(
        name,
        SPREAD,
        _spread_along(of),
        elementary=True,
        jacobians={"x": along(WEIGHTS[name])},
        formula=formula,
        kinks=kinks,
        examples=SPREADS,
    )


_TIE = "the {} itself has no derivative where terms tie: its slopes on both sides are those of these terms"

REDUCTIONS = (
    _plain("sum", lambda x, axes: reduced("sum", x, axes), "Σ x"),
    _plain("prod", lambda x, axes: reduced("prod", x, axes), "Π x"),
    _plain("mean", mean, "(1/N) Σ x"),
    _spread("var", lambda v: v, "(1/N) Σ (x - μ)²"),
    _spread("std", build.sqrt, "√((1/N) Σ (x - μ)²)", "no derivative where the deviation is 0"),
    Operation(
        "max", EXTREMUM, _extremum("max"), elementary=True, formula="max x", kinks=_TIE.format("maximum")
    ),
    Operation(
        "min", EXTREMUM, _extremum("min"), elementary=True, formula="min x", kinks=_TIE.format("minimum")
    ),
    Operation("trace", (array("x"),), trace, elementary=True, formula="Σ_i x[i,i]"),
    Operation(
        "norm",
        (array("x"), option("p")),
        norm,
        elementary=True,
        jacobians={"x": norm_jacobian},
        formula="(Σ |x|^p)^(1/p)",
        kinks="no derivative where the norm is 0",
        examples=NORMS,
    ),
    Operation("dot", (array("a"), array("b")), _dot, elementary=True, formula="Σ_k a[k] b[k]"),
    Operation("len", (array("x"),), _len, elementary=True, formula="how many entries along the first axis"),
)
