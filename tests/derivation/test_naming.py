"""Names for what a result repeats: each stands for its definition, and the lines say what they said."""

from __future__ import annotations

import pytest

from symderiv.derivation import meaning, read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.steps import Derivation
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Binder, Variable, walk
from symderiv.language import infer, read
from symderiv.reports.derivation import derivation_latex

GATES = [f"{matrix}{gate}: matrix(n,{size})" for matrix, size in (("W", "m"), ("U", "n")) for gate in "ifgo"]
LSTM = (
    "sum(d ⊙ (sigmoid(Wo*x + Uo*h) ⊙ tanh(sigmoid(Wf*x + Uf*h) ⊙ c"
    " + sigmoid(Wi*x + Ui*h) ⊙ tanh(Wg*x + Ug*h))))"
)


def derived(what: str, by: str, *given: str) -> Derivation:
    known = read_given(list(given))
    scope = infer([what, by], known.scope, "text")
    wrt = read(by, scope)
    assert isinstance(wrt, Variable)
    return derive(read(what, scope), wrt, known.facts)


def where(derivation: Derivation) -> dict[str, str]:
    return {name.name: to_text(part) for name, part in derivation.where}


def test_the_gates_of_a_cell_written_by_hand_have_the_letters_of_their_weights() -> None:
    derivation = derived(LSTM, "Wo", *GATES, "x: vector(m)", "h: vector(n)", "c: vector(n)", "d: vector(n)")
    assert to_text(derivation.result) == "(tanh(c1) ⊙ d ⊙ (o ⊙ (1 - o)))*x.T"
    assert where(derivation) == {
        "f": "sigmoid(Wf*x + Uf*h)",
        "g": "tanh(Wg*x + Ug*h)",
        "i": "sigmoid(Wi*x + Ui*h)",
        "c1": "f ⊙ c + i ⊙ g",
        "o": "sigmoid(Wo*x + Uo*h)",
    }


def test_no_line_says_of_a_name_that_it_is_itself() -> None:
    """The part had a name when the chain rule gave it one."""
    derivation = derived(
        "cross_entropy(softmax(W*x), t)", "W", "W: matrix(3,2)", "x: vector(2)", "t: vector(3)"
    )
    said = [(name, to_text(part)) for step in derivation.steps for name, part in step.where]
    assert [name for name, part in said if name == part] == []
    assert len(said) == len(set(said)) == 2


def test_an_operation_is_differentiated_by_the_name_that_stands_in_it() -> None:
    derivation = derived("softmax(W*v)", "v", "W: matrix(3,2)", "v: vector(2)")
    assert any(step.reason == "the derivative of softmax by z" for step in derivation.steps)


def test_a_cell_is_derived_gate_by_gate() -> None:
    given = (
        "x: vector(m)",
        "h: vector(n)",
        "c: vector(n)",
        "W: matrix(4*n,m)",
        "U: matrix(4*n,n)",
        "v: vector(n)",
    )
    derivation = derived("sum(v ⊙ lstm_cell(x, h, c, W, U)[0])", "W", *given)
    assert derivation.is_proved
    assert to_text(derivation.result) == "reshape(stack(delta_i, delta_f, delta_g, delta_o), 4*n)*x.T"
    assert where(derivation) == {
        "i": "sigmoid(reshape(W*x + U*h, 4, n)[0])",
        "f": "sigmoid(reshape(W*x + U*h, 4, n)[1])",
        "g": "tanh(reshape(W*x + U*h, 4, n)[2])",
        "o": "sigmoid(reshape(W*x + U*h, 4, n)[3])",
        "c1": "f ⊙ c + i ⊙ g",
        "delta_o": "tanh(c1) ⊙ v ⊙ (o ⊙ (1 - o))",
        "delta_c": "o ⊙ v ⊙ (1 - tanh(c1) ⊙ tanh(c1))",
        "delta_i": "g ⊙ delta_c ⊙ (i ⊙ (1 - i))",
        "delta_f": "c ⊙ delta_c ⊙ (f ⊙ (1 - f))",
        "delta_g": "i ⊙ delta_c ⊙ (1 - g ⊙ g)",
    }


