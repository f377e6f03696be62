"""What undeclared names are taken for."""

from __future__ import annotations

import pytest

from symderiv.errors import ReadError, SymderivError
from symderiv.expression.kinds import COUNT, FUNCTION, INDEX, SCALAR, SIZE, Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.language import Scope, infer, read, read_text
from symderiv.language.together import read_together

LOOSE = Scope(strict=False)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("a*x + b", "a", SCALAR),
        ("p[i]*(delta(i, j) - p[j])", "p", Kind(shape=(None,))),
        ("p[i]*(delta(i, j) - p[j])", "i", INDEX),
        ("p[i]*(delta(i, j) - p[j])", "j", INDEX),
        ("A[i, j]", "A", Kind(shape=(None, None))),
        ("A[i][j]", "A", Kind(shape=(None, None))),
        ("sum(x[k]*w[n - k], (k, 1, m))", "n", INDEX),
        ("sum(x[k]*w[n - k], (k, 1, m))", "m", SIZE),
        ("sum(x[k] for k in range(m))", "m", SIZE),
        ("g(x)", "g", FUNCTION),
        ("g'(x)", "g", FUNCTION),
        ("σ(x)", "sigma", FUNCTION),
        ("zeros(r, c)", "r", SIZE),
        ("sum(x[k], (k, 0, i)) + y[i]", "i", COUNT),
        ("sum(x[k] for k in range(i))*delta(i, 1)", "i", COUNT),
        ("sum(x[k], (k, 0, n-1-i))*y[i]", "i", COUNT),
        ("sum(x[k], (k, 0, n-1-i))*y[i]", "n", SIZE),
        ("sum(x[k], (k, i, n-1)) + y[i]", "i", COUNT),
        ("sum(x[k], (k, 1, n)) - x[n]", "n", SIZE),
        ("sum(x[k] for k in range(n)) - x[n-1]", "n", SIZE),
        ("sum(t for t in S)", "S", Kind(shape=(None,))),
        ("gamma*x + beta", "gamma", SCALAR),
        ("i*x[i]", "i", INDEX),
        ("x[p[i]]", "p", Kind(shape=(None,))),
        ("x₁ + x1", "x_1", SCALAR),
    ],
)
def test_use_says_what_a_name_is(text: str, name: str, kind: Kind) -> None:
    assert infer([text], LOOSE, "text").names[name].kind == kind


def test_bound_names_are_not_declared() -> None:
    assert set(infer(["sum(x[k], (k, 0, 3)) + integral(t, (t, 0, 1))"], LOOSE, "text").names) == {"x"}


def test_two_texts_share_their_names() -> None:
    scope = infer(["x + y", "x[0]"], LOOSE, "text")
    assert scope.names["x"].kind == Kind(shape=(None,))
    assert scope.names["y"].kind == SCALAR


def test_declared_names_stay_as_declared() -> None:
    x = Variable("x", Kind(shape=(None, None)))
    assert infer(["x + 1"], LOOSE.declare([x]), "text").names["x"] is x


def test_an_unreadable_text_is_passed_over_and_read_says_why() -> None:
    scope = infer(["x +", "y"], LOOSE, "text")
    assert "y" in scope.names
    with pytest.raises(SymderivError, match="nothing stands after"):
        read_text("x +", scope)


def test_latex_and_text_together() -> None:
    scope = infer([r"\sum_{i=1}^{n} w_i x_i", "sum(w[i]*x[i], (i, 1, n))"], LOOSE)
    assert scope.names["w"].kind == Kind(shape=(None,))


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("cosx", "cos(x)"),
        ("1 + sinx", "sin(x)"),
        ("expx", "exp(x)"),
        ("logx", "log(x)"),
        ("lnx", "ln(x)"),
        ("cos2x", "cos(2*x)"),
        ("sintheta", "sin(theta)"),
        ("loss + logloss", "log(loss)"),
    ],
)
def test_a_function_without_its_brackets_is_refused(text: str, cure: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read(text, infer([text], LOOSE))
    assert f"did you mean {cure}?" in caught.value.cure and caught.value.place is not None


@pytest.mark.parametrize("text", ["logits", "expected", "cosine", "expert", "cosx(y)"])
def test_words_that_begin_like_a_function_are_names(text: str) -> None:
    assert infer([text], LOOSE).names


def test_thousands_in_braces_tell_latex() -> None:
    assert read("200{,}640", LOOSE) == read("200640", LOOSE)


@pytest.mark.parametrize("beside", ["x", r"\frac{x}{2}"])
def test_words_that_nobody_declared_are_no_product(beside: str) -> None:
    """Beside a text, and beside LaTeX, whose names are found in another way."""
    _, read = read_together({"a": "my answer", "b": beside}, Scope(strict=False))
    assert isinstance(read["a"], SymderivError)


def test_names_that_are_declared_are_a_product() -> None:
    scope = Scope({"A": Variable("A"), "x": Variable("x")}, strict=False)
    _, read = read_together({"a": "A x", "b": "y x"}, scope)
    assert read["a"] == Apply("mul", (Variable("A"), Variable("x")))
    assert isinstance(read["b"], SymderivError)


@pytest.mark.parametrize(
    ("a", "b"), [("2x_k", "2*x[k]"), ("2x_k", r"\frac{4x_k}{2}"), ("x_k(1 - x_k)", "x_k - x_k^2")]
)
def test_a_letter_below_a_declared_array_counts_its_entries(a: str, b: str) -> None:
    """In text as in LaTeX, one beside the other too."""
    scope = Scope({"x": Variable("x", Kind(shape=(Variable("n", SIZE),)))}, strict=False)
    _, read = read_together({"a": a, "b": b}, scope)
    for tree in read.values():
        assert isinstance(tree, Expr)
        assert {v.name for v in free_variables(tree)} == {"x", "k"}


@pytest.mark.parametrize("text", ["{x = 1, y = 2}", "[x = 1]", "f(x, y = 2)", "x ! = y", "x = = 1", "x := 1"])
def test_a_single_equals_sign_states_an_equation_only_where_it_can_mean_nothing_else(text: str) -> None:
    assert read("x = 1 or (y = 2)", Scope(strict=False)) == read("x == 1 or y == 2", Scope(strict=False))
    with pytest.raises(ReadError):
        read(text, Scope(strict=False))
    with pytest.raises(ReadError, match="not a comparison"):  # it may label a value there
        read("x = 1", Scope({"x": Variable("x")}))


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("n(n+1)/2", "n*(n + 1)/2"),
        ("p(1-p)^2", "p*(1 - p)^2"),
        ("f(f(x)-1)", "f(f(x) - 1)"),
        ("x(y-1)", "x(y - 1)"),
    ],
)
def test_what_is_a_number_in_its_own_argument_is_a_factor(text: str, read_as: str) -> None:
    scope = infer([text], LOOSE, "text")
    assert to_text(read(text, scope)) == read_as
