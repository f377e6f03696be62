"""Arithmetic of numbers, vectors and matrices: ``+ - * / ^ @ ⊙ ᵀ``.

Vectors are columns: ``p*p.T`` is outer and ``x.T*y`` a scalar. Scalars broadcast. Each forward definition
gives the entry formula and the condition under which it exists.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression import build
from symderiv.expression.build import add, compare, conjunction, disjunction, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Apply, Constant, Expr, Number, Variable
from symderiv.operations.bound import forall, over_axis
from symderiv.operations.operation import Operation, array, arrays
from symderiv.operations.shapes import as_tensor, drop_ones, is_one, same_shape, same_size
from symderiv.tensor import Meaning, Tensor

Scalars = Callable[[Expr, Expr], Expr]


def elementwise(a: Tensor, b: Tensor, value: Scalars, condition: Scalars, sign: str) -> Tensor:
    """``value`` at each pair of entries; a scalar meets all, a smaller array the last axes (NumPy)."""
    if not a.shape and not b.shape:
        return Tensor(
            (), (), value(a.value, b.value), conjunction(a.defined, b.defined, condition(a.value, b.value))
        )
    a, b = _as_column(a, b), _as_column(b, a)
    if a.rank < b.rank:
        return _pairwise(
            b.shape, _stretch(a, b, sign), b.formula, _stretch_condition(a, b), b.condition, value, condition
        )
    return _pairwise(
        a.shape, a.formula, _stretch(b, a, sign), a.condition, _stretch_condition(b, a), value, condition
    )


def _as_column(vector: Tensor, column: Tensor) -> Tensor:
    """A vector of n that meets an n×1 as the column that it is."""
    meets = vector.rank == 1 and column.rank == 2 and is_one(column.shape[1])
    if not meets or is_one(column.shape[0]) or not same_size(vector.shape[0], column.shape[0]):
        return vector
    made = Tensor.of(column.shape, lambda i, j: vector.formula(i))
    return made.where(vector.condition(made.indices[0]))


def _pairwise(
    shape: tuple[Expr, ...],
    a: Callable[..., Expr],
    b: Callable[..., Expr],
    defined_a: Callable[..., Expr],
    defined_b: Callable[..., Expr],
    value: Scalars,
    condition: Scalars,
) -> Tensor:
    t = Tensor.of(shape, lambda *at: value(a(*at), b(*at)))
    at = t.indices
    return t.where(conjunction(defined_a(*at), defined_b(*at), condition(a(*at), b(*at))))


def _stretch(small: Tensor, large: Tensor, sign: str) -> Callable[..., Expr]:
    """Entry of ``small`` at an index of ``large``, or a ShapeError where they don't fit."""
    if small.rank == 0:
        return lambda *at: small.value
    skipped = large.rank - small.rank
    fits = large.rank > 2 or skipped == 0
    axes = list(zip(small.shape, large.shape[skipped:], strict=True))
    if not fits or not all(same_size(m, n) or (large.rank > 2 and is_one(m)) for m, n in axes):
        raise ShapeError(
            f"{small.described} {sign} {large.described} does not fit",
            expected="equal shapes, or a number with an array",
        )
    return lambda *at: small.formula(*_clip(small, at[skipped:]))


def _stretch_condition(small: Tensor, large: Tensor) -> Callable[..., Expr]:
    if small.defined == TRUE:
        return lambda *at: TRUE
    skipped = large.rank - small.rank
    return lambda *at: small.condition(*_clip(small, at[skipped:])) if small.rank else small.defined


