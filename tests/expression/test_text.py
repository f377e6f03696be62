"""The text printer: fewest brackets, and what it prints reads back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symderiv.expression.kinds import FUNCTION, INDEX, Kind
from symderiv.expression.printing.text import entry_text, to_text
from symderiv.expression.tree import (
    INFINITY,
    ONE,
    PI,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Index,
    Mapping,
    Number,
    Sequence,
    Text,
    Variable,
)
from symderiv.language import Scope, read_text

X, Y, Z = (Variable(name) for name in "xyz")
V, M = Variable("v", Kind(shape=(None,))), Variable("M", Kind(shape=(None, None)))
F = Variable("f", FUNCTION)
K, J = Variable("i", INDEX), Variable("j", INDEX)
SCOPE = Scope({v.name: v for v in (X, Y, Z, V, M, F, K, J)}, functions={"softmax": "softmax"})

PRINTED = [
    "(x + 1)*x",
    "x - y + z",
    "(x + y) + z",
    "x + (y + z)",
    "x - (y - z)",
    "x/y/z",
    "x/(y/z)",
    "x*y*z",
    "(x*y)*z",
    "x*y/z",
    "-x^2",
    "(-x)^2",
    "x^(-2)",
    "x^y^z",
    "(x^y)^z",
    "-(-x)",
    "-(2)",
    "-2",
    "2^(-1)",
    "x + -y",
    "x + -2",
    "-x*y",
    "-(x*y)",
    "x - y - 2",
    "M.T",
    "(M + M).T",
    "M.T.T",
    "(x^2).T",
    "(x + y)!",
    "x! ^ 2",
    "M @ M @ M",
    "M @ (M @ M)",
    "(M ⊙ M)*M",
    "x % y // 2",
    "x < y",
    "(x < y) == z",
    "x < y and y < z",
    "x < 0 or not (y < 0 or z < 0)",
    "not not x < y",
    "1 if x > 0 else 0",
    "1 if x > 0 else 2 if x < -1 else 3",
    "(1 if x > 0 else 2) if x < y else 3",
    "1 if x > 0 else (2 if x < -1 else 3)",
    "1 if x > 0 else undefined",
    "f(x)",
    "f''(x + 1)",
    "f(f(x))",
    "M[i, j + 1]",
    "v[i]^2",
    "sum(v[i], (i, 0, 5))",
    "sum(v[i], i)",
    "sum(v[i] for i in range(0, 5) if i != j)",
    "sum(v[i] for i in range(0, x + 1) if i != j)",
    "sum(sum(M[i, j], (i, 0, j)), (j, 1, 3))",
    "max(v[i], (i, 0, 5))",
    "max(x, y, 0)",
    "[v[i] for i in range(0, x)]",
    "[2*x1 for x1 in [1, 2]]",
    "integral(exp(-x^2), (x, -oo, oo))",
    "limit((x + 1)/x, x, 0, '+')",
    "softmax(v, axis=0)",
    "[[1, 2], [3, 4]]",
    "(1,)",
    "()",
    "{1, x}",
    "{mu: x, (0, 1): y}",
    "0.587*x",
    "x in {1, 2}",
    "[]",
    "-oo",
]


@pytest.mark.parametrize("text", PRINTED)
def test_what_is_printed_reads_back(text: str) -> None:
    tree = read_text(text, SCOPE)
    assert read_text(to_text(tree), SCOPE) == tree


@pytest.mark.parametrize("text", [t for t in PRINTED if " ^ " not in t and "! " not in t and "x1" not in t])
def test_no_bracket_too_many_and_no_other_spelling(text: str) -> None:
    assert to_text(read_text(text, SCOPE)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((x))", "x"),
        ("(x*y)+z", "x*y + z"),
        ("x**(y)", "x^y"),
        ("(x)^(y^z)", "x^y^z"),
        ("((x < y)) and ((z < x))", "x < y and z < x"),
        ("f((x))", "f(x)"),
        ("1/4 + 0.25", "1/4 + 1/4"),
        ("x·y", "x*y"),
    ],
)
def test_brackets_that_say_nothing_go(text: str, printed: str) -> None:
    assert to_text(read_text(text, SCOPE)) == printed


def _numbers() -> st.SearchStrategy[Expr]:
    return st.integers(-20, 20).map(Number)


def _leaves() -> st.SearchStrategy[Expr]:
    return st.one_of(_numbers(), st.sampled_from([X, Y, Z, PI, INFINITY, V]))


def _extend(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(inner, inner)
    heads = "sub div pow matmul hadamard floordiv mod lt le gt ge eq ne".split()
    many = st.lists(inner, min_size=2, max_size=4).map(tuple)
    plain = st.one_of(
        st.tuples(st.sampled_from(heads), pairs).map(lambda p: Apply(*p)).filter(_small).filter(_is_chained),
        st.tuples(st.sampled_from(["mul", "and", "or"]), many).map(lambda p: Apply(*p)).filter(_joins),
        many.map(lambda terms: Apply("add", terms)),
        st.tuples(st.sampled_from(["not", "transpose", "exp", "abs", "sqrt"]), inner)
        .map(lambda p: Apply(p[0], (p[1],)))
        .filter(_joins),
        inner.filter(lambda e: not isinstance(e, Number) or e.value <= 0).map(lambda e: Apply("neg", (e,))),
    )
    structured = st.one_of(
        inner.filter(_is_no_condition).map(lambda e: Call(F, (e,), (1,))),
        inner.map(lambda e: Index(V, (e,))),
        pairs.map(lambda p: Binder("sum", p[0], K, p[1], Number(5))),
        pairs.map(lambda p: Binder("prod", p[0], K, ONE, p[1], Apply("lt", (K, Number(3))))),
        pairs.map(lambda p: Binder("array", p[0], K, Number(0), p[1])),
        pairs.map(lambda p: Binder("integral", p[0], X, Number(0), p[1])),
        st.tuples(inner, inner, inner).map(lambda p: Cases(((p[0], p[1]),), p[2])),
        st.lists(inner, max_size=3).map(lambda items: Sequence(tuple(items))),
        st.lists(inner, max_size=3).map(lambda items: Sequence(tuple(items), "tuple")),
        inner.map(lambda e: Mapping((("mu", e), (Sequence((ONE, e), "tuple"), e)))),
        inner.map(lambda e: Apply("softmax", (e,), (("axis", ONE), ("mode", Text("full"))))),
    )
    return st.one_of(plain, structured)


def _is_chained(tree: Expr) -> bool:
    """A difference of a sum is one sum as the reader makes it."""
    first = tree.args[0] if isinstance(tree, Apply) and tree.head == "sub" else None
    return not isinstance(first, Apply) or first.head not in ("add", "sub")


def _is_no_condition(tree: Expr) -> bool:
    """A named function is one of numbers: the reader refuses ``f(x > 0)``."""
    conditions = frozenset("lt le gt ge eq ne and or not".split())
    return not isinstance(tree, Apply) or tree.head not in conditions


def _joins(tree: Apply) -> bool:
    """Where conditions are joined, no number stands, and none is transposed: ``1 and x``, ``1.T``."""
    if tree.head == "transpose":
        return not isinstance(tree.args[0], Number)
    numbers = (
        isinstance(e, Number | Variable) or (isinstance(e, Apply) and _is_no_condition(e)) for e in tree.args
    )
    return tree.head not in ("and", "or", "not") or not any(numbers)


def _small(tree: Expr) -> bool:
    """No power of numbers that the reader refuses."""
    if not isinstance(tree, Apply) or tree.head != "pow":
        return True
    try:
        read_text(to_text(tree), SCOPE)
    except Exception as error:
        return getattr(error, "code", "") != "limit"
    return True


TREES = st.recursive(_leaves(), _extend, max_leaves=12)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_every_tree_reads_back(tree: Expr) -> None:
    """For trees as the reader makes them: reading the printed text gives the very same tree."""
    text = to_text(tree)
    try:
        again = read_text(text, SCOPE)
    except Exception as error:
        assert getattr(error, "code", "") == "limit", (text, error)
        return
    assert again == tree, text
    assert to_text(again) == text


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        (Apply("add", (X, Apply("mul", (Number(-1), Y)))), "x - y"),
        (Apply("pow", (X, Number(-1))), "1/x"),
        (Apply("pow", (X, Number(Fraction(1, 2)))), "sqrt(x)"),
        (Apply("pow", (X, Number(-2))), "1/x^2"),
        (Apply("mul", (Number(-1), X, Apply("pow", (Y, Number(-1))))), "-x/y"),
        (Apply("mul", (Number(Fraction(1, 2)), X)), "x/2"),
        (Apply("mul", (Number(Fraction(-3, 2)), X, Y)), "-3*x*y/2"),
        (Apply("add", (Apply("mul", (Number(-1), X)), ONE)), "1 - x"),
        (Apply("add", (X, Y, Number(-3))), "x + y - 3"),
        (Apply("add", (Apply("mul", (Number(-1), X)), Number(-3))), "-x - 3"),
    ],
)
def test_entries_print_as_people_write_them(entry: Expr, printed: str) -> None:
    assert entry_text(entry) == printed
