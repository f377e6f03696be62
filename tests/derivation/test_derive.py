"""Derivations: every step proved, each rule named, and a rule made wrong is caught."""

from dataclasses import replace

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.meaning.meaning import meaning
from symderiv.derivation.rules import catalogue, numbers
from symderiv.derivation.rules.backward import sending
from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.derivation.steps import Derivation
from symderiv.derivation.tidying.tidying import tidy
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.language import infer, read


def derived(expression: str, wrt: str, *given: str) -> Derivation:
    known = read_given(given)
    scope = infer([expression, wrt], known.scope, "text")
    name = read(wrt, scope)
    return derive(read(expression, scope), name, known.facts)  # type: ignore[arg-type]


PROVED = [
    ("x^2*exp(3*x)", "x", (), "2*x*exp(3*x) + 3*x^2*exp(3*x)"),
    ("sin(x)/x", "x", (), "(cos(x)*x - sin(x))/x^2"),
    ("relu(x)", "x", (), "heaviside(x)"),
    ("softmax(x)", "x", ("x: vector(3)",), "diag(softmax(x)) - softmax(x)*softmax(x).T"),
    ("sigma(A*y + b)", "y", ("A: matrix(m, n)", "y: vector(n)", "b: vector(m)", "sigma: function"),
     "diag(sigma'(A*y + b))*A"),
    ("x.T*A*x", "x", ("x: vector(n)", "A: matrix(n, n)"), "A*x + A.T*x"),
    ("sum(hadamard(G, conv2d(X, K)))", "X", ("X: matrix(4, 4)", "K: matrix(2, 2)", "G: matrix(3, 3)"),
     "correlate(G, flip(K), 'full')"),
    ("sum(hadamard(G, conv2d(X, K)))", "K", ("X: matrix(4, 4)", "K: matrix(2, 2)", "G: matrix(3, 3)"),
     "correlate(X, G, 'valid')"),
    ("sum(hadamard(g, conv1d(x, w)))", "x",
     ("x: vector(d)", "w: vector(k)", "g: vector(d - k + 1)", "k <= d"),
     "correlate(g, flip(w), 'full')"),
    ("conv2d(X, K)", "K", ("X: matrix(4, 2) = [[2, -1], [0, -1], [1, 1], [-1, 2]]", "K: matrix(2, 2)"),
     "[[2, -1, 0, -1], [0, -1, 1, 1], [1, 1, -1, 2]]"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "wrt", "given", "result"), PROVED)
def test_the_textbooks_form_comes_out_and_every_step_is_proved(
    expression: str, wrt: str, given: tuple[str, ...], result: str
) -> None:
    derivation = derived(expression, wrt, *given)
    assert to_text(derivation.result) == result
    assert [step.rule for step in derivation.steps if not step.is_proved] == []


def test_no_step_leaves_things_as_they_were() -> None:
    for expression, wrt, given, _ in PROVED:
        for step in derived(expression, wrt, *given).steps:
            assert step.before != step.after


def test_the_softmax_tells_both_cases_and_the_relu_both_sides() -> None:
    assert "cases" in [step.rule for step in derived("softmax(x)", "x", "x: vector(3)").steps]
    sides = next(step for step in derived("relu(x)", "x").steps if step.rule == "cases")
    assert "from the left 0" in sides.reason
    assert "[0, 1]" in sides.reason


def test_the_substitution_that_turns_the_kernel_round_is_shown() -> None:
    steps = derived(
        "sum(hadamard(g, conv1d(x, w)))", "x", "x: vector(5)", "w: vector(2)", "g: vector(4)"
    ).steps
    assert any("substitute a = m - i" in step.reason for step in steps)


def test_a_rule_made_wrong_is_refuted_at_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(p: Problem) -> Rewriting | None:
        found = numbers.power(p)
        return None if found is None else Rewriting(Apply("neg", (found.after,)), found.reason)

    rules = tuple((name, wrong if rule is numbers.power else rule) for name, rule in catalogue.RULES)
    monkeypatch.setattr("symderiv.derivation.derive.RULES", rules)
    (step,) = derived("x^3", "x").steps
    assert isinstance(step.verdict, Different)