def test_what_is_sent_back_twice_is_a_delta() -> None:
    given = (
        "W: matrix(n,n)",
        "U: matrix(n,m)",
        "h: vector(n)",
        "x: vector(m)",
        "y: vector(m)",
        "g: vector(n)",
    )
    derivation = derived("sum(g ⊙ tanh(W*tanh(W*h + U*x) + U*y))", "U", *given)
    assert to_text(derivation.result) == "(W.T*delta ⊙ (1 - h1 ⊙ h1))*x.T + delta*y.T"
    assert where(derivation)["delta"] == "g ⊙ (1 - h2 ⊙ h2)"
    assert list(where(derivation)) == ["h1", "h2", "delta"]  # each after the names in its definition


@pytest.mark.parametrize("by", ["W", "V", "x"])
def test_each_line_with_names_is_equal_to_the_next(by: str) -> None:
    given = ("W: matrix(2,2)", "V: matrix(2,2)", "x: vector(2)")
    derivation = derived("sum(sigmoid(W*tanh(V*x)))", by, *given)
    assert derivation.steps[0].before == derivation.goal
    for step, following in zip(derivation.steps, derivation.steps[1:], strict=False):
        assert step.after == following.before
    for step in derivation.steps:
        assert step.is_proved
        assert isinstance(decide(meaning(step.before), meaning(step.after)), Equal)
    assert isinstance(decide(meaning(derivation.in_full), derivation.tensor), Equal)


def test_what_is_short_and_what_stands_once_has_no_name() -> None:
    assert derived("softmax(x)", "x", "x: vector(n)").where == ()
    assert derived("norm(W*x - t)^2/2", "W", "W: matrix(m,n)", "x: vector(n)", "t: vector(m)").where == ()


def test_the_latex_says_what_each_name_stands_for() -> None:
    given = ("W: matrix(n,n)", "V: matrix(n,n)", "x: vector(n)", "b: vector(n)", "t: vector(n)")
    shown = str(derivation_latex(derived("norm(sigmoid(W*tanh(V*x + b) + b) - t)^2/2", "b", *given)))
    assert shown.count(r"h = \tanh(V x + b)") == 1
    assert shown.count(r"s = \operatorname{sigmoid}(W h + b)") == 1


def test_a_name_stands_for_one_thing_in_the_whole_derivation() -> None:
    """Once z was written out it is not the name of something else, or `where` would say two things of it."""
    gated = "conv1d(outer(w, v) ⊙ gelu(outer(w, v)), Y, padding=1)"
    derivation = derived(gated, "w", "w: vector(2)", "v: vector(2)", "Y: tensor(1, 2, 1)")
    assert where(derivation)
    assert not isinstance(decide(meaning(derivation.goal), meaning(derivation.in_full)), Different)


@pytest.mark.parametrize(
    ("what", "by", "given"),
    [
        ("sum(G ⊙ conv2d(X, K))", "X", ("X: matrix(n,m)", "K: matrix(i,l)", "G: matrix(n-i+1,m-l+1)")),
        ("linear(X, W)", "X", ("X: matrix(B,d)", "W: matrix(k,d)")),
        ("avg_pool3d(X, 2)", "X", ("X: tensor(n,m,l)",)),
    ],
)
def test_no_index_has_the_letter_of_a_size(what: str, by: str, given: tuple[str, ...]) -> None:
    """``for m in range(0, n)`` would hide the size m of the sums inside."""
    sizes = {name.name for kind in read_given(given).scope.names.values() for name in _sizes(kind)}
    for step in derived(what, by, *given).steps:
        assert sizes.isdisjoint(node.variable.name for node in walk(step.after) if isinstance(node, Binder))


def _sizes(name: object) -> set[Variable]:
    assert isinstance(name, Variable)
    return {part for size in name.kind.shape if size is not None for part in free_variables(size)}
