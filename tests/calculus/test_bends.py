"""What is known at kinks is what difference quotients from both sides say; the rest is left unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.calculus import derivative_tensor
from symderiv.derivation import compare
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.verdict import EVERYWHERE
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kink_conditions import answered
from symderiv.expression.tree import FALSE, TRUE, ZERO, Expr, Number, Variable
from symderiv.language import Scope, read

x = Variable("x")
SCOPE = Scope({"x": x})
STEP = Fraction(1, 10**4)

ATOMS = [
    "abs(x)",
    "max(x, 2*x)",
    "min(x, 2*x)",
    "sign(x)",
    "heaviside(x)",
    "floor(x)",
    "(1 if x > 0 else 0)",
    "(x if x > 0 else -x)",
    "(x^2 if x > 0 else 3*x^2)",
    "(-1 if x < 0 else 1)",
    "sign(x^3)",
    "abs(x^2)",
    "[abs(x), x][1]",
    "heaviside(relu(x^2))",
    "(3 if relu(x^2) <= 0 else x)",
    "(5 if floor(1 - x) <= 0 else 7)",
    "(abs(x) if x^2 > 0 else x^3)",
    "heaviside(relu(x - 1))",
]
MORE = [
    "sqrt(x^2)",
    "sqrt(x^4)",
    "sqrt(abs(x))",
    "sum(x^k, (k, 1, 3))",
    "sum(abs(x)^k, (k, 1, 3))",
    "sum((abs(x) if k > 1 else x*abs(x)), (k, 1, 2))",
    "heaviside(relu(x)*relu(-x))",
    "sign(relu(x^2)*x)",
    "sign(relu(x - 1)*x + relu(-1 - x))",
    "heaviside(sum(relu(k*x - 1), (k, 1, 2)))",
    "sign(floor(x^2))",
    "heaviside(floor(x^2 + 1/2))",
    "sign(floor(x)*x)",
    "floor(relu(x - 1) + 1/2)",
]
ROUND = [
    "{}",
    "-2*{}",
    "x*{}",
    "x^2*{}",
    "(x + 1)*{}",
    "{}^2",
    "{}^3",
    "({} + 2)^(-2)",
    "({} + 2)^(-1)",
    "{} + abs(x)",
    "{} - abs(x)",
    "{} + min(x, 0)",
    "{}*{}",
    "x*{}^2",
    "abs({})",
    "abs({} - 1)",
    "max({}, x)",
    "max({} - 1, x)",
    "sum({}*k, (k, 1, 3))",
]


def _exact(value: Expr) -> Fraction:
    found = evaluate(value, {})
    assert isinstance(found, Fraction)
    return found


def quotients(f: Expr) -> tuple[Fraction, Fraction]:
    """(f(h) - f(0))/h on both sides, without what tends to 0 with h."""
    at = {h: _exact(instantiate(f, {x: Number(h)})) for h in (0, STEP, -STEP)}
    below, above = ((at[h] - at[0]) / h for h in (-STEP, STEP))
    return round(below, 2), round(above, 2)


@pytest.mark.parametrize("around", ROUND)
@pytest.mark.parametrize("atom", ATOMS + MORE)
def test_what_is_said_at_a_kink(atom: str, around: str) -> None:
    t = tensor_of(read(around.replace("{}", atom), SCOPE))
    d = derivative_tensor(t, x)
    below, above = quotients(t.value)
    surely, perhaps = (instantiate(answered(d.defined, truth), {x: ZERO}) for truth in (False, True))
    if surely == TRUE:
        assert below == above == evaluate(instantiate(d.value, {x: ZERO}), {})
    elif perhaps == FALSE:
        assert below != above or abs(above) > 100


def test_most_kinks_are_known() -> None:
    """Which ones are not: a count that may only fall."""
    unknown = 0
    for atom in ATOMS:
        for around in ROUND:
            d = derivative_tensor(tensor_of(read(around.replace("{}", atom), SCOPE)), x)
            surely, perhaps = (instantiate(answered(d.defined, truth), {x: ZERO}) for truth in (False, True))
            unknown += surely != perhaps
    assert unknown <= 187


EQUAL = [
    ("gradient(sum(hadamard(x, abs(x))), x)", "2*abs(x)", ("x: vector(n)",)),
    ("gradient(norm(relu(W*x))^2/2, W)", "relu(W*x)*x.T", ("W: matrix(m, n)", "x: vector(n)")),
    ("gradient(sum(x) - norm(x)^2*n, x)", "ones(n) - 2*n*x", ("x: vector(n)",)),
    ("diff(x^2*sign(x), x)", "2*abs(x)", ()),
    ("jacobian([abs(x), x^2], x)[1]", "2*x", ()),
]
EQUAL_BUT_HARD = [
    ("gradient(sum(relu(A*x)) - sum(relu(-(A*x))), x)", "A.T*ones(m)", ("A: matrix(m, n)", "x: vector(n)")),
    ("gradient(sum(hadamard(A*x, abs(A*x))), x)", "2*A.T*abs(A*x)", ("A: matrix(m, n)", "x: vector(n)")),
    ("gradient(norm(relu(A*x))^2, x)", "2*A.T*relu(A*x)", ("A: matrix(m, n)", "x: vector(n)")),
    ("diff(sum(relu(c*a[i]) - relu(-c*a[i]), (i, 0, n-1)), c)", "sum(a[i], (i, 0, n-1))", ("a: vector(n)",)),
    ("diff(c*sum(abs(c*a[i]), (i, 0, n-1)), c)", "2*abs(c)*sum(abs(a[i]), (i, 0, n-1))", ("a: vector(n)",)),
    ("gradient(sum(relu(x) - relu(-x)), x)", "ones(n)", ("x: vector(n)",)),
    ("gradient(norm(x)^3, x)", "3*norm(x)*x", ("x: vector(n)",)),
    ("diff(heaviside(x) + heaviside(-x), x)", "0", ()),
    ("diff(x*(x if x > 0 else -x), x)", "2*abs(x)", ()),
    ("diff(sign(x)^2*x^2, x)", "2*x", ()),
    ("diff(sqrt(x^2)*x, x)", "2*abs(x)", ()),
    ("diff(abs(x)^(3/2), x)", "3/2*sqrt(abs(x))*sign(x)", ()),
    ("diff(floor(x) - floor(x), x)", "0", ()),
]
NOT_EQUAL = [
    ("gradient(sum(abs(A*x)), x)", "A.T*sign(A*x)", ("A: matrix(m, n)", "x: vector(n)")),
    ("gradient(sum(relu(W*x)), x)", "W.T*heaviside(W*x)", ("W: matrix(m, n)", "x: vector(n)")),
    ("gradient(mae(y, t), y)", "sign(y - t)/n", ("y: vector(n)", "t: vector(n)")),
    ("gradient(mae(y, t)^2, y)", "2*mae(y, t)*sign(y - t)/n", ("y: vector(n)", "t: vector(n)")),
    (
        "gradient(hinge(s, t), s)",
        "-hadamard(t, heaviside(1 - hadamard(t, s)))/n",
        ("s: vector(n)", "t: vector(n)"),
    ),
    ("diff(sum(abs(c*a[i]), (i, 0, n-1)), c)", "sign(c)*sum(abs(a[i]), (i, 0, n-1))", ("a: vector(n)",)),
    ("diff(x*sign(x), x)", "sign(x)", ()),
    ("diff(1 if x > 0 else 0, x)", "0", ()),
]
NOT_KNOWN = ("diff(heaviside(relu(x^2)), x)", "diff(3 if abs(x^2) <= 0 else x, x)", "diff(sign(abs(x)), x)")


def everywhere(a: str, b: str, given: tuple[str, ...]) -> str:
    return compare(a, b, given=given, policy=EVERYWHERE).verdict.verdict


@pytest.mark.parametrize(("a", "b", "given"), EQUAL)
def test_kinks_that_cancel_are_equal_everywhere(a: str, b: str, given: tuple[str, ...]) -> None:
    assert everywhere(a, b, given) == "equal"


@pytest.mark.parametrize(("a", "b", "given"), EQUAL_BUT_HARD)
def test_what_may_be_equal_everywhere_is_never_different(a: str, b: str, given: tuple[str, ...]) -> None:
    assert everywhere(a, b, given) in ("equal", "undecided")


@pytest.mark.parametrize(("a", "b", "given"), NOT_EQUAL)
def test_kinks_that_stay_are_told(a: str, b: str, given: tuple[str, ...]) -> None:
    assert everywhere(a, b, given) == "different"


@pytest.mark.parametrize("a", NOT_KNOWN)
def test_a_flat_argument_need_not_rest(a: str) -> None:
    """sign(x²) jumps at 0, where x² has the derivative 0."""
    value = "1" if "else" in a else "0"
    assert everywhere(a, value, ()) != "equal"
    assert compare(a, value).verdict.verdict == "equal"


def test_a_derivative_that_exists_is_not_left_out() -> None:
    """‖x‖ Σ x has the derivative 0 at 0, where its formula has none."""
    a, b = "gradient(norm(x)*sum(x), x)", "x*sum(x)/norm(x) + norm(x)*ones(n)"
    assert everywhere(a, b, ("x: vector(n)",)) != "equal"