def _clip(small: Tensor, at: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return tuple(ZERO if is_one(n) else k for n, k in zip(small.shape, at, strict=True))


def always(a: Expr, b: Expr) -> Expr:
    return TRUE


def nonzero(a: Expr) -> Expr:
    """``a ≠ 0``, folded where it is plain."""
    if isinstance(a, Number):
        return build.boolean(a.value != 0)
    if isinstance(a, Constant) or (isinstance(a, Apply) and a.head in ("exp", "cosh")):
        return TRUE
    if isinstance(a, Variable) and (a.kind.domain.is_positive or a.kind.domain.is_negative):
        return TRUE
    if isinstance(a, Apply) and a.head == "mul":
        return conjunction(*(nonzero(factor) for factor in a.args))
    return compare("ne", a, ZERO)


def positive(a: Expr) -> Expr:
    """``a > 0``, folded where it is plain."""
    if isinstance(a, Number):
        return build.boolean(a.value > 0)
    if isinstance(a, Apply) and a.head in ("exp", "cosh"):
        return TRUE
    if isinstance(a, Constant) and a.name in ("e", "pi"):
        return TRUE
    if isinstance(a, Variable) and a.kind.domain.is_positive:
        return TRUE
    return compare("lt", ZERO, a)


def nonnegative(a: Expr) -> Expr:
    """``a ≥ 0``, folded where it is plain."""
    if isinstance(a, Number):
        return build.boolean(a.value >= 0)
    if isinstance(a, Apply) and a.head == "abs":
        return TRUE
    if isinstance(a, Variable) and a.kind.domain.is_nonnegative:
        return TRUE
    return TRUE if positive(a) == TRUE else compare("le", ZERO, a)


def power_exists(base: Expr, exponent: Expr) -> Expr:
    """Where ``base^exponent`` exists in the reals: base ≠ 0 for negative integers, base ≥ 0 for fractions."""
    if isinstance(exponent, Number):
        if isinstance(exponent.value, int):
            return TRUE if exponent.value >= 0 else nonzero(base)
        return nonnegative(base) if exponent.value > 0 else positive(base)
    if is_integer(exponent):
        return disjunction(compare("le", ZERO, exponent), nonzero(base)) if nonzero(base) != TRUE else TRUE
    if positive(base) == TRUE:
        return TRUE
    return disjunction(positive(base), conjunction(compare("eq", base, ZERO), compare("lt", ZERO, exponent)))


def is_integer(a: Expr) -> bool:
    """Whether an expression is an integer by the kinds of what it is made of."""
    if isinstance(a, Number):
        return isinstance(a.value, int)
    if isinstance(a, Variable):
        return a.kind.domain.integer
    if isinstance(a, Apply) and a.head in ("add", "mul"):
        return all(is_integer(part) for part in a.args)
    return isinstance(a, Apply) and a.head in ("floor", "delta", "sign")


def plus(a: Meaning, b: Meaning) -> Tensor:
    return elementwise(as_tensor(a), as_tensor(b), add, always, "+")


def minus(a: Meaning, b: Meaning) -> Tensor:
    return elementwise(as_tensor(a), as_tensor(b), build.subtract, always, "-")


def negated(a: Meaning) -> Tensor:
    return elementwise(Tensor.scalar(MINUS_ONE), as_tensor(a), mul, always, "*")


def hadamard(a: Meaning, b: Meaning) -> Tensor:
    return elementwise(as_tensor(a), as_tensor(b), mul, always, "⊙")


def divided(a: Meaning, b: Meaning) -> Tensor:
    """``a / b``, entry by entry for arrays."""
    return elementwise(
        as_tensor(a), drop_ones(as_tensor(b)), build.divide, lambda _, below: nonzero(below), "/"
    )


def floor_divided(a: Meaning, b: Meaning) -> Tensor:
    """``a // b`` = ⌊a/b⌋."""
    return elementwise(as_tensor(a), as_tensor(b), floor_quotient, lambda _, below: nonzero(below), "//")


def floor_quotient(a: Expr, b: Expr) -> Expr:
    return build.function("floor", build.divide(a, b))


def modulo(a: Meaning, b: Meaning) -> Tensor:
    """``a % b`` = a - b ⌊a/b⌋."""
    return elementwise(
        as_tensor(a),
        as_tensor(b),
        lambda x, y: build.subtract(x, mul(y, floor_quotient(x, y))),
        lambda _, below: nonzero(below),
        "%",
    )


def times(a: Meaning, b: Meaning) -> Tensor:
    """``a * b``: scalars scale, matrices multiply, vectors are columns."""
    left, right = drop_ones(as_tensor(a)), drop_ones(as_tensor(b))
    if left.rank == 0 or right.rank == 0:
        return elementwise(left, right, mul, always, "*")
    return drop_ones(_matrix_product(left, right))


def matmul(a: Meaning, b: Meaning) -> Tensor:
    """``a @ b`` as NumPy: the matrix product; of two vectors the inner product."""
    left, right = as_tensor(a), as_tensor(b)
    if left.rank == 0 or right.rank == 0:
        raise ShapeError("@ multiplies arrays, not numbers", cure="write * for a number")
    if left.rank == 1 and right.rank in (1, 2) and same_size(left.shape[0], right.shape[0]):
        return _row_product(left, right)
    return drop_ones(_matrix_product(left, right))


def _row_product(row: Tensor, right: Tensor) -> Tensor:
    def value(*at: Expr) -> Expr:
        return over_axis("sum", row.shape[0], lambda k: mul(row.formula(k), right.formula(k, *at)))

    t = Tensor.of(right.shape[1:], value)
    return t.where(
        forall(row.shape[0], lambda k: conjunction(row.condition(k), right.condition(k, *t.indices)))
    )


def _matrix_product(a: Tensor, b: Tensor) -> Tensor:
    """Σ_k a[…, k] b[k, …]; a vector on the left is a column, so it meets only a 1×m on the right."""
    if a.rank == 1 and b.rank == 2 and is_one(b.shape[0]):
        t = Tensor.of((a.shape[0], b.shape[1]), lambda i, j: mul(a.formula(i), b.formula(ZERO, j)))
        i, j = t.indices
        return t.where(conjunction(a.condition(i), b.condition(ZERO, j)))
    if a.rank == 1 and b.rank == 1:
        raise ShapeError(
            f"a vector of {a.shape_text} times a vector of {b.shape_text}: vectors are columns",
            cure="write x.T*y for a scalar, x*y.T for a matrix, hadamard(x, y) for entry by entry",
        )
    if a.rank > 2 or b.rank > 2 or not (a.rank == 2 and same_size(a.shape[1], b.shape[0])):
        hint = (
            "transpose one of them?" if b.rank == 2 and a.rank and same_size(a.shape[-1], b.shape[-1]) else ""
        )
        raise ShapeError(
            f"{a.described} times {b.described} does not fit",
            expected="as many columns on the left as rows on the right",
            cure=hint,
        )
    inner = a.shape[1]

    def value(i: Expr, *rest: Expr) -> Expr:
        return over_axis("sum", inner, lambda k: mul(a.formula(i, k), b.formula(k, *rest)))

    t = Tensor.of((a.shape[0], *b.shape[1:]), value)
    i, *rest = t.indices
    return t.where(forall(inner, lambda k: conjunction(a.condition(i, k), b.condition(k, *rest))))


def transposed(a: Meaning) -> Tensor:
    """``a.T``: rows for columns; of a vector the 1×n row."""
    t = as_tensor(a)
    if t.rank == 0:
        return t
    if t.rank == 1:
        return _as_row(t)
    if t.rank != 2:
        raise ShapeError(f"only vectors and matrices are transposed, not {t.described}")
    swapped = Tensor.of((t.shape[1], t.shape[0]), lambda i, j: t.formula(j, i))
    i, j = swapped.indices
    return swapped.where(t.condition(j, i))


def _as_row(t: Tensor) -> Tensor:
    row = Tensor.of((ONE, t.shape[0]), lambda i, j: t.formula(j))
    return row.where(t.condition(row.indices[1]))


def raised(a: Meaning, b: Meaning) -> Tensor:
    """``a^b``: of numbers; of a square matrix the matrix power; of an array of three or more axes, which
    has no matrix power, entry by entry; of another array refused."""
    base, exponent = drop_ones(as_tensor(a)), drop_ones(as_tensor(b))
    if exponent.rank == 0 and base.rank == 0:
        return elementwise(base, exponent, power, power_exists, "^")
    if exponent.rank:
        if base.rank == 0:
            return elementwise(base, exponent, power, power_exists, "^")
        raise ShapeError("an exponent must be a number")
    if base.rank > 2:
        return elementwise(base, exponent, power, power_exists, "^")
    if base.rank != 2 or not same_size(base.shape[0], base.shape[1]):
        raise ShapeError(
            f"{base.described} has no power",
            expected="a number or a square matrix",
            cure="for the power of each entry write hadamard(x, x), or x[i]^2 with an index",
        )
    return _matrix_power(base, exponent.value)


def _matrix_power(base: Tensor, exponent: Expr) -> Tensor:
    if (
        not isinstance(exponent, Number)
        or not isinstance(exponent.value, int)
        or not 0 <= exponent.value <= 64
    ):
        cure = "of a matrix of numeric size, -1 too"
        raise MeaningError("the power of a matrix is a number from 0 to 64", cure=cure)
    result = Tensor.of(base.shape, build.delta)
    for _ in range(exponent.value):
        result = _matrix_product(result, base)
    return result


def comparison(head: str) -> Callable[[Meaning, Meaning], Tensor]:
    """``a < b`` and the like, of numbers; arrays are equal when every entry is."""

    def forward(a: Meaning, b: Meaning) -> Tensor:
        left, right = as_tensor(a), as_tensor(b)
        if head in ("eq", "ne") and left.rank and same_shape(left.shape, right.shape):
            return _arrays_equal(head, left, right)
        return elementwise(left, right, lambda x, y: compare(head, x, y), always, head)

    return forward


def _arrays_equal(head: str, a: Tensor, b: Tensor) -> Tensor:
    value = build.compare("eq", a.formula(*a.indices), b.formula(*a.indices))
    for index, size in zip(reversed(a.indices), reversed(a.shape), strict=True):
        kept, body = index, value
        value = over_axis("forall", size, lambda k: instantiate(body, {kept: k}))  # noqa: B023
    return Tensor.scalar(value if head == "eq" else build.negation(value))


def logical(join: Callable[..., Expr]) -> Callable[..., Tensor]:
    def forward(parts: tuple[Meaning, ...]) -> Tensor:
        tensors = [as_tensor(part) for part in parts]
        values = (t.value for t in tensors)
        return Tensor.scalar(join(*values), conjunction(*(t.defined for t in tensors)))

    return forward


def _not(a: Meaning) -> Tensor:
    t = as_tensor(a)
    return Tensor(t.shape, t.indices, build.negation(t.value), t.defined)


def _infix(name: str, forward: Callable[[Meaning, Meaning], Meaning], formula: str) -> Operation:
    return Operation(name, (array("a"), array("b")), forward, elementary=True, formula=formula)


def _unary(name: str, forward: Callable[[Meaning], Meaning], formula: str) -> Operation:
    return Operation(name, (array("a"),), forward, elementary=True, formula=formula)


def _sum_of(parts: tuple[Meaning, ...]) -> Meaning:
    return _at_once(add, parts) or _fold(plus, parts)


def _product_of(parts: tuple[Meaning, ...]) -> Meaning:
    return _at_once(mul, parts) or _fold(times, parts)


def _at_once(join: Callable[..., Expr], parts: tuple[Meaning, ...]) -> Tensor | None:
    """All numbers in one go, so that a long sum costs its length; None where there is an array."""
    if any(not isinstance(part, Tensor) or part.shape for part in parts):
        return None
    tensors = [part for part in parts if isinstance(part, Tensor)]
    return Tensor((), (), join(*(t.value for t in tensors)), conjunction(*(t.defined for t in tensors)))


def _fold(join: Callable[[Meaning, Meaning], Tensor], parts: tuple[Meaning, ...]) -> Meaning:
    result = parts[0]
    for part in parts[1:]:
        result = join(result, part)
    return result


ALGEBRA = (
    _infix("sub", minus, "a - b"),
    _infix("div", divided, "a / b"),
    _infix("floordiv", floor_divided, "⌊a / b⌋"),
    _infix("mod", modulo, "a - b ⌊a / b⌋"),
    _infix("matmul", matmul, "Σ_k a[i,k] b[k,j]"),
    _infix("hadamard", hadamard, "a[i,j] b[i,j]"),
    _unary("neg", negated, "-a"),
    _unary("pos", as_tensor, "a"),
    _unary("transpose", transposed, "a[j,i]"),
    _unary("not", _not, "not a"),
    *(_infix(head, comparison(head), head) for head in ("lt", "le", "gt", "ge", "eq", "ne")),
    Operation("and", (arrays("a"),), logical(conjunction), elementary=True, formula="a and b"),
    Operation("or", (arrays("a"),), logical(disjunction), elementary=True, formula="a or b"),
    Operation("add", (arrays("a"),), _sum_of, elementary=True, formula="a + b"),
    Operation("mul", (arrays("a"),), _product_of, elementary=True, formula="a b"),
)