def test_an_operation_without_a_rule_falls_back_to_its_entries() -> None:
    derivation = derived("max(x, 2*x)", "x")
    assert [step.rule for step in derivation.steps] == ["entry by entry"]
    assert derivation.is_proved


@pytest.mark.parametrize("expression", ["conv2d(X, X)", "X*X"])
def test_shapes_that_do_not_fit_are_errors(expression: str) -> None:
    with pytest.raises(SymderivError):
        derived(expression, "X", "X: matrix(2, 3)").tensor.explicit()
        raise SymderivError("a 2×3 was correlated with itself")


def test_the_result_means_what_the_goal_means() -> None:
    derivation = derived("tanh(W*x)", "x", "W: matrix(2, 2)", "x: vector(2)")
    goal: Expr = derivation.goal
    assert derivation.tensor.shape_text == "2×2"
    assert to_text(goal) == "jacobian(tanh(W*x), x)"


def test_names_given_on_the_way_are_explained_by_the_result() -> None:
    derivation = derived("softmax(W*tanh(A*x))", "x", "W: matrix(3, 2)", "A: matrix(2, 2)", "x: vector(2)")
    named = {name.name: to_text(part) for name, part in derivation.where}
    assert named == {"h": "tanh(A*x)", "z": "W*h", "p": "softmax(z)"}
    assert not {"h", "z", "p"} & {name.name for name in free_variables(derivation.in_full)}
    assert isinstance(decide(derivation.tensor, meaning(derivation.in_full)), Equal)


def test_names_of_the_goal_stay_in_the_result_in_full() -> None:
    derivation = derived("x^3", "x")
    assert derivation.where == ()
    assert derivation.in_full == derivation.result


def test_two_inner_parts_have_two_names() -> None:
    """The result in the names of the goal alone is the derivative."""
    given = ("x: vector(2)", "W: matrix(3, 2)", "V: matrix(3, 2)")
    derivation = derived("softmax(V*x) + log_softmax(W*x)", "x", *given)
    assert [to_text(part) for _, part in derivation.where if "*" in to_text(part)] == ["V*x", "W*x"]
    assert isinstance(decide(meaning(derivation.in_full), meaning(derivation.goal)), Equal)


def test_one_inner_part_has_one_name() -> None:
    derivation = derived("softmax(V*x) + log_softmax(V*x)", "x", "x: vector(2)", "V: matrix(3, 2)")
    assert [(name.name, to_text(part)) for name, part in derivation.where] == [
        ("z", "V*x"),
        ("p", "softmax(z)"),
    ]


SHAPES = [
    ("-t.T*log(softmax(W*x + b))", "W",
     ("x: vector(3)", "W: matrix(2, 3)", "b: vector(2)", "t: vector(2)", "sum(t) == 1"),
     "(softmax(W*x + b) - t)*x.T"),
    ("-log(softmax(z)[1])", "z", ("z: vector(3)",), "softmax(z) - one_hot(1, 3)"),
    ("log(softmax(x))", "x", ("x: vector(n)",), "eye(n) - ones(n)*softmax(x).T"),
    ("-log(sigmoid(u.T*v))", "u", ("u: vector(n)", "v: vector(n)"), "(sigmoid(u.T*v) - 1)*v"),
    ("norm(y - X*w)^2/2 + lambda/2*norm(w)^2", "w",
     ("X: matrix(N, d)", "w: vector(d)", "y: vector(N)", "lambda: positive"), "X.T*(X*w - y) + lambda*w"),
    ("x.T*x", "x", ("x: vector(n)",), "2*x"),
    ("norm(x)", "x", ("x: vector(n)",), "x/norm(x)"),
    ("sqrt(x^2 + 1)", "x", (), "x/sqrt(x^2 + 1)"),
    ("sum(G ⊙ attention(X*A, X*B, X*C))", "C",
     ("X: matrix(2, 2)", "A: matrix(2, 2)", "B: matrix(2, 2)", "C: matrix(2, 2)", "G: matrix(2, 2)"),
     "X.T*softmax(X*A*B.T*X.T/sqrt(2)).T*G"),
    ("kl_divergence(p, q)", "q", ("p: vector(n)", "q: vector(n)"), "-(p/q)"),
    ("gaussian_kl(mu, s)", "s", ("mu: vector(n)", "s: vector(n)"), "s - 1/s"),
    ("sum(g ⊙ dropout(relu(x), m, p=p))", "x", ("x: vector(n)", "m: vector(n)", "g: vector(n)"), None),
    ("sum(G ⊙ attention(Q, K, V))", "V",
     ("Q: matrix(m, d)", "K: matrix(n, d)", "V: matrix(n, v)", "G: matrix(m, v)"),
     "softmax(Q*K.T/sqrt(d)).T*G"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "wrt", "given", "result"), SHAPES)
