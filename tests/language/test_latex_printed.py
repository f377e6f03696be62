"""What the printer prints, and what SymPy's ``latex()`` prints, reads back to the same meaning."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.expression.printing.latex import to_latex
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import (
    Apply,
    Binder,
    BinderKind,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
)
from symderiv.language import Scope, read_declaration, read_text
from symderiv.language.latex.reading import read_latex

DECLARED = [
    "x: real",
    "y: real",
    "w2: real",
    "x_1: real",
    "alpha: real",
    "loss: real",
    "v: vector(6)",
    "A: matrix(3, 3)",
    "f: function",
    "n: positive integer",
]


def scope() -> Scope:
    found = Scope(notation={"w2": "w^2"})
    for declaration in DECLARED:
        found = found.declare([read_declaration(declaration, found)])
    return found


SCOPE = scope()
NAMES = SCOPE.names
POINT = {"x": 1.25, "y": -0.75, "w2": 0.5, "x_1": 2.5, "alpha": -1.5, "loss": 0.125, "n": 3.0}


def value(e: Expr, bound: dict[str, float]) -> float:
    """The value at a point, by nothing but floating point: an independent reading of the tree."""
    match e:
        case Number():
            return float(e.value)
        case Constant():
            return {"e": math.e, "pi": math.pi}[e.name]
        case Variable():
            return bound[e.name] if e.name in bound else POINT[e.name]
        case Index():
            return sum((7.0 + 3 * axis) * value(i, bound) for axis, i in enumerate(e.indices)) + 0.5
        case Call():
            return math.cos(3 * value(e.args[0], bound)) + e.orders[0]
        case Cases():
            for condition, branch in e.branches:
                if value(condition, bound):
                    return value(branch, bound)
            return value(e.otherwise, bound) if e.otherwise is not None else math.nan
        case Binder():
            assert e.lower is not None and e.upper is not None
            ends = range(int(value(e.lower, bound)), int(value(e.upper, bound)) + 1)
            terms = [value(e.body, {**bound, e.variable.name: k}) for k in ends]
            joins: dict[str, Any] = {"sum": sum, "prod": math.prod, "max": max, "min": min}
            return float(joins[e.kind](terms))
    assert isinstance(e, Apply)
    found: float = HEADS[e.head](*(value(arg, bound) for arg in e.args))
    return found


HEADS: dict[str, Any] = {
    "add": lambda *a: sum(a),
    "sub": lambda a, b: a - b,
    "mul": lambda *a: math.prod(a),
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, b: a**b,
    "exp": math.exp,
    "log": lambda a: math.log(a),
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "min": min,
    "sin": math.sin,
    "tanh": math.tanh,
    "floor": math.floor,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "and": lambda *a: all(a),
    "eq": lambda a, b: a == b,
    "delta": lambda a, b: float(a == b),
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
}

INDEX = index_variable("i")
leaves = st.sampled_from(
    [
        *(NAMES[n] for n in ("x", "y", "w2", "x_1", "alpha", "loss", "n")),
        Number(2),
        Number(-3),
        Number(Fraction(1, 2)),
        Number(Fraction(-5, 3)),
        Number(0),
        Number(10),
        Constant("pi"),
        Constant("e"),
        Index(NAMES["v"], (Number(2),)),
        Index(NAMES["A"], (Number(1), Number(0))),
        Number(Fraction(1, 4)),
    ]
)


def _binder(kind: BinderKind, body: Expr) -> Expr:
    return Binder(kind, Apply("mul", (body, Index(NAMES["v"], (INDEX,)))), INDEX, Number(0), Number(2))


def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    two = st.tuples(inner, inner)
    return st.one_of(
        st.builds(Apply, st.sampled_from(["sub", "div", "max", "pow"]), two),
        st.builds(Apply, st.sampled_from(["add", "mul"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(
            lambda h, a: Apply(h, (a,)),
            st.sampled_from(["neg", "exp", "log", "sqrt", "abs", "sin", "tanh", "floor", "sigmoid"]),
            inner,
        ),
        st.builds(lambda a: Call(NAMES["f"], (a,), (1,)), inner),
        st.builds(_binder, st.sampled_from(["sum", "prod", "max"]), inner),
        st.builds(lambda a, b, c: Cases(((Apply("lt", (a, b)), c),), a), inner, inner, inner),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(leaves, larger, max_leaves=10))
def test_what_is_printed_reads_back(tree: Expr) -> None:
    printed = to_latex(tree, SCOPE.notation)
    back = read_latex(printed, SCOPE)
    try:
        wanted = value(tree, {})
    except (ValueError, OverflowError, ZeroDivisionError, TypeError):
        return
    if isinstance(wanted, complex) or not math.isfinite(wanted):
        return
    assert value(back, {}) == pytest.approx(wanted, rel=1e-6, abs=1e-9), (
        printed,
        to_text(tree),
        to_text(back),
    )


@pytest.mark.parametrize(
    "text",
    [
        "diag(v) - v*v.T",
        "A.T*A*v",
        "(A*v).T",
        "hadamard(v, v)",
        "A*A*v",
        "[[1, x], [y, 2]]",
        "[1, 2, x]",
        "(1, 2)",
        "{1, 2}",
        "(2*A).T*v",
        "A^(-1)",
        "norm(v)^2",
        "trace(A)",
        "f'(x)*f(x)",
        "0 <= x < 1",
        "x > 0 and y > 0",
        "A.T.T",
        "x if x > 0 else 0",
        "x^y^x_1",
        "(x^y)^x_1",
        "-x^2",
        "(-x)^2",
        "x/y/x_1",
        "x/(y/x_1)",
        "x - (y - x_1)",
        "A[1,2]^2",
        "sum(v[i], i)^2",
        "sum(v[i], (i, 0, 2))*x",
        "x*sum(v[i], (i, 0, 2))",
        "max(x, y)*x",
        "n!",
        "{alpha: 1, loss: x}",
        "x_1*w2^2",
        "(x + y)!",
        "abs(x)*abs(y)",
        "2*(3*x)",
        "floor(x/2)",
        "w2^x",
        "sin(x)^2",
        "limit(sin(x)/x, x, 0, '+')",
        "integral(x^2*t, (t, 0, 1))",
        "sum(v[i] for i in range(0, 3) if i != 1)",
    ],
)
def test_printed_forms_read_back_to_the_same_tree(text: str) -> None:
    tree = read_text(text, SCOPE)
    back = read_latex(to_latex(tree, SCOPE.notation), SCOPE)
    assert back == tree, to_latex(tree, SCOPE.notation)


x, y = sympy.symbols("x y", real=True)
n = sympy.Symbol("n", integer=True, positive=True)
k = sympy.Symbol("k", integer=True)
SYMBOLS = [x, y, sympy.Integer(2), sympy.Rational(-3, 4), sympy.pi, sympy.Integer(10)]


def sympy_larger(inner: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[sympy.Expr]:
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, b: a - b, inner, inner),
        st.builds(lambda a: a**2, inner),
        st.builds(lambda a, b: a / (b**2 + 1), inner, inner),
        st.builds(sympy.exp, inner),
        st.builds(lambda a: sympy.log(a**2 + 1) ** 2, inner),
        st.builds(sympy.Abs, inner),
        st.builds(lambda a: sympy.sqrt(a**2 + 2), inner),
        st.builds(sympy.tanh, inner),
        st.builds(sympy.floor, inner),
        st.builds(lambda a: sympy.Max(a, 0, evaluate=False), inner),
        st.builds(lambda a, b: sympy.Piecewise((a, x > 0), (b, True)), inner, inner),
        st.builds(lambda a: sympy.Sum(a * k, (k, 1, 3)), inner),
    )


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.sampled_from(SYMBOLS), sympy_larger, max_leaves=6))
def test_what_sympy_prints_reads_back(e: sympy.Expr) -> None:
    wanted = e.doit().subs({x: sympy.Rational(5, 4), y: sympy.Rational(-3, 4)}).evalf(30)
    if not wanted.is_Float and not wanted.is_Integer and not wanted.is_Rational:
        return
    if abs(wanted) > 1e12:
        return
    back = read_latex(sympy.latex(e), SCOPE)
    try:
        found = value(back, {})
    except (OverflowError, ZeroDivisionError, TypeError):
        return
    assert found == pytest.approx(float(wanted), rel=1e-6, abs=1e-6), sympy.latex(e)


@pytest.mark.parametrize(
    ("e", "twin"),
    [
        (sympy.Matrix([[1, x], [y, 2]]), "[[1, x], [y, 2]]"),
        (sympy.Matrix([x, y]), "[[x], [y]]"),
        (sympy.Sum(k**2, (k, 1, n)), "sum(k^2, (k, 1, n))"),
        (sympy.Product(k + x, (k, 1, n)), "prod(k + x, (k, 1, n))"),
        (sympy.Piecewise((x, x > 0), (0, True)), "x if x > 0 else 0"),
        (sympy.Function("f")(x) ** 2, "f(x)^2"),
        (sympy.Limit(sympy.sin(x) / x, x, 0), "limit((sin(x)/x), x, 0, '+')"),
        (sympy.Integral(x**2, (x, 0, y)), "integral(x^2, (x, 0, y))"),
        (sympy.Eq(x, y), "x == y"),
        (sympy.sqrt(x), "sqrt(x)"),
    ],
)
def test_sympy_forms(e: sympy.Basic, twin: str) -> None:
    assert read_latex(sympy.latex(e), SCOPE) == read_text(twin, SCOPE)


@pytest.mark.parametrize("name", [r"x\input{a}", "a}b{", "x%y", "$x$", "a_b_c", "é", "_x_", "x^2", "~"])
def test_names_are_escaped(name: str) -> None:
    printed = to_latex(Variable(name))
    assert r"\input" not in printed.replace(r"\textbackslash{}input", "")
    assert "$" not in printed.replace(r"\$", "") and "%" not in printed.replace(r"\%", "")
    bare = printed.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_matrix_of_the_softmax_looks_like_a_textbook() -> None:
    assert to_latex(read_text("diag(v) - v*v.T", SCOPE)) == r"\operatorname{diag}(v) - v v^{\top}"
    assert to_latex(Sequence((Sequence((Number(1), Number(2))),))) == r"\begin{bmatrix} 1 & 2 \end{bmatrix}"
