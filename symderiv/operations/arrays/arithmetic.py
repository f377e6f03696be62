"""Arithmetic of numbers, vectors and matrices: ``+ - * / ^ @ ⊙ ᵀ``.

Vectors are columns: ``p*p.T`` is outer and ``x.T*y`` a scalar. Scalars broadcast. Each forward definition
gives the entry formula and the condition under which it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from symderiv.errors import MeaningError
from symderiv.expression import build
from symderiv.expression.build import add, compare, conjunction, disjunction, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import MINUS_ONE, TRUE, Expr, Variable
from symderiv.operations.arrays.matrix_products import matmul, times, transposed
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.broadcasting import elementwise
from symderiv.operations.declaring.existence import always, nonzero
from symderiv.operations.declaring.operation import Operation, array, arrays
from symderiv.operations.declaring.shapes import as_tensor, drop_ones, same_shape
from symderiv.tensor import Listing, Meaning, Tensor


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


def comparison(head: str) -> Callable[[Meaning, Meaning], Tensor]:
    """``a < b`` and the like, of numbers; arrays are equal when every entry is."""

    def forward(a: Meaning, b: Meaning) -> Tensor:
        left, right = as_tensor(a), as_tensor(b)
        if head in ("eq", "ne") and left.rank and same_shape(left.shape, right.shape):
            return _arrays_equal(head, left, right)
        return elementwise(left, right, lambda x, y: compare(head, x, y), always, head)

    return forward


def _arrays_equal(head: str, a: Tensor, b: Tensor) -> Tensor:
    at = a.indices
    value = _at_all(a, build.compare("eq", a.formula(*at), b.formula(*at)))
    exist = conjunction(a.condition(*at), b.condition(*at))
    return Tensor.scalar(
        value if head == "eq" else build.negation(value), TRUE if exist == TRUE else _at_all(a, exist)
    )


def _at_all(t: Tensor, condition: Expr) -> Expr:
    """The condition at all indices of an array."""
    for index, size in zip(reversed(t.indices), reversed(t.shape), strict=True):
        condition = over_axis("forall", size, partial(_put, condition, index))
    return condition


def _put(condition: Expr, index: Variable, k: Expr) -> Expr:
    return instantiate(condition, {index: k})


def logical(join: Callable[..., Expr]) -> Callable[..., Tensor]:
    """``a and b``, ``a or b``: of arrays, entry by entry."""

    def entry_by_entry(a: Meaning, b: Meaning) -> Tensor:
        return elementwise(as_tensor(a), as_tensor(b), join, always, "and")

    def forward(parts: tuple[Meaning, ...]) -> Tensor:
        return as_tensor(_at_once(join, parts) or _fold(entry_by_entry, parts))

    return forward


def member(a: Meaning, b: Meaning) -> Tensor:
    """``a in {b, c}``: a is one of the items of a set."""
    if not isinstance(b, Listing) or b.kind != "set":
        raise MeaningError(
            "what stands behind 'in' is no set",
            expected="its items, as in x in {0, 1}",
            cure="for an interval write x ∈ (0, 1), or 0 < x < 1",
        )
    equal = comparison("eq")
    return logical(disjunction)(tuple(equal(a, item) for item in b.items))


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
    _infix("in", member, "a is one of the items of b"),
    Operation("and", (arrays("a"),), logical(conjunction), elementary=True, formula="a and b"),
    Operation("or", (arrays("a"),), logical(disjunction), elementary=True, formula="a or b"),
    Operation("add", (arrays("a"),), _sum_of, elementary=True, formula="a + b"),
    Operation("mul", (arrays("a"),), _product_of, elementary=True, formula="a b"),
)
