"""Inverses of matrices of letter size by themselves: what the rules prove, and what they must leave."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.derivation import read_given, tensor_of
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.equations import by_equations_of_matrices
from symderiv.equality.procedures.matrices.inverses import by_inverses
from symderiv.equality.procedures.matrices.rewriting import completed, reduced
from symderiv.equality.procedures.matrices.words import (
    ONE_COLUMN,
    Combination,
    Letter,
    Term,
    Word,
    closed,
    term,
    trace,
)
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem
from symderiv.expression.build import compare
from symderiv.language import read

NAMES = [
    "A: matrix(n, n)",
    "B: matrix(n, n)",
    "S: symmetric(n)",
    "X: matrix(n, d)",
    "u: vector(n)",
    "v: vector(n)",
    "b: vector(d)",
    "l: positive",
    "c: real",
]


def proof(a: str, b: str, *given: str) -> Proof | None:
    known = read_given([*NAMES, *given])
    left, right = (tensor_of(read(text, known.scope)) for text in (a, b))
    ranges = [
        fact
        for index, size in zip(left.indices, left.shape, strict=True)
        for fact in (compare("le", read("0", known.scope), index), compare("lt", index, size))
    ]
    problem = Problem(left.value, right.value, left.defined, right.defined, (*known.facts, *ranges))
    return by_inverses(problem, prove_problem)


@pytest.mark.parametrize(
    ("a", "b", "exceptions"),
    [
        ("inv(A)*A", "eye(n)", 1),
        ("inv(X.T*X + l*eye(d))*X.T", "X.T*inv(X*X.T + l*eye(n))", 0),
        ("inv(A + u*v.T)*u", "inv(A)*u/(1 + v.T*inv(A)*u)", 3),
        ("inv(l*A)", "inv(A)/l", 2),
        ("u.T*inv(S)*v", "v.T*inv(S)*u", 1),
        ("trace(inv(A)*B*A)", "trace(B)", 1),
        ("inv(diag(u)*A)*diag(u)*A*v", "v", 1),
        ("inv((A + B)*(A + B))", "inv(A + B)*inv(A + B)", 2),
        ("inv(eye(n) + c*A)*A", "A*inv(eye(n) + c*A)", 1),
        ("inv(inv(A) + l*eye(n))*(inv(A) + l*eye(n))", "eye(n)", 2),  # inv(A) isn't definite
        ("inv(X.T*inv(A)*X + l*eye(d))*(X.T*inv(A)*X + l*eye(d))", "eye(d)", 2),
    ],
)
def test_proved(a: str, b: str, exceptions: int) -> None:
    found = proof(a, b)
    assert found is not None and len(found.exceptions) == exceptions


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("inv(A)*A", "2*eye(n)"),
        ("inv(A*B)", "inv(A)*inv(B)"),
        ("inv(A)*u", "inv(A).T*u"),
        ("inv(X.T*X)*(X.T*X)", "eye(d)"),  # no inverse where n < d
        ("inv(u*u.T)*(u*u.T)", "eye(n)"),
        ("inv(A - A)*A", "eye(n)"),
        ("inv(A - A.T)*(A - A.T)", "eye(n)"),  # of odd size it has none
        ("inv(A*A.T - A.T*A)*(A*A.T - A.T*A)", "eye(n)"),
        ("inv(u*v.T + v*u.T)*(u*v.T + v*u.T)", "eye(n)"),
        ("inv(c*A - c*A)*A", "eye(n)"),
        ("inv(A*B - B*A)*(A*B - B*A)", "eye(n)"),  # singular at n = 1
        ("inv(A*A - inv(inv(A*A)))*A", "eye(n)"),
        ("c*inv(c*A)", "2*inv(A)"),
        ("trace(inv(A))", "trace(A)"),
        ("A*B", "B*A"),
        ("trace(inv(B)*A*B)", "sum(A[k, 0], (k, 0, n - 1))"),  # a column, no diagonal
        ("[[sum(inv(A)[i, k]*A[k, j], (k, 0, n - 2)) for j in range(n)] for i in range(n)]", "eye(n)"),
        ("[[inv(A)[i, n - 1 - j] for j in range(n)] for i in range(n)]*A", "eye(n)"),
        ("[[inv(A)[i, n - 1 - j] for j in range(n)] for i in range(n)]", "inv(A)"),
        ("(u.T*inv(A)*v - v.T*inv(A)*u)/(u.T*inv(A)*v - v.T*inv(A)*u)", "1"),  # 0/0 at n = 1
        ("[sum(delta(i, 2*k)*u[k], (k, 0, n-1)) for i in range(n)] + inv(A)*v", "sum(u)*ones(n) + inv(A)*v"),
        # A B - diag(A) diag(B).T is 0 at n = 1: an array isn't a multiple of I here and 0 there
        ("inv(A*B - outer(diag(A), diag(B)))*(A*B - outer(diag(A), diag(B)))", "eye(n)"),
    ],
)
def test_left_alone(a: str, b: str) -> None:
    assert proof(a, b) is None and proof(b, a) is None


def proof_of_conditions(a: str, b: str, *given: str) -> Proof | None:
    known = read_given([*NAMES, *given])
    left, right = (tensor_of(read(text, known.scope)) for text in (a, b))
    problem = Problem(left.value, right.value, left.defined, right.defined, known.facts)
    return by_equations_of_matrices(problem, prove_problem)


def test_equations_follow_from_each_other() -> None:
    assert proof_of_conditions("A*u == v", "u == inv(A)*v") is not None
    assert proof_of_conditions("A*u == A*v", "u == v") is None
    assert proof_of_conditions("A*u == A*v", "u == v", "det(A) != 0") is not None
    assert proof_of_conditions("A*u == A*v", "u == v", "det(A) != 2") is None
    assert proof_of_conditions("B*A*u == B*v", "A*u == v", "det(A) != 0") is None
    assert proof_of_conditions("inv(A)*u == v and u == v", "u == A*v") is None
    assert proof_of_conditions("u == A*v", "inv(A)*u == v and u == v") is None
    assert proof_of_conditions("inv(A)*u == v and u == v", "A*v == v and u == v") is not None
    assert proof_of_conditions("inv(A)*u == v or u == v", "A*v == u or u == v") is None
    assert proof_of_conditions("inv(X.T*X)*b == X.T*u", "b == X.T*X*X.T*u") is None  # n < d
    assert proof_of_conditions("inv(A)*u == v", "not (u == A*v)") is None
    assert proof_of_conditions("all(u[i] <= v[i] for i in range(n))", "inv(A)*u == inv(A)*v") is None
    assert proof_of_conditions("u == v", "inv(A)*u == inv(A)*v") is not None


def test_a_left_inverse_is_one_on_the_right_of_square_matrices_alone() -> None:
    assert proof_of_conditions("A*u == v", "u == B*v", "A*B == eye(n)") is not None
    assert proof_of_conditions("X*b == v", "b == X.T*v", "X.T*X == eye(d)") is None


def test_what_is_given_binds_the_names_that_would_show_it() -> None:
    assert proof("inv(A)*A", "eye(n)", "A*A == zeros(n, n)") is None
    assert proof("inv(A)*A", "eye(n)", "A == X*X.T") is None
    assert proof("inv(A)*A", "eye(n)", "A.T*A == eye(n)") is not None
    assert proof("inv(X.T*X)*(X.T*X)", "eye(d)", "d <= n") is not None
    assert proof("inv(X.T*X)*(X.T*X)", "eye(d)", "n < d") is None
    assert proof("inv(c*eye(n))*u", "u/c", "c*c == c") is None
    assert proof("inv(A)*u", "v", "c*A*v == c*u", "det(A) != 0") is None
    assert proof("inv(A)*u", "v", "l*A*v == l*u", "det(A) != 0") is not None
    assert proof("inv(A)*u", "inv(A)*v", "all(u[i] <= v[i] for i in range(n))") is None
    assert proof("inv(X*X.T)*(X*X.T)", "eye(n)", "X.T*X == eye(d)") is None
    assert proof("inv(X.T*X)*(X.T*X)", "eye(d)", "X.T*X == eye(d)") is not None


def test_tall_matrices_whose_rows_are_their_own() -> None:
    weighted, twice = "X.T*diag(relu(u))*X", "[[X[i//2, j] for i in range(n)] for j in range(d)]"
    assert proof(f"inv({weighted})*({weighted})", "eye(d)", "d <= n") is None
    twice = f"{twice}*[[X[i//2, j] for j in range(d)] for i in range(n)]"  # half as many rows
    assert proof(f"inv({twice})*{twice}", "eye(d)", "d <= n") is None
    assert proof("inv(X.T*diag(u)*X)*(X.T*diag(u)*X)", "eye(d)", "d <= n") is not None


A, V, X, Y, W = (Letter(name, False, 1, 1) for name in "AVXYW")
ROW_U = Letter("u", False, 1, ONE_COLUMN)


def zero(*words: tuple[Word, int]) -> Combination:
    return {Term(word): Fraction(c) for word, c in words}


def test_a_third_rule_follows_from_two() -> None:
    relations = [zero(((Y, X, V), 1), ((V,), 1), ((), -1)), zero(((V, Y, X), 1), ((V,), 1), ((), -1))]
    relations += [zero(((X, Y, W), 1), ((W,), 1), ((), -1)), zero(((W, X, Y), 1), ((W,), 1), ((), -1))]
    gap = zero(((V, Y), 1), ((Y, W), -1))
    first, *_, last = [reduced(gap, rules) for rules in completed(relations, lambda _: False)]
    assert first == gap and last == {}


def test_a_coefficient_that_may_be_zero_makes_no_rule() -> None:
    scalar = closed((ROW_U.transposed, ROW_U))
    relation = {Term((A,), ((scalar, 1),)): Fraction(1), Term(()): Fraction(-1)}
    assert next(completed([relation], lambda _: False)) == []
    (rule,) = next(completed([relation], lambda each: each == scalar))
    assert rule.rest == {Term((), ((scalar, -1),)): Fraction(1)}


def test_words_fall_apart_where_they_are_one_column_wide() -> None:
    found = term((A, ROW_U, ROW_U.transposed, A, ROW_U))
    assert found.word == (A, ROW_U)
    assert found.scalars == ((closed((ROW_U.transposed, A, ROW_U)), 1),)


def test_a_trace_is_the_same_wherever_it_begins_and_backwards() -> None:
    assert trace((A, X)) == trace((X, A)) == trace((A.transposed, X.transposed))
    assert trace((A, X)) != trace((A, X.transposed))
