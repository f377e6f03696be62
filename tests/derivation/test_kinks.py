"""Given numbers on a kink: entries are left undefined, and the subgradients are said; never [½, ½]."""

from __future__ import annotations

import pytest

from symderiv.api import compare
from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.steps import Derivation
from symderiv.equality.verdict import Equal
from symderiv.expression.printing.text import to_text
from symderiv.language import read


def derived(expression: str, wrt: str, *given: str) -> Derivation:
    known = read_given(given)
    return derive(read(expression, known.scope), known.scope.names[wrt], known.facts)


@pytest.mark.parametrize(
    ("expression", "wrt", "given", "shown", "said"),
    [
        ("max_pool2d(X, 2)", "X", ("X: matrix(2,2) = [[3,1],[1,3]]",),
         "[[undefined, 0, 0, undefined]]", "sum 1"),
        ("max_pool1d(x, 3)", "x", ("x: vector(3) = [2,2,2]",),
         "[[undefined, undefined, undefined]]", "sum 1"),
        ("relu(x)", "x", ("x: real = 0",), "undefined", "[0, 1]"),
        ("relu(x)", "x", ("x: vector(2) = [0,-1]",), "[[undefined, 0], [0, 0]]", "[0, 1]"),
        ("hinge(s, t)", "s", ("s: vector(2) = [1,-1]", "t: vector(2) = [1,1]"),
         "[undefined, -1/2]", "t s = 1"),
        ("leaky_relu(x)", "x", ("x: real = 0",), "undefined", "negative_slope"),
    ],
)  # fmt: skip
def test_on_the_kink(expression: str, wrt: str, given: tuple[str, ...], shown: str, said: str) -> None:
    derivation = derived(expression, wrt, *given)
    assert to_text(derivation.result) == shown
    assert said in derivation.steps[-1].reason
    assert derivation.is_proved


def test_a_window_without_a_tie_keeps_its_part_of_the_gradient() -> None:
    given = ("x: vector(4) = [3,1,2,2]", "g: vector(2) = [5,7]")
    derivation = derived("sum(hadamard(g, max_pool1d(x, 2)))", "x", *given)
    assert to_text(derivation.result) == "[5, 0, undefined, undefined]"
    assert derivation.is_proved


def test_off_the_kink_nothing_is_undefined() -> None:
    assert to_text(derived("relu(x)", "x", "x: vector(2) = [1,-1]").result) == "[[1, 0], [0, 0]]"


@pytest.mark.parametrize(
    ("expression", "wrt", "given", "shown"),
    [
        ("x*abs(x)", "x", ("x: real = 0",), "0"),
        ("relu(x) - relu(-x)", "x", ("x: real = 0",), "1"),
        ("V*relu(W*x)", "x",
         ("V: matrix(2,2) = [[0,1],[0,0]]", "W: matrix(2,2) = [[1,-1],[0,1]]", "x: vector(2) = [1,1]"),
         "[[0, 1], [0, 0]]"),
        ("relu(relu(x) - 1)", "x", ("x: real = 0",), "0"),
    ],
)  # fmt: skip
def test_kinks_that_cancel_leave_a_derivative(
    expression: str, wrt: str, given: tuple[str, ...], shown: str
) -> None:
    derivation = derived(expression, wrt, *given)
    assert to_text(derivation.result) == shown
    assert derivation.is_proved
    assert not any(step.verdict.verdict == "different" for step in derivation.steps)


def test_a_large_table_says_its_kinks_as_well() -> None:
    given = "X: matrix(3,3) = [[1,1,2],[0,0,1],[1,1,0]]"
    assert "undefined" in to_text(derived("max_pool2d(X, 2, stride=1)", "X", given).result)


def test_a_symbol_beside_a_kink_leaves_it_there() -> None:
    given = ("X: matrix(3,3) = [[1,1,0],[0,2,2],[0,0,3]]", "G: matrix(2,2)")
    shown = to_text(derived("sum(G ⊙ max_pool2d(X, 2, stride=1))", "X", *given).result)
    assert shown == "[[0, 0, 0], [0, undefined, undefined], [0, 0, G[1, 1]]]"