def test_gradients_read_as_in_a_textbook(
    expression: str, wrt: str, given: tuple[str, ...], result: str | None
) -> None:
    derivation = derived(expression, wrt, *given)
    assert [step.rule for step in derivation.steps if not step.is_proved] == []
    assert result is None or to_text(derivation.result) == result


def test_backpropagation_through_time() -> None:
    """Weights that stand twice: what both steps send back, added up."""
    given = ("x: vector(2)", "y: vector(2)", "h: vector(2)", "W: matrix(2, 2)", "U: matrix(2, 2)")
    derivation = derived("sum(rnn_cell(y, rnn_cell(x, h, W, U), W, U))", "U", *given)
    assert derivation.is_proved
    assert to_text(derivation.result) == "(U.T*(1 - h2 ⊙ h2) ⊙ (1 - h1 ⊙ h1))*h.T + (1 - h2 ⊙ h2)*h1.T"


def test_a_network_is_derived_layer_by_layer() -> None:
    given = ("x: vector(n)", "U: matrix(h, n)", "V: matrix(k, h)", "W: matrix(m, k)", "t: vector(m)")
    derivation = derived("mse(W*tanh(V*tanh(U*x)), t)", "U", *given)
    assert derivation.is_proved
    back = ["closed form", "product rule", "chain rule", "product rule", "chain rule"]
    assert [step.rule for step in derivation.steps] == ["naming", *["chain rule"] * 3, *back]
    assert [name.name for name, _ in derivation.where] == ["v", "h1", "u", "h2", "z"]


def test_a_right_lemma_proves_no_other_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(u: Expr, x: Variable, G: Expr) -> tuple[str, Rewriting] | None:
        found = sending.one_operation(u, x, G)
        if found is None or not (isinstance(u, Apply) and u.head == "mul"):
            return found
        return found[0], replace(found[1], after=Apply("mul", (Number(2), found[1].after)))

    monkeypatch.setattr("symderiv.derivation.derive.one_operation", doubled)
    given = ("G: vector(n)", "W: matrix(n, m)", "V: matrix(m, k)", "x: vector(k)")
    steps = derived("sum(G ⊙ tanh(W*tanh(V*x)))", "x", *given).steps
    assert [s.verdict.verdict for s in steps if s.rule == "product rule"] == ["different", "different"]
    assert all(s.verdict.verdict == "equal" for s in steps if s.rule != "product rule")


@pytest.mark.parametrize(
    ("goal", "wrt"), [("mse(W*tanh(V*x), t)", "x"), ("sum(t ⊙ sigmoid(W*u))", "W"), ("softmax(W*u)", "u")]
)
def test_a_line_tidied_wrong_is_not_proved(goal: str, wrt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(tree: Expr) -> Expr:
        return Apply("mul", (Number(2), tidy(tree)))

    monkeypatch.setattr("symderiv.derivation.derive.tidy", careless)
    given = ("W: matrix(m, n)", "V: matrix(n, k)", "x: vector(k)", "u: vector(n)", "t: vector(m)")
    steps = derived(goal, wrt, *given).steps
    doubled = [step for step in steps if step.rule != "naming"]
    assert doubled
    assert not any(isinstance(step.verdict, Equal) for step in doubled)
