"""What is given, used by one procedure alone: what it proves, and what it must decline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.derivation import compare
from symderiv.equality.cascade.index_form import normalised
from symderiv.equality.given.kinds import with_given_kinds
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.proportional import by_proportion
from symderiv.equality.procedures.deltas.deltas_in_products import by_deltas_in_products
from symderiv.equality.procedures.facts.given_arrays import by_given_arrays
from symderiv.equality.procedures.facts.given_polynomials import by_equal_ideals, by_given_polynomials
from symderiv.equality.procedures.facts.given_products import by_given_products
from symderiv.equality.procedures.facts.given_relations import by_given_relations
from symderiv.equality.procedures.facts.given_turns import by_given_turns
from symderiv.equality.procedures.facts.instances_of_facts import by_instances_of_facts
from symderiv.equality.procedures.facts.solved_facts import by_solved_facts
from symderiv.equality.procedures.facts.sorted_arrays import by_sorted_arrays
from symderiv.equality.procedures.facts.turned_inverses import by_turned_inverses, turned
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem
from symderiv.expression.kinds import SIZE, Domain, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Variable
from tests.equality.procedures.alone import POLICY, problem, scope, value

PLAIN = scope(**{name: Kind() for name in "abcdwxyz"})


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("z*x + w*y", "1", ("x*z == 1 and y*w == 0",), True),
        ("z*x + w*y", "1", ("x*z == 1 or y*w == 0",), False),
        ("z*x + w*y", "1", ("x*z == 1", "y*w != 0"), False),
        ("z*x + w*y", "1", ("x*z == 1", "y*w <= 0"), False),
        ("z*x", "1", ("x*z == abs(y)", "y == 1"), False),  # no polynomial: what it says isn't used
        ("x*z", "2", ("x*z == 1", "x*z == 2"), False),  # which hold nowhere
        ("abs(z*x*y - y)", "0", ("x*z == 1",), True),
        ("abs(z*x*y - z)", "0", ("x*z == 1",), False),
        ("x*z + abs(y)", "1 + abs(y)", ("x*z == 1",), True),
        ("(x*z + abs(y))^2", "(1 + abs(y))^2", ("x*z == 1",), True),
        ("2*x^3*z^3/3 - 2/3", "0", ("5*x*z == 5",), True),
        ("x*a + y*c", "0", ("a*x + b*y == 1", "a*z + b*w == 0", "c*x + d*y == 0", "c*z + d*w == 1"), False),
        ("x*a + z*c", "1", ("a*x + b*y == 1", "a*z + b*w == 0", "c*x + d*y == 0", "c*z + d*w == 1"), True),
    ],
)
def test_what_given_polynomials_leave(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_given_polynomials(problem(a, b, *facts, names=PLAIN), prove_problem)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("x*y == 1 and x == y", "x^2 == 1 and y == x", (), True),
        ("x*y == 1 and x == y", "x^2 == 1", (), False),  # one of them implies the other
        ("x^2 == 1", "x*y == 1 and x == y", (), False),
        ("x*y == 1 and x == y", "x*y == 1 and x^2 == y^2", (), False),
        ("x*y == 1 and x == y", "x^2 == 1 and y == x", ("abs(z) == 1",), True),
        ("x*y == 1 and x > y", "x^2 == 1 and y == x", (), False),
        ("x*y == 1 and x == y", "x^2 == 1 and y > x", (), False),
        ("x*y == 1 or x == y", "x^2 == 1 and y == x", (), False),
        ("x*y == 1 and x == z", "x*z == 1 and x == y", (), False),
        ("x*y == 1 and x == z", "x*z == 1 and x == y", ("y == z",), True),
    ],
)
def test_systems_of_equations_with_one_ideal(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    assert (by_equal_ideals(problem(a, b, *facts, names=PLAIN)) is not None) == proved


def test_systems_with_a_condition_have_no_ideal() -> None:
    stated = problem("x*y == 1 and x == y", "x^2 == 1 and y == x", names=PLAIN)
    assert by_equal_ideals(replace(stated, defined_b=value("z > 0", PLAIN))) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [("x^3001 == 1", "x == 1"), ("(x^300 - 1)/(x^300 - 1)", "1"), ("abs(y)", "y")],
)
def test_polynomials_too_large_to_factor_are_no_fault(a: str, b: str) -> None:
    assert compare(a, b, given=["y: real", "y^301 == y^2 + 1"]).verdict.verdict != "different"


INDICES = scope(
    i=Kind(domain=Domain(integer=True), index=True),
    j=Kind(domain=Domain(integer=True), index=True),
    k=Kind(domain=Domain(integer=True), index=True),
    m=SIZE,
    x=Kind(),
)


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("delta(floor(i/m), floor(j/m))*delta(i - m*floor(i/m), j - m*floor(j/m))", "delta(i, j)", True),
        ("delta(floor(i/m), floor(j/m))*delta(i - m*floor(i/m), k - m*floor(k/m))", "delta(i, j)", False),
        (
            "delta(floor(i/m), floor(j/m)) + delta(i - m*floor(i/m), j - m*floor(j/m))",
            "1 + delta(i, j)",
            False,
        ),
        ("delta(i, j)*delta(j, k)*x", "delta(i, k)*x", False),
        ("delta(i + m, j + m)*delta(floor(i/m), k)", "delta(i, j)*delta(floor(j/m), k)", True),
        ("delta(i + m, j - m)*delta(floor(i/m), k)", "delta(i, j)*delta(floor(j/m), k)", False),
        ("delta(i, 0)*delta(floor(i/(m*k)), j)", "delta(i, 0)*delta(0, j)", False),  # k may be 0
        ("delta(i, j)*delta(floor(x), i)", "delta(i, j)*delta(floor(x), j)", True),
        ("delta(floor(m/i), floor(m/j))*delta(i - floor(m/i), j - floor(m/j))", "delta(i, j)", False),
    ],
)
def test_deltas_beside_each_other(a: str, b: str, proved: bool) -> None:
    found = by_deltas_in_products(problem(a, b, names=INDICES), prove_problem)
    assert (found is not None) == proved


SQUARE = scope(n=SIZE, A=Kind(shape=(Variable("n", SIZE), Variable("n", SIZE))), y=Kind())


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        ("all(all(A[i,j] == -A[j,i] for j in range(n)) for i in range(n))", True),
        ("all(all(2*A[i,j] + 2*A[j,i] == 0 for j in range(n)) for i in range(n))", True),
        ("all(all(A[i,j] + 2*A[j,i] == 0 for j in range(n)) for i in range(n))", False),
        ("all(all(y*A[i,j] + y*A[j,i] == 0 for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j]^2 == A[j,i]^2 for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] + A[j,i] == 1 for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] + A[j,i] != 0 for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] + A[j,i] == 0 for j in range(i,n)) for i in range(n))", False),
        ("all(all(A[i,j] + A[j,i] == 0 for j in range(n-1)) for i in range(n))", False),
        ("all(all(A[i,j] + A[j,i] == 0 or y == 1 for j in range(n)) for i in range(n))", False),
    ],
)
def test_arrays_given_as_themselves_turned(fact: str, shown: bool) -> None:
    asked = problem("sum(A[i,i], (i,0,n-1))", "0", fact, names=SQUARE)
    found = by_given_turns(asked, lambda restated: prove_problem(normalised(restated)))
    assert (found is not None) == shown


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("x*(1 + y^2) == 0", "x == 0", (), True),
        ("x*(1 - y^2) == 0", "x == 0", (), False),
        ("x*(1 - y^2) == 0", "x == 0", ("y != 1",), False),
        ("x*(1 - y) == 0", "x == 0", ("y != 1",), True),
        ("x*y^2 == 0", "x == 0", ("y >= 0",), False),
        ("x*y^2 == 0", "x == 0", ("y > 0",), True),
        ("x/y == 0", "x == 0", (), False),
        ("tan(x) == 0", "sin(x) == 0", (), False),
        ("tan(x) == 0", "sin(x) == 0", ("cos(x) != 0",), True),
        ("tan(x) == y", "sin(x) == 0", ("cos(x) != 0",), False),
        ("sin(x)*tan(x/2) == 0", "sin(x) == 0", (), False),  # sin x/(1 + cos x) has a pole at pi
        ("x*y == 0 or y == 1", "x*(y - 1) == 0", (), False),
    ],
)
def test_equations_up_to_what_is_never_zero(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_proportion(problem(a, b, *facts), lambda gaps: prove_problem(gaps, "everywhere"))
    assert (found is not None) == proved


N, M = Variable("n", SIZE), Variable("m", SIZE)
ARRAYS = scope(
    n=SIZE,
    m=SIZE,
    A=Kind(shape=(N, N)),
    B=Kind(shape=(N, N)),
    C=Kind(shape=(N, M)),
    D=Kind(shape=(M, N)),
    x=Kind(shape=(N,)),
    y=Kind(shape=(N,)),
    z=Kind(shape=(N,), zero_outside=True),
    v=Kind(shape=(M,)),
)


def in_index_form(restated: Problem) -> Proof | None:
    return prove_problem(normalised(restated), POLICY)


@pytest.mark.parametrize(
    ("statement", "turns"),
    [
        ("all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))", True),
        ("all(all(delta(j,i) == sum(A[i,k]*B[k,j], (k,0,n-1)) for j in range(n)) for i in range(n))", True),
        ("all(all(sum(C[i,k]*D[k,j], (k,0,m-1)) == delta(i,j) for j in range(n)) for i in range(n))", False),
        ("all(all(sum(A[i,k]*B[k,j], (k,0,n-2)) == delta(i,j) for j in range(n)) for i in range(n))", False),
        ("all(all(sum(A[i,k]*B[k,j], (k,1,n-1)) == delta(i,j) for j in range(n)) for i in range(n))", False),
        (
            "all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(1,n)) for i in range(n))",
            False,
        ),
        (
            "all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n-1))",
            False,
        ),
        ("all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,0) for j in range(n)) for i in range(n))", False),
        ("all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == A[i,j] for j in range(n)) for i in range(n))", False),
        ("all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == abs(i-j) for j in range(n)) for i in range(n))", False),
        (
            "all(all(sum(A[i,k] + B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))",
            False,
        ),
        ("all(all(prod(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))", False),
        (
            "all(all(sum(A[i,k]*B[i,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))",
            False,
        ),
        ("all(all(sum(A[i,k]*A[i,k], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))", False),
        (
            "all(all(sum(A[i,k]*B[k,j] for k in range(n) if k > 1) == delta(i,j) for j in range(n))"
            " for i in range(n))",
            False,
        ),
        (
            "all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n) if j > 1)"
            " for i in range(n))",
            False,
        ),
    ],
)
def test_only_products_of_square_matrices_that_are_the_identity_turn(statement: str, turns: bool) -> None:
    assert (turned(value(statement, ARRAYS)) is not None) == turns


def test_a_turned_product_needs_a_proof() -> None:
    identity = "all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == delta(i,j) for j in range(n)) for i in range(n))"
    asked = problem("A[0,0]", "B[0,0]", identity, names=ARRAYS)
    assert by_turned_inverses(asked, lambda _: None) is None
    assert by_turned_inverses(problem("A[0,0]", "B[0,0]", names=ARRAYS), lambda _: Proof("anything")) is None


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        ("x[0]*y[0]", "y[0]", "all(x[i] == 1 for i in range(n))", True),
        ("x[0]*y[0]", "1", "all(x[i] == 1 for i in range(n))", False),
        ("x[n-1]*y[0]", "y[0]", "all(x[i] == 1 for i in range(n-1))", False),
        ("x[0]*y[0]", "y[0]", "all(x[i] == 1 for i in range(1, n))", False),
        ("x[0]*y[0]", "y[0]", "all(x[i] >= 1 for i in range(n))", False),
        ("x[0]*y[0]", "y[0]", "all(x[i] == 1 or y[i] == 1 for i in range(n))", False),
        ("z[n]", "1", "all(z[i] == 1 for i in range(n))", False),  # reads 0
        ("x[0]", "x[0]^2", "all(x[i] == x[i]^3 for i in range(n))", False),
        ("A[0,1]", "0", "all(A[i,i] == 0 for i in range(n))", False),
        ("A[0,1]", "B[1,0]", "all(all(A[i,j] == B[j,i] for j in range(n)) for i in range(n))", True),
        ("A[0,1]", "B[0,1]", "all(all(A[i,j] == B[j,i] for j in range(n)) for i in range(n))", False),
    ],
)
def test_arrays_given_entry_by_entry(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_given_arrays(problem(a, b, fact, names=ARRAYS), in_index_form)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("fact", "symmetric"),
    [
        ("all(all(A[i,j] == A[j,i] for j in range(n)) for i in range(n))", True),
        ("all(all(A[i,j] == B[j,i] for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] == A[i,j] for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] == A[i,i] for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] <= A[j,i] for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] != A[j,i] for j in range(n)) for i in range(n))", False),
        ("all(all(A[i,j] == A[j,i] for j in range(n-1)) for i in range(n))", False),
        ("all(all(A[i,j] == A[j,i] or x[i] == 0 for j in range(n)) for i in range(n))", False),
    ],
)
def test_matrices_given_as_symmetric(fact: str, symmetric: bool) -> None:
    declared = with_given_kinds(problem("A[0,1]", "A[1,0]", fact, names=ARRAYS))
    assert any(name.kind.symmetric for name in free_variables(declared.a)) == symmetric


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        (
            "sum(A[1,k]*x[k], (k,0,n-1))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            True,
        ),
        (
            "sum(A[1,k]*x[k], (k,0,n-1))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,1,n-1)) == y[i] for i in range(n))",
            False,
        ),
        (
            "sum(A[1,k]*x[k], (k,1,n-1))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            False,
        ),
        (
            "sum(A[1,k]*x[k], (k,0,n-2))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            False,
        ),
        (
            "sum(A[k,1]*x[k], (k,0,n-1))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            False,
        ),
        (
            "sum(A[1,k]*x[k]^2, (k,0,n-1))",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            False,
        ),
        (
            "sum(A[1,k]*x[k] for k in range(n) if k != 2)",
            "y[1]",
            "all(sum(A[i,k]*x[k], (k,0,n-1)) == y[i] for i in range(n))",
            False,
        ),
    ],
)
def test_products_that_are_given(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_given_products(problem(a, b, fact, names=ARRAYS), in_index_form)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("axis", "proved"),
    [("n", True), ("m", False)],
)
def test_what_is_given_of_a_product_has_to_be_given_of_all_rows(axis: str, proved: bool) -> None:
    fact = f"all(sum(C[i,k]*v[k], (k,0,m-1)) == 1 for i in range({axis}))"
    asked = problem("sum(C[n-1,k]*v[k], (k,0,m-1))", "1", fact, names=ARRAYS)
    assert (by_given_products(asked, in_index_form) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", True),
        ("min(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] >= x[i+1] for i in range(n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i+1] <= x[i] for i in range(n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+2] for i in range(n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= y[i+1] for i in range(n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-2))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(1, n-1))", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1) if i > 1)", False),
        ("max(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] == x[i+1]^2 for i in range(n-1))", False),
        ("max(x[i]^2, (i,0,n-1))", "x[n-1]^2", "all(x[i] <= x[i+1] for i in range(n-1))", False),
        ("max(x[n-1-i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),  # open
        ("max(y[i], (i,0,n-1))", "y[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),
        ("max(x[i], (i,0,m))", "x[m]", "all(x[i] <= x[i+1] for i in range(n-1))", False),  # beyond the end
        ("max(x[i], (i,m,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),  # empty
        ("sum(x[i], (i,0,n-1))", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),
        ("max(z[i], (i,0,n-1))", "z[n-1]", "all(z[i] <= z[i+1] for i in range(n-1))", False),
        ("max(x[i] for i in range(n) if i != 1)", "x[n-1]", "all(x[i] <= x[i+1] for i in range(n-1))", False),
    ],
)
def test_ends_of_arrays_in_order(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_sorted_arrays(problem(a, b, fact, names=ARRAYS), in_index_form)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("z", "(c - b)/a", ("a*z + b == c", "a > 0"), True),
        ("z", "(c - b)/a", ("a*z + b == c", "a < 0"), True),
        ("z", "log(c)", ("exp(z) == c",), True),
        ("z", "log(c)", ("exp(z) <= c",), False),
        ("z", "log(c)", ("exp(z) == c or z == 1",), False),
        ("z", "c", ("z^2 == c^2", "z > 0", "c > 0"), True),
        ("z", "-c", ("z^2 == c^2", "z < 0", "c > 0"), True),
        ("z", "c", ("z^2 == c^2", "c > 0"), False),
        ("z", "-c", ("z^3 == c^2", "z < 0", "c > 0"), False),
        ("z", "-c", ("z^2 == c^2", "c > 0"), False),
        ("z", "-sqrt(c)", ("z^2 == c",), False),
        ("z", "-c^(1/3)", ("z^3 == c",), False),
        ("z", "log(2)", ("3*exp(z) == 6",), True),
        ("z", "log(2)", ("3*exp(z) == 6 + z",), False),
        ("z", "log(2)", ("3*exp(z) == -6",), False),
        ("z", "x", ("sin(z) == sin(x)",), False),
    ],
)
def test_facts_that_are_solved(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_solved_facts(problem(a, b, *facts, names=PLAIN), prove_problem)
    assert (found is not None) == proved


ALL = "for j in range(n)) for i in range(n))"
COMMUTE = f"all(all(sum(A[i,k]*B[k,j], (k,0,n-1)) == sum(B[i,k]*A[k,j], (k,0,n-1)) {ALL}"
ORTHOGONAL = f"all(all(sum(A[k,i]*A[k,j], (k,0,n-1)) == delta(i,j) {ALL}"
AGREE = "all(sum(A[i,k]*x[k], (k,0,n-1)) == sum(B[i,k]*x[k], (k,0,n-1)) for i in range(n))"
TURNED = "all(sum(A[i,k]*x[k], (k,0,n-1)) == sum(B[k,i]*x[k], (k,0,n-1)) for i in range(n))"
FORM = "sum(sum({0}[{1}]*{2}[i]*{3}[j], (j,0,n-1)), (i,0,n-1))"


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        ("sum(A[0,k]*B[k,1], (k,0,n-1))", "sum(B[0,k]*A[k,1], (k,0,n-1))", COMMUTE, True),
        ("sum(A[0,k]*B[k,1], (k,0,n-1))", "sum(B[1,k]*A[k,0], (k,0,n-1))", COMMUTE, False),
        ("sum(A[0,k]*B[k,1], (k,0,n-2))", "sum(B[0,k]*A[k,1], (k,0,n-2))", COMMUTE, False),
        ("sum(A[0,k]*B[k,1], (k,1,n-1))", "sum(B[0,k]*A[k,1], (k,1,n-1))", COMMUTE, False),
        ("sum(A[0,k]*B[k,1]*x[k], (k,0,n-1))", "sum(B[0,k]*A[k,1]*x[k], (k,0,n-1))", COMMUTE, False),
        (FORM.format("A", "i,j", "y", "x"), FORM.format("B", "i,j", "y", "x"), AGREE, True),
        (FORM.format("A", "i,j", "y", "x"), FORM.format("B", "j,i", "y", "x"), TURNED, True),
        (FORM.format("A", "i,j", "x", "y"), FORM.format("B", "i,j", "x", "y"), AGREE, False),
        (FORM.format("A", "i,j", "y", "x"), FORM.format("B", "i,j", "y", "x"), TURNED, False),
        (f"3*{FORM.format('A', 'i,j', 'y', 'x')}^2", f"3*{FORM.format('B', 'i,j', 'y', 'x')}^2", AGREE, True),
        (f"3*{FORM.format('A', 'i,j', 'y', 'x')}^2", FORM.format("B", "i,j", "y", "x"), AGREE, False),
        ("sum(sum(A[k,m]*A[k,j], (k,0,n-1)), (j,0,n-1))", "1", ORTHOGONAL, True),
        ("sum(sum(A[k,0]*A[k,j]*x[j], (k,0,n-1)), (j,0,n-1))", "x[0]", ORTHOGONAL, True),
        ("sum(sum(A[k,0]*A[k,j]*x[j], (k,0,n-1)), (j,0,n-2))", "x[0]", ORTHOGONAL, False),
        ("sum(sum(A[k,0]*A[k,j]*x[j], (k,0,n-1)), (j,0,n-1))", "x[1]", ORTHOGONAL, False),
        ("sum(A[0,k]*B[k,1], (k,0,n-1)) + oo", "sum(B[0,k]*A[k,1], (k,0,n-1)) + oo", COMMUTE, False),
        (
            "delta(m,n)*sum(A[0,k]*B[k,1], (k,0,n-1))",
            "delta(m,n)*sum(B[0,k]*A[k,1], (k,0,n-1))",
            COMMUTE,
            False,
        ),
        ("sum(z[k]*x[k], (k,0,n-1))", "1", "all(sum(z[i+k], (k,0,n-1)) == 1 for i in range(n))", False),
        # what is no contraction cancels nothing
        (
            f"{FORM.format('A', 'i,j', 'y', 'x')} + sum(exp(x[k]), (k,0,n-1))",
            f"{FORM.format('B', 'i,j', 'y', 'x')} + sum(sin(x[k]), (k,0,n-1))",
            AGREE,
            False,
        ),
        (FORM.format("A", "i,n-1-j", "y", "x"), FORM.format("B", "i,n-1-j", "y", "x"), AGREE, False),
        (
            "sum(sum(A[i,j]*y[i]*x[j], (j,0,i)), (i,0,n-1))",
            "sum(sum(B[i,j]*y[i]*x[j], (j,0,i)), (i,0,n-1))",
            AGREE,
            False,
        ),
        ("z[n]", "0", "all(z[i] == 0 for i in range(n))", False),
        ("z[n]*sum(x)", "0", "all(z[i]*sum(x) == 0 for i in range(n))", False),
    ],
)
def test_equations_between_products(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_given_relations(problem(a, b, fact, names=ARRAYS), in_index_form)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("rows", "columns", "proved"), [("n", "n", True), ("m", "n", False), ("n", "m", False)]
)
def test_a_delta_is_used_up_where_its_indices_run_to_one_end(rows: str, columns: str, proved: bool) -> None:
    product = "sum(A[k,i]*C[k,j], (k,0,n-1))"
    fact = f"all(all({product} == delta(i,j) for j in range({columns})) for i in range({rows}))"
    size = {"n": N, "m": M}
    names = scope(
        n=SIZE,
        m=SIZE,
        A=Kind(shape=(N, size[rows])),
        C=Kind(shape=(N, size[columns])),
        w=Kind(shape=(size[columns],)),
    )
    asked = problem(f"sum(sum(A[k,0]*C[k,j]*w[j], (k,0,n-1)), (j,0,{columns}-1))", "w[0]", fact, names=names)
    assert (by_given_relations(asked, in_index_form) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        ("abs(x[0]-y[0])", "y[0]-x[0]", "all(x[i] <= y[i] for i in range(n))", True),
        ("abs(x[0]-y[1])", "y[1]-x[0]", "all(x[i] <= y[i] for i in range(n))", False),
        ("abs(x[0]-y[0])", "y[0]-x[0]", "all(x[i] <= y[i] for i in range(n-1))", False),
        ("abs(x[n-1]-y[n-1])", "y[n-1]-x[n-1]", "all(x[i] <= y[i] for i in range(n-1))", False),
        ("abs(x[0]-y[0])", "y[0]-x[0]", "all(x[i] <= y[i] for i in range(1, n))", False),
        ("abs(x[0]-y[0])", "y[0]-x[0]", "all(x[i] <= y[i] for i in range(n) if i > 0)", False),
        (
            "abs(z[0]-y[0])",
            "y[0]-z[0]",
            "all(z[i] <= 0 and 0 <= y[i] for i in range(n))",
            True,
        ),  # said of y[0]
        ("abs(z[0]-1)", "1-z[0]", "all(z[i] <= 0 for i in range(n))", False),  # no array of n entries
        (
            "abs(x[m]-1)*(5-m) if m < n else 0",
            "0 if m >= n else (1-x[m])*(5-m)",
            "all(x[i] <= 1 for i in range(n))",
            False,
        ),
        ("abs(A[0,1]-1)", "1-A[0,1]", "all(all(A[i,j] <= 1 for j in range(n)) for i in range(n))", True),
        ("abs(A[0,1]-1)", "1-A[0,1]", "all(A[i,i] <= 1 for i in range(n))", False),
        ("abs(A[1,1]-1)", "1-A[1,1]", "all(A[i,i] <= 1 for i in range(n))", True),
    ],
)
def test_what_is_given_of_an_entry(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_instances_of_facts(problem(a, b, fact, names=ARRAYS), in_index_form)
    assert (found is not None) == proved
