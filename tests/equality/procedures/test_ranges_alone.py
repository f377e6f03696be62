"""Ranges, powers and switches in them, by one procedure alone: what it proves, and what it must decline."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from symderiv.equality.cascade.index_form import normalised
from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs
from symderiv.equality.conditions.inside import range_facts
from symderiv.equality.given.throughout import said_along
from symderiv.equality.integers.remainders import finite_values
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import by_conditions
from symderiv.equality.procedures.conditions.monotone_sides import by_monotone_sides
from symderiv.equality.procedures.facts.labels_in_sums import by_labels_in_sums
from symderiv.equality.procedures.integers.multiples import by_multiples
from symderiv.equality.procedures.integers.residues_of_powers import by_residues_of_powers
from symderiv.equality.procedures.integers.thresholds import by_thresholds
from symderiv.equality.procedures.numbers.infinities import by_infinities
from symderiv.equality.procedures.sums.digits_of_ranges import by_digits_of_ranges
from symderiv.equality.procedures.sums.longer_ranges import by_longer_ranges
from symderiv.equality.procedures.sums.short_ranges import by_short_ranges
from symderiv.equality.procedures.sums.signs_in_sums import by_signs_in_sums
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem
from symderiv.equality.restricted.alternatives import alternatives
from symderiv.equality.restricted.exact_points import at_exact_points
from symderiv.equality.verdict import Equal, Undecided, Verdict
from symderiv.expression.build import add
from symderiv.expression.kinds import SIZE, Domain, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Binder, Call, Number, Variable
from tests.equality.procedures.alone import POLICY, REALS, problem, scope, value

WHOLE = Kind(domain=Domain(integer=True))
NATURAL = Kind(domain=Domain(integer=True, lower=Fraction(0)))
N = Variable("n", SIZE)
NAMES = scope(
    n=SIZE,
    m=SIZE,
    k=WHOLE,
    l=WHOLE,
    c=NATURAL,
    p=Kind(domain=Domain(lower=Fraction(0), lower_open=True)),
    r=Kind(),
    u=Kind(),
    x=Kind(shape=(N,)),
    f=Kind(function="any"),
)


def in_index_form(restated: Problem) -> Proof | None:
    return prove_problem(normalised(restated), POLICY)


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("sum(f(floor(i/m)), (i, 0, n*m-1))", "m*sum(f(i), (i, 0, n-1))", True),
        ("sum(f(floor(i/m)), (i, 1, n*m-1))", "m*sum(f(i), (i, 0, n-1))", False),
        ("sum(f(floor(i/m)), (i, 0, n*m))", "m*sum(f(i), (i, 0, n-1))", False),
        ("sum(f(floor(i/k)), (i, 0, n*k-1))", "k*sum(f(i), (i, 0, n-1))", False),  # k may be negative
        ("sum(f(floor(i/r)), (i, 0, n*r-1))", "r*sum(f(i), (i, 0, n-1))", False),
        ("sum(f(floor(i/m)), (i, 0, r*m-1))", "m*sum(f(i), (i, 0, r-1))", False),  # r is no integer
        ("sum(f(floor((i + 1)/m)), (i, 0, n*m-1))", "m*sum(f(i), (i, 0, n-1))", False),
        ("sum(f(floor(i/m))*floor(2*i/m), (i, 0, n*m-1))", "2*m*sum(f(i)*i, (i, 0, n-1))", False),
        ("sum(f(floor(i/m))*floor(2*i/m), (i, 0, n*m-1))", "m*sum(f(i)*i, (i, 0, n-1))", False),
        ("sum(f(floor(i/p)), (i, 0, n*p-1))", "p*sum(f(i), (i, 0, n-1))", False),  # p is no integer
        ("prod(f(floor(i/m)), (i, 0, n*m-1))", "m*sum(f(i), (i, 0, n-1))", False),
        ("sum(f(floor(i/m)) for i in range(n*m) if i > 1)", "m*sum(f(i), (i, 0, n-1))", False),
    ],
)
def test_ranges_taken_digit_by_digit(a: str, b: str, proved: bool) -> None:
    assert (by_digits_of_ranges(problem(a, b, names=NAMES), in_index_form) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("prod(x[i], (i, 0, c))", "prod(x[i], (i, 0, c-1))*x[c]", (), True),
        ("prod(x[i], (i, 0, c-1))", "prod(x[i], (i, 0, c))*x[c]", (), False),
        ("prod(x[i], (i, 0, c-1))", "prod(x[i], (i, 0, c))/x[c]", (), True),
        ("prod(f(i), (i, k, l))", "prod(f(i), (i, k, l-1))*f(l)", (), False),  # it may be empty
        ("prod(f(i), (i, k, l))", "prod(f(i), (i, k, l-1))*f(l)", ("k <= l",), True),
        ("prod(f(i), (i, 0, c+1))", "prod(f(i), (i, 0, c-1))*f(c)", (), False),
        ("prod(f(i), (i, 0, 2*c))", "prod(f(i), (i, 0, c))*f(2*c)", (), False),
        ("prod(f(i) for i in range(c+1) if i != 1)", "prod(f(i), (i, 0, c-1))*f(c)", (), False),
        ("max(f(i), (i, 0, c))", "max(max(f(i), (i, 0, c-1)), f(c))", (), False),
        ("min(f(i), (i, 0, c+1))", "min(min(f(i), (i, 0, c)), f(c+1))", (), True),
        ("min(f(i), (i, 0, c+1))", "min(max(f(i), (i, 0, c)), f(c+1))", (), False),
    ],
)
def test_ranges_of_which_one_is_longer(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    assert (by_longer_ranges(problem(a, b, *facts, names=NAMES), in_index_form) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("floor(10^c/9)", "(10^c - 1)/9", (), True),
        ("floor(10^k/9)", "(10^k - 1)/9", (), False),  # 10^-1 is no integer
        ("floor(10^k/9)", "(10^k - 1)/9", ("k >= 0",), True),
        ("floor(10^k/9)", "(10^k - 1)/9", ("k <= 0",), False),
        ("floor(10^u/9)", "(10^u - 1)/9", ("u >= 0",), False),  # nor is 10^(1/2)
        ("floor(2^c/4)", "2^c/4", (), False),  # 1 and 2 at first
        ("floor(2^c/4)", "2^c/4", ("c >= 1",), False),
        ("floor(2^c/4)", "2^c/4", ("c >= 2",), True),
        ("floor(6^c/9)", "6^c/9", ("c >= 1",), False),
        ("floor(2^c/3)", "(2^c - 1)/3", (), False),
        ("floor((-3)^c/4 + r)", "((-3)^c - 1)/4 + floor(1/4 + r)", (), True),
    ],
)
def test_remainders_of_powers(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_residues_of_powers(problem(a, b, *facts, names=NAMES), prove_problem)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("sum(f(i)*sign(i + 1), (i, 0, n))", "sum(f(i), (i, 0, n))", True),
        ("sum(f(i)*sign(i - 1), (i, 0, n))", "sum(f(i), (i, 0, n))", False),
        ("sum(f(i)*sign(i), (i, 0, n))", "sum(f(i), (i, 0, n))", False),
        ("sum(f(i)*sign(i - n - 1), (i, 0, n))", "-sum(f(i), (i, 0, n))", True),
        ("sum(f(i)*sign(i - n), (i, 0, n))", "-sum(f(i), (i, 0, n))", False),
        ("sum(f(i)*abs(i - n), (i, 0, n))", "sum(f(i)*(n - i), (i, 0, n))", True),
        ("sum(f(i)*abs(i - 1), (i, 0, n))", "sum(f(i)*(i - 1), (i, 0, n))", False),
        ("sum(f(max(i, n, 0)), (i, 0, n))", "sum(f(n), (i, 0, n))", True),
        ("sum(f(max(i, n, m)), (i, 0, n))", "sum(f(n), (i, 0, n))", False),
        ("sum(f(min(i, n, m)), (i, 0, n))", "sum(f(i), (i, 0, n))", False),
        ("sum(f(max(1, -x[i]^2)), (i, 0, n))", "sum(f(1), (i, 0, n))", False),  # there is no x[n]
        ("sum(f(max(1, -x[i]^2)), (i, 0, n-1))", "sum(f(1), (i, 0, n-1))", True),
        ("sum(f(min(i, n + m)), (i, 0, n))", "sum(f(i), (i, 0, n))", True),
        ("sum(f(i)*sign(x[i]^2 + 1), (i, 0, n))", "sum(f(i), (i, 0, n))", False),  # there is no x[n]
        ("sum(f(i)*sign(x[i]^2 + 1), (i, 0, n-1))", "sum(f(i), (i, 0, n-1))", True),
    ],
)
def test_switches_that_a_range_decides(a: str, b: str, proved: bool) -> None:
    assert (by_signs_in_sums(problem(a, b, names=NAMES), in_index_form) is not None) == proved


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        ("all(x[i] > 0 for i in range(n))", True),
        ("all(x[i] > 0 for i in range(n-1))", False),
        ("all(x[i] > 0 for i in range(1, n))", False),
        ("all(x[i] > 0 for i in range(n) if i > 1)", False),
        ("sum(x[i], (i, 0, n-1)) > 0", False),
        ("max(x[i], (i, 0, n-1)) > 0", False),
    ],
)
def test_only_what_is_said_of_all_is_said_along_a_range(fact: str, says: bool) -> None:
    over = value("sum(x[i], (i, 0, n-1))", NAMES)
    assert isinstance(over, Binder)
    assert bool(list(said_along(over, (value(fact, NAMES),)))) == says


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("oo + u", "oo", True),
        ("oo - oo", "oo", False),
        ("oo*(u^2 + 1)", "oo", True),
        ("oo*(-u^2 - 1)", "-oo", True),
        ("oo*u^2", "oo", False),
        ("oo*u*oo", "oo", False),
        ("oo^2", "oo", True),
        ("(-oo)^2", "-oo", False),
        ("(-oo)^3", "oo", False),
        ("(-oo)^(-2)", "0", True),
        ("(-oo)^(-1/2)", "0", False),
        ("oo^(-1)", "0", True),
        ("atan(oo)", "pi/2", True),
        ("atan(-oo)", "pi/2", False),
        ("tanh(-oo)", "1", False),
        ("max(u, -oo)", "u", True),
        ("max(u, oo)", "u", False),
        ("min(u, oo)", "u", True),
        ("log(-oo)", "oo", False),
        ("sin(oo)", "0", False),
    ],
)
def test_arithmetic_of_infinity(a: str, b: str, proved: bool) -> None:
    assert (by_infinities(problem(a, b, names=NAMES), prove_problem) is not None) == proved


def in_cell(known: dict[str, int]) -> Signs:
    """The cell in which these polynomials have these signs, or are 0."""
    found = plain_forms(*(value(each, NAMES) for each in known))
    assert found is not None
    nf, forms = found
    signs: dict[int, Sign] = {}
    for form, sign in zip(forms, known.values(), strict=True):
        leading = form.num.leading_coefficient()
        signs[nf.field.intern(form.num / leading)] = (sign if leading > 0 else -sign, False)
    return Signs(nf.field, signs)


@pytest.mark.parametrize(
    ("known", "allowed"),
    [
        ({"c - 3": -1}, [0, 1, 2, 3]),
        ({"c - 7/2": -1}, [0, 1, 2, 3]),
        ({"2*c - 7": -1, "c - 1": 1}, [1, 2, 3]),
        ({"c - 3": 1}, None),
        ({"k - 3": -1}, None),
        ({"k - 3": -1, "k + 1": 1}, [-1, 0, 1, 2, 3]),
        ({"-k - 1": -1, "k - 3": -1}, [-1, 0, 1, 2, 3]),
        ({"u - 3": -1, "u": 1}, None),
    ],
)
def test_the_few_integers_of_a_cell(known: dict[str, int], allowed: list[int] | None) -> None:
    found = plain_forms(*(value(each, NAMES) for each in known))
    assert found is not None
    nf, forms = found
    signs: dict[int, Sign] = {}
    for form, sign in zip(forms, known.values(), strict=True):
        leading = form.num.leading_coefficient()
        signs[nf.field.intern(form.num / leading)] = (sign if leading > 0 else -sign, False)
    solutions = finite_values(Signs(nf.field, signs))
    if allowed is None:
        assert solutions is None
    else:
        assert solutions is not None
        assert {Number(each) for each in allowed} <= {each.value for each in solutions}


@pytest.mark.parametrize(
    ("known", "lines"),
    [
        ({"k - l - 2": -1, "k - l": 1}, 3),
        ({"l - k - 1": -1, "k - l - 2": -1}, 4),
        ({"2*k - 2*l - 3": -1, "k - l": 1}, 2),
        ({"k - l - 2": -1}, None),
        ({"k - l - 2": 1, "k - l": 1}, None),
        ({"k - u - 2": -1, "k - u": 1}, None),
    ],
)
def test_the_few_differences_of_two_integers(known: dict[str, int], lines: int | None) -> None:
    solutions = finite_values(in_cell(known))
    assert (None if solutions is None else len(solutions)) == lines


@pytest.mark.parametrize(
    ("fact", "cases"),
    [
        ("u*r == 0", 2),
        ("u == 0 or r > 1", 2),
        ("u^2 == 1", 2),
        ("u*r <= 0", 0),
        ("u*r != 0", 0),
        ("u/r == 1", 0),
    ],
)
def test_what_leaves_a_choice(fact: str, cases: int) -> None:
    assert len(alternatives(problem("u", "r", fact, names=NAMES))) == cases


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        ("x^2 == 2 and x > 0", "x^2 == 2", True),
        ("x^2 == 2 and not x > 0", "x^2 == 2", True),
        ("x^2 == 2 and not x > 2", "x^2 == 2", False),
        ("not (x^2 == 2 and x > 0)", "x^2 != 2", True),
        ("not (x^2 == 2 and x > 2)", "x == x", False),
        ("sin(x) == 0 and x > 3", "cos(x) == -1 and x > 3", True),
        ("x^2 == 2 and (x > 2 or x < -2)", "x^2 == -2", False),
        ("x^2 == 2 and (x > 1 or x < -2)", "x^2 == -2", True),
    ],
)
def test_conditions_at_exact_points(a: str, b: str, differs: bool) -> None:
    def decided(asked: Problem) -> Verdict:
        proof = prove_problem(asked)
        return Undecided(("a proof",)) if proof is None else Equal(proof.by)

    found = at_exact_points(problem(a, b, names=REALS), decided)
    assert (found is not None) == differs


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("exp(u) < 2", "u < log(2)", True),
        ("exp(u) < 2", "u > log(2)", False),
        ("-exp(u) < 2", "u < log(2)", False),
        ("r*exp(u) < 2", "u < log(2/r)", False),
        ("sqrt(u^2 + 1) < 2", "u^2 < 3", True),
        ("sqrt(u^2 + 1) < r", "u^2 + 1 < r^2", False),  # r may be negative
        ("sqrt(u^2 + 1) < sqrt(r^2 + 1)", "u^2 < r^2", True),
    ],
)
def test_sides_by_functions_that_increase(a: str, b: str, proved: bool) -> None:
    found = by_monotone_sides(
        problem(a, b, names=NAMES), lambda it: by_conditions(it, "everywhere") or prove_problem(it)
    )
    assert (found is not None) == proved


LABELLED = scope(n=SIZE, t=Kind(shape=(N,)), p=Kind(shape=(N,)), f=Kind(function="any"), u=Kind())
LABELS = "all(t[i] == 0 or t[i] == 1 for i in range(n))"


@pytest.mark.parametrize(
    ("a", "b", "fact", "proved"),
    [
        ("sum(exp(t[i]*u), (i, 0, n-1))", "sum(1 + (exp(u) - 1)*t[i], (i, 0, n-1))", LABELS, True),
        ("sum(exp(t[i]*u), (i, 0, n-1))", "sum(1 + (exp(u) + 1)*t[i], (i, 0, n-1))", LABELS, False),
        ("sum(exp(t[i]*u), (i, 0, n-2))", "sum(1 + (exp(u) - 1)*t[i], (i, 0, n-2))", LABELS, False),
        ("sum(exp(t[i]*u), (i, 1, n-1))", "sum(1 + (exp(u) - 1)*t[i], (i, 1, n-1))", LABELS, False),
        ("sum(exp(p[i]*u), (i, 0, n-1))", "sum(1 + (exp(u) - 1)*p[i], (i, 0, n-1))", LABELS, False),
        ("sum(log(u^t[i]), (i, 0, n-1))", "sum(t[i]*log(u), (i, 0, n-1))", LABELS, False),  # u may be 0
        ("sum(log(exp(u)^t[i]), (i, 0, n-1))", "sum(t[i]*u, (i, 0, n-1))", LABELS, True),
        ("sum(t[i]/t[i], (i, 0, n-1))", "sum(1, (i, 0, n-1))", LABELS, False),
        (
            "sum(exp(u*t[i])/(1 + t[i])^2, (i, 0, n-1))",
            "sum(1 + (exp(u)/4 - 1)*t[i], (i, 0, n-1))",
            LABELS,
            True,
        ),
        (
            "sum(exp(u*t[i])*u^(-2), (i, 0, n-1))",
            "sum(u^(-2)*(1 + (exp(u) - 1)*t[i]), (i, 0, n-1))",
            LABELS,
            False,
        ),
        ("sum(t[i]*sum(exp(t[i]), (i, 0, n-1)), (i, 0, n-1))", "n*e*sum(t[i], (i, 0, n-1))", LABELS, False),
        ("sum(f(t[i]), (i, 0, n-1))", "sum(f(0) + t[i]*(f(1) - f(0)), (i, 0, n-1))", LABELS, False),  # open
        (
            "sum(exp(t[i]*u), (i, 0, n-1))",
            "sum(1 + (exp(u) - 1)*t[i], (i, 0, n-1))",
            "all(t[i] == 0 or p[i] == 1 for i in range(n))",
            False,
        ),
        (
            "sum(exp(t[i]*u), (i, 0, n-1))",
            "sum(1 + (exp(u) - 1)*t[i], (i, 0, n-1))",
            "all(t[i] == 0 or t[i] == 1 or t[i] == 2 for i in range(n))",
            False,
        ),
        (
            "sum(exp(t[i]*u), (i, 0, n-1))",
            "sum(1 + (exp(u) - 1)*t[i], (i, 0, n-1))",
            "all(t[i] == 0 or t[i] >= 1 for i in range(n))",
            False,
        ),
    ],
)
def test_labels_inside_of_sums(a: str, b: str, fact: str, proved: bool) -> None:
    found = by_labels_in_sums(problem(a, b, fact, names=LABELLED), in_index_form)
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("condition", "left_open"),
    [
        ("all(0 < 1 + t[i] for i in range(n))", False),
        ("all(0 < 2 - t[i] for i in range(n))", False),
        ("all(0 < t[i] for i in range(n))", True),
        ("all(0 < 1 - t[i] for i in range(n))", True),
        ("all(0 < 1 + t[i] + p[i] for i in range(n))", True),
        ("0 < 1 + t[0]", True),
    ],
)
def test_where_a_side_exists_is_known_for_both_labels(condition: str, left_open: bool) -> None:
    given = problem("sum(exp(t[i]*u), (i, 0, n-1))", "0", LABELS, names=LABELLED)
    asked: list[Problem] = []
    by_labels_in_sums(replace(given, defined_a=value(condition, LABELLED)), asked.append)
    assert (asked[0].defined_a != TRUE) == left_open


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("sum(f(i), (i, k, k+1))", "f(k) + f(k+1)"),
        ("sum(f(i), (i, k, l))", None),
        ("sum(f(i), (i, u, u+1))", None),  # u is no integer
        ("sum(f(i), (i, k, k-1))", "0"),
        ("prod(f(i), (i, k, k-3))", "1"),
        ("prod(f(i), (i, k, k))", "f(k)"),
        ("prod(f(i), (i, k, l))", None),
    ],
)
def test_short_ranges_written_out(text: str, written: str | None) -> None:
    asked = problem(text, written or text, names=NAMES)
    assert (by_short_ranges(asked, in_index_form) is not None) == (written is not None)


def test_a_range_from_a_name_spelt_like_its_own_stays() -> None:
    i, f = Variable("i", WHOLE), Variable("f", Kind(function="any"))
    other = Variable("i", Kind(domain=Domain(integer=True), index=True))
    for start in (i, other):
        sums = Binder("sum", Call(f, (other,)), other, start, add(start, Number(1)))
        assert by_short_ranges(Problem(sums, sums), lambda _: Proof("anything")) is None
        assert all(other not in free_variables(fact) for fact in range_facts(sums))


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("2^c > 3", "c >= 2", (), True),
        ("2^k > 3", "k >= 2", ("k >= -5",), True),
        ("2^k > 3", "k >= 2", (), False),  # no least k
        ("2^r > 3", "r >= 2", ("r >= 0",), False),  # r is no integer
        ("2^c - 3*c > 1", "c >= 4", (), False),  # which falls first
        ("(c - 3)^2 > 3", "c >= 5", (), False),
        ("(-2)^c > 3", "c >= 2", (), False),
        ("gamma(c) >= 2", "c >= 3", (), False),  # a pole at c = 0
        ("gamma(n) >= 2", "n >= 3", (), True),
        ("gamma(n/2) >= 2", "n >= 6", (), False),  # which falls first
        ("1/(c + 1) < 1/4", "c >= 4", (), True),
        ("1/(c - 1) < 1/4", "c >= 6", (), False),
        ("-2^c*(c + 1) < -10", "c >= 2", (), True),
        ("3*2^c > 10", "c >= 2", (), True),
        ("-3*2^c > -10", "c <= 1", (), True),
        ("-3*2^c > -10", "c <= 2", (), False),
        ("(3/2)^c > 3", "c >= 3", (), True),
        ("(2/3)^c > 1/2", "c <= 1", (), True),
        ("exp(c)*exp(1) >= exp(3)", "c >= 3", (), False),  # at c = 2 a ball can't tell
        ("2^c > u", "c >= 2", (), False),
        ("log(c) > 1", "c >= 3", (), False),
        ("2^c == 8", "c == 3", (), True),
        ("2^c > 3 or u > 0", "c >= 2 or u > 0", (), True),
        ("all(2^k > 3 for k in range(n))", "all(k >= 2 for k in range(n))", ("k >= 0",), False),
    ],
)
def test_thresholds_of_what_rises(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    asked = problem(a, b, *facts, names=NAMES)
    assert (by_thresholds(asked, lambda plain: by_conditions(plain, POLICY)) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("sum(f(i) for i in range(n) if i % m == 0)", "sum(f(m*q), (q, 0, floor((n-1)/m)))", (), True),
        ("sum(f(i) for i in range(n) if i % m == 0)", "sum(f(m*q), (q, 0, floor(n/m)))", (), False),
        ("sum(f(i) for i in range(n) if i % m == 0)", "sum(f(m*q), (q, 1, floor((n-1)/m)))", (), False),
        ("sum(f(i) for i in range(n) if i % m == c)", "sum(f(m*q + c), (q, 0, floor((n-1-c)/m)))", (), False),
        (
            "sum(f(i) for i in range(n) if i % m == c)",
            "sum(f(m*q + c), (q, -floor(c/m), floor((n-1-c)/m)))",
            ("c < m",),
            True,
        ),
        ("sum(f(i) for i in range(n) if i % k == 0)", "sum(f(k*q), (q, 0, floor((n-1)/k)))", (), False),
        (
            "sum(f(i) for i in range(n) if i % k == 0)",
            "sum(f(k*q), (q, 0, floor((n-1)/k)))",
            ("k >= 1",),
            True,
        ),
        ("sum(f(i) for i in range(n) if i % p == 0)", "sum(f(p*q), (q, 0, floor((n-1)/p)))", (), False),
        (
            "sum(f(i) for i in range(n) if i % m == 1/2)",
            "sum(f(m*q + 1/2), (q, -floor(1/(2*m)), floor((n - 3/2)/m)))",
            (),
            False,
        ),
        ("sum(f(i) for i in range(n) if i % m != 0)", "sum(f(m*q), (q, 0, floor((n-1)/m)))", (), False),
        ("sum(f(i) for i in range(n) if 2*i % m == 0)", "sum(f(m*q), (q, 0, floor((n-1)/m)))", (), False),
        ("sum(f(i) for i in range(n) if (i+1) % m == 0)", "sum(f(m*q), (q, 0, floor((n-1)/m)))", (), False),
    ],
)
def test_sums_over_the_numbers_with_one_remainder(
    a: str, b: str, facts: tuple[str, ...], proved: bool
) -> None:
    asked = problem(a, b, *facts, names=NAMES)
    assert (by_multiples(asked, in_index_form) is not None) == proved
