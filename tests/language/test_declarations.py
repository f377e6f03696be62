"""Declarations and conditions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.errors import SymderivError
from symderiv.expression.kinds import (
    FUNCTION,
    INDEX,
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    SIZE,
    Domain,
    Kind,
)
from symderiv.expression.printing.text import entry_text, to_text
from symderiv.expression.tree import Number, Variable
from symderiv.language import Scope, read_condition, read_declaration, read_kind

N, M = Variable("n", SIZE), Variable("m", SIZE)
ONE, TWO = Number(1), Number(2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("real", Kind()),
        ("positive", Kind(domain=POSITIVE)),
        ("nonnegative", Kind(domain=NONNEGATIVE)),
        ("non-negative", Kind(domain=NONNEGATIVE)),
        ("negative", Kind(domain=Domain(upper=Fraction(0), upper_open=True))),
        ("integer", Kind(domain=INTEGER)),
        ("positive integer", Kind(domain=Domain(integer=True, lower=Fraction(1)))),
        ("even", Kind(domain=Domain(integer=True, modulus=2))),
        ("odd", Kind(domain=Domain(integer=True, modulus=2, residue=1))),
        ("real > 1", Kind(domain=Domain(lower=Fraction(1), lower_open=True))),
        ("real >= -1/2", Kind(domain=Domain(lower=Fraction(-1, 2)))),
        (
            "real > 0, < 1",
            Kind(domain=Domain(lower=Fraction(0), lower_open=True, upper=Fraction(1), upper_open=True)),
        ),
        ("real in [0,1]", Kind(domain=Domain(lower=Fraction(0), upper=Fraction(1)))),
        ("real in (0, 1]", Kind(domain=Domain(lower=Fraction(0), lower_open=True, upper=Fraction(1)))),
        ("real in (0, oo)", Kind(domain=POSITIVE)),
        ("integer >= 2", Kind(domain=Domain(integer=True, lower=Fraction(2)))),
        ("index", INDEX),
        ("function", FUNCTION),
        ("nondecreasing function", Kind(function="nondecreasing")),
        ("vector(n)", Kind(shape=(N,))),
        ("vector(3)", Kind(shape=(Number(3),))),
        ("matrix(n, m)", Kind(shape=(N, M))),
        ("matrix(2, 2)", Kind(shape=(TWO, TWO))),
        ("symmetric(n)", Kind(shape=(N, N), symmetric=True)),
        ("tensor(2, n, m)", Kind(shape=(TWO, N, M))),
        ("vector(n) zero outside", Kind(shape=(N,), zero_outside=True)),
        ("positive vector(n)", Kind(shape=(N,), domain=POSITIVE)),
        ("vector(n) in [0, 1]", Kind(shape=(N,), domain=Domain(lower=Fraction(0), upper=Fraction(1)))),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert read_kind(text, "x").kind == kind


def test_sizes_may_be_formulas_and_sizes_are_declared_once() -> None:
    w = read_kind("vector(n - k + 1)", "w", Scope({"n": N}))
    size = w.kind.shape[0]
    assert size is not None and entry_text(size) == "n - k + 1"


def test_values() -> None:
    k = read_declaration("K: matrix(2, 2) = [[1, 0], [-1, -2]]")
    assert k.value is not None and to_text(k.value) == "[[1, 0], [-1, -2]]"
    assert read_declaration("x: real >= 0 = 1/2").kind.domain == NONNEGATIVE


def test_names() -> None:
    assert read_declaration("σ: function").name == "sigma"
    assert read_declaration("w' : vector(3)").name == "w'"
    assert read_declaration("x_1: real").kind.domain == REAL


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("x: complex", 4, "'complex' is no kind"),
        ("x: vector(n, m)", 4, "a vector with 2 sizes"),
        ("x: vector(0)", 11, "no size"),
        ("x: vector(2.5)", 11, "no size"),
        ("x: vector(n", 10, "never closed"),
        ("x vector", 1, "declares nothing"),
        ("x:", 2, "no kind is said"),
        ("x: real > y", 11, "no number"),
        ("x: real in [1, 0]", 12, "interval is empty"),
        ("x: real zero outside", 8, "only an array"),
        ("x: wobbly function", 4, "no kind of function"),
        ("x: real = 1 +", 13, "nothing stands after"),
        ("x: real > 9**9**9", 14, "too large"),
        ("x: vector(9**9**9)", 14, "too large"),
    ],
)
def test_faults(text: str, column: int, message: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_declaration(text)
    assert message in caught.value.message, caught.value.in_full()
    assert caught.value.place is not None and caught.value.place.column == column, caught.value.in_full()


@pytest.mark.parametrize(
    "text",
    [
        "k <= d",
        "n % k == 0",
        "sum(t[i], (i, 0, n)) == 1",
        "x > 0 and y > 0",
        "0 < x < 1",
        "x != 0",
        "sum(t) == 1",
    ],
)
def test_conditions(text: str) -> None:
    assert read_condition(text, Scope(strict=False))


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("n is even", "write n: even"),
        ("x positive", "write x: positive"),
        ("A is symmetric", "write matrix(n, n), or symmetric(n)"),
        ("x ∈ R^n", "write x: vector(n), with its length"),
        ("p in (0, 1)", "write p: real in (0, 1), or real in [0, 1]"),
        ("W in R^{n×m}", "write W: matrix(n, m)"),
        ("x, y > 0", "give one condition, or one declaration, a line"),
    ],
)
def test_what_a_declaration_says_in_words(text: str, cure: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_condition(text, Scope(strict=False))
    assert caught.value.cure == cure


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("x: R", "write real"),
        ("x: R^n", "write vector(n), with its length"),
        ("n: int", "write integer"),
        ("b: nonzero", "declare it as real, and give the condition b != 0"),
        ("Q: orthogonal(n)", "write matrix(n, n), and give the condition Q.T*Q == eye(n)"),
        ("x, y: real", "give one condition, or one declaration, a line"),
        ("f: monotone function", "write 'function', or 'nondecreasing function'"),
    ],
)
def test_kinds_in_other_words(text: str, cure: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_declaration(text)
    assert caught.value.cure == cure


@pytest.mark.parametrize("text", ["x", "x + 1", "f(x)", "[1, 2]"])
def test_a_value_is_no_condition(text: str) -> None:
    with pytest.raises(SymderivError, match="no condition"):
        read_condition(text, Scope(strict=False))


def test_a_positive_integer_is_the_size_of_that_name() -> None:
    shape = read_declaration("g: vector(T)").kind.shape
    assert shape == (read_declaration("T: positive integer"),) == (read_declaration("T: integer > 0"),)
