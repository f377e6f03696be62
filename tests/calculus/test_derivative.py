"""Differentiation of entries, each rule against exact dual numbers at rational points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from symderiv.calculus import derivative, derivative_tensor, gradient_tensor, jacobian_tensor, smooth
from symderiv.derivation.meaning.meaning import meaning
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import add, cases, compare, delta, function, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import FUNCTION, SIZE, Kind
from symderiv.expression.tree import (
    HALF,
    ONE,
    ZERO,
    Apply,
    Binder,
    Call,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
)
from symderiv.operations import OPERATIONS
from symderiv.tensor import Tensor
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator
from symderiv.testing.operations import Setting, outputs_at
from symderiv.testing.points import positions

x, y = Variable("x"), Variable("y")
N = Number


def close(a: object, b: object) -> bool:
    difference = a - b  # type: ignore[operator]
    return difference == 0 if isinstance(difference, fmpq) else bool(difference.contains(0))


SCALARS: list[tuple[Expr, Fraction]] = [
    (power(x, N(5)), Fraction(-2, 3)),
    (power(x, N(-2)), Fraction(-2, 3)),
    (power(x, HALF), Fraction(3, 2)),
    (power(x, x), Fraction(3, 2)),
    (power(N(2), mul(x, x)), Fraction(1, 3)),
    (function("exp", mul(N(3), x)), Fraction(-1, 2)),
    (function("log", add(x, ONE)), Fraction(1, 2)),
    *((function(head, mul(x, HALF)), Fraction(3, 4)) for head in ("sin", "cos", "tan", "asin", "acos")),
    *(
        (function(head, mul(x, x)), Fraction(3, 4))
        for head in ("atan", "sinh", "cosh", "tanh", "asinh", "erf")
    ),
    (function("acosh", add(x, N(2))), Fraction(1, 3)),
    (function("atanh", x), Fraction(-1, 3)),
    (function("abs", add(x, N(-1))), Fraction(1, 2)),
    (function("max", x, mul(x, x), N(1)), Fraction(5, 2)),
    (function("min", x, mul(x, x), N(7)), Fraction(5, 2)),
    (function("max", x, N(0)), Fraction(5, 2)),
    (function("min", mul(x, x), N(3)), Fraction(1, 2)),
    (mul(x, function("heaviside", x), function("sign", x)), Fraction(-5, 2)),
    (mul(x, function("floor", x)), Fraction(-5, 2)),
    (cases(((compare("lt", x, ZERO), mul(x, x)),), power(x, N(3))), Fraction(1, 2)),
]


@pytest.mark.parametrize(("value", "at"), SCALARS)
def test_a_function_of_one_number(value: Expr, at: Fraction) -> None:
    point: dict[str, dict[tuple[int, ...], Dual]] = {
        "x": {(): Dual(fmpq(at.numerator, at.denominator), {("x", ()): fmpq(1)})}
    }
    evaluator = DualEvaluator(point)
    truth = evaluator.value(value, {}).tangent.get(("x", ()), fmpq(0))
    assert close(evaluator.value(derivative(value, x), {}).value, truth)
    assert evaluator.holds(smooth(value, x), {})


def vector(letters: str, n: int | Expr) -> Variable:
    return Variable(letters, Kind(shape=(N(n) if isinstance(n, int) else n,)))


def test_entries_are_independent() -> None:
    v, i, p = vector("v", 3), index_variable("i"), index_variable("p")
    assert derivative(Index(v, (i,)), v, (p,)) == delta(i, p)
    assert derivative(Index(v, (N(1),)), v, (N(1),)) == ONE
    assert derivative(Index(v, (N(1),)), v, (N(2),)) == ZERO


def test_what_does_not_depend_is_zero() -> None:
    assert derivative(function("exp", y), x) == ZERO
    assert derivative(function("gamma", y), x) == ZERO


def test_bound_names_never_catch_the_point() -> None:
    """d/dx[j] of Σ_j c[j] x[j] is c[j], not Σ c[j]."""
    n = Variable("n", SIZE)
    v, c, j = vector("x", n), vector("c", n), index_variable("j")
    total = Binder("sum", mul(Index(c, (j,)), Index(v, (j,))), j, ZERO, add(n, N(-1)))
    slope = derivative(total, v, (j,))
    assert isinstance(slope, Binder) and slope.variable != j
    gradient = gradient_tensor(Tensor.scalar(total), v)
    assert gradient.value == Index(c, gradient.indices)


def test_opaque_functions_take_primes() -> None:
    f = Variable("f", FUNCTION)
    inner = mul(x, x)
    assert derivative(Call(f, (inner,)), x) == mul(Call(f, (inner,), (1,)), add(x, x))
    both = derivative(Call(f, (x, mul(N(2), x))), x)
    assert both == add(Call(f, (x, mul(N(2), x)), (1, 0)), mul(N(2), Call(f, (x, mul(N(2), x)), (0, 1))))


def test_tables_are_differentiated_entry_by_entry() -> None:
    i = index_variable("i")
    table = Index(Sequence((x, mul(x, x), N(7))), (i,))
    slope = derivative(table, x)
    assert [instantiate(slope, {i: N(k)}) for k in range(3)] == [ONE, add(x, x), ZERO]


def test_a_product_over_a_range() -> None:
    v, k = vector("v", 3), index_variable("k")
    product = Binder("prod", Index(v, (k,)), k, ZERO, N(2))
    t = derivative_tensor(Tensor.scalar(product), v)
    assert t.entry(N(1)) == mul(Index(v, (N(0),)), Index(v, (N(2),)))


def test_an_integral_with_moving_ends() -> None:
    t = Variable("t")
    area = Binder("integral", function("exp", t), t, ZERO, mul(N(2), x))
    assert derivative(area, x) == mul(function("exp", mul(N(2), x)), N(2))


def test_what_has_no_derivative_is_refused() -> None:
    f, v = Variable("f", FUNCTION), vector("v", 2)
    with pytest.raises(MeaningError):
        derivative(function("gamma", x), x)
    with pytest.raises(MeaningError, match="array"):
        derivative(Call(f, (v,)), v, (ZERO,))
    with pytest.raises(ShapeError):
        derivative(Index(v, (ZERO,)), v)
    with pytest.raises(ShapeError):
        gradient_tensor(Tensor.of((N(2),), lambda i: Index(v, (i,))), v)
    with pytest.raises(MeaningError, match="layout"):
        jacobian_tensor(Tensor.scalar(x), x, layout="sideways")


def test_layouts() -> None:
    v = vector("v", 3)
    t = Tensor.of((N(2),), lambda i: mul(Index(v, (i,)), Index(v, (N(2),))))
    down, across = jacobian_tensor(t, v), jacobian_tensor(t, v, layout="denominator")
    assert (down.sizes, across.sizes) == ((2, 3), (3, 2))
    assert all(down.entry(N(i), N(j)) == across.entry(N(j), N(i)) for i in range(2) for j in range(3))


CHECKED = sorted(name for name, operation in OPERATIONS.items() if operation.examples)


@pytest.mark.parametrize("name", CHECKED)
def test_every_operation_against_dual_numbers(name: str) -> None:
    """The calculus, by every array argument, at the operation's own settings."""
    for seed, example in enumerate(OPERATIONS[name].examples):
        setting = Setting(OPERATIONS[name], example)
        arrays, outputs = outputs_at(setting, seed)
        result, evaluator = setting.forward(), DualEvaluator(arrays)
        for tree in setting.trees():
            if not isinstance(tree, Variable) or tree.name not in setting.shapes:
                continue
            slope = derivative_tensor(result, tree)
            for at in positions(evaluator.shape(slope)):
                key = (tree.name, at[result.rank :])
                truth = outputs[at[: result.rank]].tangent.get(key, fmpq(0))
                assert close(evaluator.entry(slope, at).value, truth), (str(setting), tree.name, at)


def test_convolution_by_image_is_one_formula() -> None:
    image, kernel = (Variable(s, Kind(shape=(N(n), N(n)))) for s, n in (("X", 32), ("K", 3)))
    h = meaning(Apply("conv2d", (image, kernel)))
    assert isinstance(h, Tensor)
    by_image, by_kernel = derivative_tensor(h, image), derivative_tensor(h, kernel)
    assert not any(isinstance(node, Binder) for node in _nodes(by_image.value))
    assert isinstance(by_kernel.value, Index) and by_kernel.value.base == image
    assert jacobian_tensor(h, image).sizes == (900, 1024)


def _nodes(expr: Expr) -> list[Expr]:
    return [expr, *(node for child in expr.children for node in _nodes(child))]
