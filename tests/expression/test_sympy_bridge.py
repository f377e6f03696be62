"""The border to SymPy: out, in, and round."""

import pytest
import sympy

from symderiv.errors import MeaningError
from symderiv.expression.kinds import FUNCTION, Kind
from symderiv.expression.sympy_bridge import from_python, from_sympy, to_sympy
from symderiv.expression.tree import Apply, Binder, Call, Index, Number, Sequence, Variable, index_variable
from symderiv.tensor import Tensor

x, y = sympy.symbols("x y", real=True)
n = sympy.Symbol("n", integer=True, positive=True)
i = sympy.Symbol("i", integer=True)
f = sympy.Function("f")

ROUND = [
    sympy.Integer(3),
    sympy.Rational(-2, 7),
    sympy.pi * sympy.E,
    x**2 * y - 3 / y,
    sympy.exp(-x) / (1 + sympy.exp(-x)),
    sympy.sqrt(x**2 + 1),
    sympy.Max(x, y, evaluate=False),
    sympy.Abs(x, evaluate=False),
    sympy.Heaviside(x),
    sympy.KroneckerDelta(i, n),
    sympy.Piecewise((x, x > 0), (sympy.Integer(0), True)),
    sympy.Product(x, (i, 1, n)),
    sympy.Sum(x * i, (i, 1, n)),
    sympy.tanh(x) + sympy.atan(y),
    sympy.Eq(x, y),
    sympy.And(x < y, y < 1),
]


@pytest.mark.parametrize("value", ROUND, ids=str)
def test_what_comes_in_goes_out_the_same(value: sympy.Basic) -> None:
    assert to_sympy(from_sympy(value)) == value


def test_max_and_abs_stay_unevaluated() -> None:
    assert to_sympy(Apply("max", (Number(1), Number(2)))).func is sympy.Max
    assert to_sympy(Apply("abs", (Number(-2),))).func is sympy.Abs


def test_derivatives_of_opaque_functions() -> None:
    node = Call(Variable("f", FUNCTION), (Apply("exp", (Variable("x"),)),), (2,))
    as_sine = to_sympy(node).subs(sympy.Function("f", real=True), sympy.sin).doit()
    assert sympy.simplify(as_sine + sympy.sin(sympy.exp(x))) == 0


def test_a_matrix_comes_in_as_rows() -> None:
    assert from_sympy(sympy.Matrix([[1, 2], [3, 4]])) == from_python([[1, 2], [3, 4]])


def test_indexed_entries() -> None:
    X = Variable("X", Kind((None, None)))
    node = Index(X, (index_variable("i"), Number(1)), origin=1)
    assert str(to_sympy(node)) == "X[i - 1, 0]"


def test_a_table_with_a_symbolic_index_is_a_distinction_of_cases() -> None:
    node = Index(Sequence((Number(5), Number(7))), (index_variable("k"),))
    assert to_sympy(node).subs(sympy.Symbol("k", integer=True), 1) == 7


def test_tensors_go_out_as_matrices() -> None:
    assert Tensor.table([[1, 2], [3, 4]]).to_sympy() == sympy.ImmutableMatrix([[1, 2], [3, 4]])
    assert Tensor.table([1, 2]).to_sympy() == sympy.ImmutableMatrix([1, 2])
    assert Tensor.table([[[1, 2]]]).to_sympy().shape == (1, 1, 2)
    assert Tensor.table([[1, 2], [3, 4]])[1, 0] == 3


def test_sizes_of_letters_give_a_lambda() -> None:
    size = Variable("n", Kind())
    identity = Tensor.of((size, size), lambda a, b: Apply("delta", (a, b)))
    assert identity.to_sympy()(2, 2) == 1


def test_a_sum_with_a_condition() -> None:
    k = index_variable("k")
    node = Binder("sum", k, k, Number(0), Number(3), Apply("ne", (k, Number(2))))
    assert to_sympy(node).doit() == 4


@pytest.mark.parametrize("value", [sympy.besselj(0, x), object(), "x", sympy.Integral(x, x)])
def test_what_has_no_meaning_is_refused(value: object) -> None:
    with pytest.raises(MeaningError):
        from_sympy(value)


def test_floats_are_the_decimal_they_print_as() -> None:
    assert from_python(0.587) == from_sympy(sympy.Float("0.587"))
    with pytest.raises(MeaningError):
        from_python(float("nan"))