@pytest.mark.parametrize(
    ("expression", "given", "shown"),
    [
        ("norm(relu(x))", "x: vector(2) = [0,1]", "[0, 1]"),
        ("heaviside(abs(x) - 1)", "x: real = 0", "0"),
        ("x*heaviside(x)*x", "x: real = 0", "0"),
        ("max(sqrt(abs(x)), 1)", "x: real = 0", "0"),
        ("x*sqrt(abs(x))", "x: real = 0", "0"),
        ("abs(x)*(x if x > 0 else -x)", "x: real = 0", "0"),
        ("sqrt(max(x, 0) + 1)*max(x, 0)", "x: real = 0", "undefined"),
        ("sqrt(abs(x))", "x: real = 0", "undefined"),
        ("softsign(x)", "x: real = 0", "1"),
        ("celu(x, alpha=2)", "x: real = 0", "1"),
        ("selu(x)", "x: real = 0", "undefined"),
        ("relu6(x)", "x: vector(3) = [0,3,6]", "[[undefined, 0, 0], [0, 1, 0], [0, 0, undefined]]"),
        ("hardswish(x)", "x: real = 3", "undefined"),
        ("std(relu(x))", "x: vector(3) = [0,0,0]", "[undefined, undefined, undefined]"),
    ],
)  # fmt: skip
def test_what_roots_jumps_and_cases_are_at_given_numbers(expression: str, given: str, shown: str) -> None:
    assert to_text(derived(expression, "x", given).result) == shown


def test_a_derivative_that_exists_is_not_the_same_as_none() -> None:
    flat = compare("diff(x*heaviside(x)*x, x)", "undefined", given=["x: real = 0"])
    assert flat.verdict == "different"
    assert compare("diff(x*heaviside(x)*x, x)", "0", given=["x: real = 0"]).verdict == "equal"
    assert compare("diff(sqrt(abs(x)), x)", "undefined", given=["x: real = 0"]).verdict == "equal"


def test_a_root_that_does_not_read_an_entry_has_the_derivative_0_by_it() -> None:
    """Of one row, deviations along it are 0 everywhere: entries of other columns send 0, not 0 · 1/0."""
    entry = "(X[j, k] - mean(X, axis=0)[i])/(n*std(X, axis=0)[i])"
    form = f"[[[0 if i != k else {entry} for k in range(0, m)] for j in range(0, n)] for i in range(0, m)]"
    given = ["X: matrix(n, m)"]
    verdict = compare(f"reshape({form}, m, n*m)", "jacobian(std(X, axis=0), X)", given=given)
    assert verdict.verdict != "different"


def test_a_sum_of_powers_of_entries_is_zero_at_a_point_alone() -> None:
    assert "==" not in to_text(
        derived("sum([abs(x[i])^3 for i in range(0, n)])^(1/3)", "x", "x: vector(n)").result
    )


def test_a_number_is_not_proved_where_it_is_open_whether_there_is_a_derivative() -> None:
    """A function that is too long for its one-sided derivatives, at a kink: no line holds there."""
    inside = "elu(elu(max(min(x, -1), -2), alpha=1), alpha=1) + 3"
    derivation = derived(f"norm({inside})", "x", "x: vector(2) = [-2, 0]")
    assert not derivation.is_proved or "undefined" in to_text(derivation.result)


@pytest.mark.parametrize(
    ("expression", "given"),
    [
        ("max_pool1d(concat(x, x, axis=0), 6)", "x: vector(3)"),
        ("norm(concat(x, x, axis=0), oo)", "x: vector(3)"),
        ("max_pool1d(flatten(kron(x, [[1],[1]])), 2)", "x: vector(3)"),
    ],
)  # fmt: skip
def test_no_chain_rule_where_a_maximum_is_always_reached_twice(expression: str, given: str) -> None:
    shape = "[0]" if "norm" not in expression else ""
    assert not derived(f"({expression}){shape}", "x", given).is_proved


def test_a_chain_rule_through_a_maximum_says_where_it_holds() -> None:
    derivation = derived("max_pool1d([[1,1],[2,0],[1,1]]*x, 3)[0]", "x", "x: vector(2)")
    assert "where the outer and the inner derivatives exist" in {
        step.verdict.scope for step in derivation.steps if isinstance(step.verdict, Equal)
    }
