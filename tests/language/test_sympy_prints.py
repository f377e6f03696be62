"""What SymPy's ``str()`` and ``latex()`` print reads back to the same object."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Function, IndexedBase, Rational, Symbol
from sympy.core.function import AppliedUndef

from symderiv.expression.sympy_bridge import to_sympy
from symderiv.expression.tree import Expr
from symderiv.language import Scope, read_declaration, read_text
from symderiv.language.latex.reading import read_latex

x, y, n, i = (
    Symbol("x", real=True),
    Symbol("y", real=True),
    Symbol("n", integer=True),
    Symbol("i", integer=True),
)
f, g = Function("f"), IndexedBase("g", real=True)
LOOSE = Scope(strict=False)
NAMES = "x: real", "y: real", "n: integer", "g: vector(50)", "f: function"
DECLARED = Scope().declare(map(read_declaration, NAMES))


def back(text: str, scope: Scope = LOOSE) -> object:
    """The SymPy object that a text reads back to, its symbols plain."""
    return plain(to_sympy(read_text(text, scope)))


def plain(value: Any) -> Any:
    """The same object with symbols that assume nothing, so that only what was printed counts."""
    if isinstance(value, sympy.MatrixBase):
        return value.applyfunc(plain)
    assert isinstance(value, sympy.Basic)
    value = value.xreplace({symbol: Symbol(symbol.name) for symbol in value.atoms(Symbol)})
    return value.replace(lambda e: isinstance(e, AppliedUndef), lambda e: Function(e.func.__name__)(*e.args))


def numbers() -> st.SearchStrategy[sympy.Basic]:
    return st.one_of(
        st.integers(-9, 9).map(sympy.Integer),
        st.builds(lambda p, q: Rational(p, q), st.integers(-9, 9), st.integers(1, 9)),
    )


def extend(inner: st.SearchStrategy[sympy.Basic]) -> st.SearchStrategy[sympy.Basic]:
    functions = [sympy.exp, sympy.sin, sympy.tanh, sympy.Abs, sympy.Heaviside, sympy.sign, sympy.floor, f]
    two = st.tuples(inner, inner)
    return st.one_of(
        two.map(lambda p: p[0] + p[1]),
        two.map(lambda p: p[0] * p[1]),
        two.map(lambda p: p[0] - p[1]),
        st.tuples(inner, st.integers(-3, 3)).map(lambda p: (p[0] + y**2 + 1) ** p[1]),
        st.tuples(st.sampled_from(functions), inner).map(lambda p: p[0](p[1])),
        two.map(lambda p: sympy.Max(*p)),
        two.map(lambda p: sympy.Piecewise((p[0], x > 0), (p[1], True))),
        inner.map(lambda e: sympy.Sum(e * g[i], (i, 1, n))),
        inner.map(lambda e: sympy.sqrt(e * e + 1)),
    )


LEAVES = st.one_of(numbers(), st.sampled_from([x, y, n, g[0], sympy.pi, sympy.E]))
EXPRESSIONS = st.recursive(LEAVES, extend, max_leaves=8)
ENTRIES = st.sampled_from([x, y, x + 1, Rational(1, 3), sympy.exp(-x)])


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS)
def test_expressions(value: sympy.Basic) -> None:
    if value.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I):
        return
    assert back(str(value), DECLARED) == plain(value)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS)
def test_expressions_in_latex(value: sympy.Basic) -> None:
    if value.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I):
        return
    assert plain(to_sympy(read_latex(sympy.latex(value), DECLARED))) == plain(value)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(ENTRIES, min_size=2, max_size=2), min_size=1, max_size=3))
def test_matrices(rows: list[list[sympy.Expr]]) -> None:
    matrix = sympy.Matrix(rows)
    tree = read_text(str(matrix), LOOSE)
    assert sympy.Matrix(
        [[plain(to_sympy(entry)) for entry in row.children] for row in tree.children]
    ) == plain(matrix)


PRINTED = [
    "Piecewise((1, (x > 0) & (y < 1)), (2, (x > 1) | Ne(y, 2)), (3, True))",
    "Sum(g[i]*w[-i + n + 1], (i, 1, n))",
    "Sum(i*j, (i, 0, j), (j, 0, n))",
    "Product(i + x, (i, 1, 3))",
    "Integral(exp(-x**2), (x, -oo, oo))",
    "Heaviside(x)",
    "KroneckerDelta(i, j)",
    "Max(0, x, y)",
    "Eq(x, y)",
    "Ne(x, y)",
    "(x > 0) & (y > 0)",
    "(x > 0) | (y < 0)",
    "x**(1/3) + sqrt(x)",
    "-3/4",
    "2*x/3",
    "1/(x*y)",
    "(x**y)**n",
    "exp(2)",
    "factorial(n)",
    "gamma(x)",
    "floor(x/2)",
    "ceiling(x)",
    "f(x, y)",
    "alpha + x_1",
    "erf(x)",
    "log(x)",
    "oo",
    "E*pi",
]


@pytest.mark.parametrize("text", PRINTED)
def test_prints_as_it_was(text: str) -> None:
    assert str(back(text)) == text


@pytest.mark.parametrize(
    "text", ["Interval(0, 1)", "Subs(f(x), (x, y), (0, 1))", "Integral(x, x)", "Lambda(x, x)"]
)
def test_what_has_no_counterpart_is_refused(text: str) -> None:
    from symderiv.errors import ReadError

    with pytest.raises(ReadError):
        read_text(text, LOOSE)


def test_the_tree_is_ours() -> None:
    assert isinstance(read_text(str(sympy.exp(x)), LOOSE), Expr)
