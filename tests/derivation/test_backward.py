"""Backpropagation through names: the recurrence of δ, weights and biases, losses that cancel, numbers."""

from __future__ import annotations

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.by_lemma import by_chain_rule
from symderiv.derivation.steps import Derivation
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ZERO, Apply, Variable
from symderiv.language import Scope, read


def graph(given: list[str], let: dict[str, str], what: str, wrt: str) -> Derivation:
    """The derivative of a name by another in a graph of definitions."""
    known = read_given(given)
    names = dict(known.scope.names)
    for name, text in let.items():
        tree = read(text, Scope(names, functions=known.scope.functions))
        kind = Variable(name).kind.__class__(shape=tuple(tensor_of(tree).shape))
        names[name] = Variable(name, kind, definition=tree)
    return derive(read(what, Scope(names, functions=known.scope.functions)), names[wrt], known.facts)


def lines(derivation: Derivation) -> list[str]:
    return [to_text(step.after) for step in derivation.steps]


LAYERS = [
    "W1: matrix(3, 2)", "W2: matrix(3, 3)", "W3: matrix(2, 3)", "x: vector(2)",
    "b1: vector(3)", "b2: vector(3)", "b3: vector(2)", "t: vector(2)", "sigma: function",
]  # fmt: skip
NETWORK = {
    "z1": "W1*x + b1", "a1": "sigma(z1)", "z2": "W2*a1 + b2", "a2": "sigma(z2)", "z3": "W3*a2 + b3",
    "L": "sum(hadamard(z3 - t, z3 - t))/2",
}  # fmt: skip


def test_the_recurrence_of_three_layers() -> None:
    derivation = graph(LAYERS, NETWORK, "L", "W1")
    assert lines(derivation)[:5] == [
        "gradient(L, z1)*x.T",
        "(gradient(L, a1) ⊙ sigma'(z1))*x.T",
        "(W2.T*gradient(L, z2) ⊙ sigma'(z1))*x.T",
        "(W2.T*(gradient(L, a2) ⊙ sigma'(z2)) ⊙ sigma'(z1))*x.T",
        "(W2.T*(W3.T*gradient(L, z3) ⊙ sigma'(z2)) ⊙ sigma'(z1))*x.T",
    ]
    assert [step.where[0][0] for step in derivation.steps[:5]] == ["z1", "a1", "z2", "a2", "z3"]
    assert derivation.is_proved


def test_a_bias_gets_delta_itself() -> None:
    derivation = graph(LAYERS, NETWORK, "L", "b2")
    assert lines(derivation)[0] == "gradient(L, z2)"
    assert derivation.is_proved


def test_a_name_that_is_used_twice_gets_the_sum() -> None:
    given = ["W: matrix(2, 2)", "x: vector(2)", "g: vector(2)", "f: function"]
    let = {"u": "f(x)", "v": "W*x", "L": "sum(hadamard(u, v))"}
    derivation = graph(given, let, "L", "x")
    assert lines(derivation)[0] == "gradient(L, u) ⊙ f'(x) + W.T*gradient(L, v)"
    assert derivation.is_proved


def test_sigmoid_and_cross_entropy_cancel() -> None:
    let = {"y": "sigmoid(z)", "L": "-(t*log(y) + (1 - t)*log(1 - y))"}
    derivation = graph(["z: real", "t: real"], let, "L", "z")
    assert lines(derivation)[-1] == "y - t"
    assert derivation.is_proved


def test_softmax_and_cross_entropy_cancel_where_the_labels_sum_to_one() -> None:
    given = ["z: vector(3)", "t: vector(3)", "sum(t) == 1"]
    let = {"p": "softmax(z)", "L": "-sum(hadamard(t, log(p)))"}
    derivation = graph(given, let, "L", "z")
    assert lines(derivation)[-1] == "p - t"
    assert derivation.is_proved


def test_the_gradient_through_softmax_is_the_textbooks() -> None:
    given = ["x: vector(n)", "g: vector(n)"]
    derivation = graph(given, {}, "sum(hadamard(g, softmax(x)))", "x")
    assert lines(derivation)[-1] == "softmax(x) ⊙ (g - g.T*softmax(x))"
    assert derivation.is_proved


def test_symbols_first_and_given_numbers_last() -> None:
    given = ["W: matrix(2, 2) = [[1, 2], [3, 4]]", "x: vector(2) = [1, 2]", "g: vector(2) = [1, -1]"]
    derivation = graph(given, {"z": "W*x", "L": "sum(hadamard(g, z))"}, "L", "W")
    assert lines(derivation)[0] == "gradient(L, z)*x.T"
    assert derivation.steps[-1].rule == "numbers put in"
    assert lines(derivation)[-1] == "[[1, 2], [-1, -2]]"
    assert derivation.is_proved


def test_softmax_and_cross_entropy_for_labels_with_any_sum() -> None:
    let = {"p": "softmax(z)", "L": "-sum(hadamard(t, log(p)))"}
    derivation = graph(["z: vector(3)", "t: vector(3)"], let, "L", "z")
    assert lines(derivation)[-1] == "sum(t)*p - t"


def test_the_chain_rule_proves_nothing_where_its_factors_do_not_exist() -> None:
    """For x < 0, u = max(x, 0) is constant and |u| has a derivative by x, but |u| has none by u at 0."""
    x = Variable("x")
    u = Variable("u", definition=Apply("max", (x, ZERO)))
    size = Apply("abs", (u,))
    slope = Apply("heaviside", (x,))
    lemma = ((Apply("diff", (u, x)), slope),)
    whole, chained = Apply("diff", (size, x)), Apply("mul", (Apply("diff", (size, u)), slope))
    assert by_chain_rule(lemma, whole, chained, ()) is None
