"""What a lemma says of a line: right lines follow, and no wrong line does, whatever rule wrote it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from symderiv import derive as derive_request
from symderiv.derivation import derive
from symderiv.derivation.proof import by_lemma
from symderiv.derivation.proof.letters.composing import follows
from symderiv.derivation.proof.letters.matching import matched
from symderiv.derivation.proof.linear_form import linear_form
from symderiv.derivation.rules.problem import Lemma, Rewriting
from symderiv.equality.verdict import Equal
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Number, Variable

VECTORS = ("x: vector(n)", "t: vector(m)", "W: matrix(m, n)", "b: vector(m)")

LINES = {
    "one array sends back to one": ("norm(W*x - t)^2", "x", VECTORS),
    "one array sends back to two": ("(W*x).T*tanh(V*x)", "x", (*VECTORS, "V: matrix(m, n)")),
    "a factor at hand and one behind": ("x.T*A*x", "x", ("x: vector(n)", "A: matrix(n, n)")),
    "a mean of an array": ("mean(tanh(W*x))", "x", VECTORS),
    "one entry of an array": ("log_softmax(W*x)[k]", "x", (*VECTORS, "k: integer")),
    "operation by operation": ("sum(t ⊙ sigmoid(W*x + b))", "W", VECTORS),
    "through a name": ("cross_entropy(W*x + b, t)", "x", VECTORS),
    "weights": ("mse(W*tanh(V*y), t)", "W", ("y: vector(k)", "V: matrix(n, k)", *VECTORS[1:3])),
    "two names that x enters": (
        "sum(rnn_cell(y, rnn_cell(x, h, W, U), W, U))",
        "U",
        ("x: vector(n)", "y: vector(n)", "h: vector(m)", "W: matrix(m, n)", "U: matrix(m, m)"),
    ),
    "a Jacobian through a name": ("softmax(W*x)", "x", VECTORS),
    "a matrix twice": ("W.T*W*x", "W", VECTORS),
    "a matrix between two": ("A*X*B", "X", ("A: matrix(m, n)", "X: matrix(n, p)", "B: matrix(p, q)")),
    "entry by entry of a matrix": ("relu(X*W)", "W", ("X: matrix(N, d)", "W: matrix(d, h)")),
    "a product of two": ("sigmoid(W*x) ⊙ tanh(V*x)", "x", (*VECTORS, "V: matrix(m, n)")),
    "a vector over a number": ("W*x/(1 + norm(x)^2)", "x", VECTORS),
    "a vector over its norm": ("x/norm(x)", "x", VECTORS),
    "a number over a number": ("u.T*v/(norm(u)*norm(v))", "u", ("u: vector(n)", "v: vector(n)")),
    "a number times a vector": ("norm(x)^2*x", "x", VECTORS),
    "an equal function": ("-t.T*log(softmax(W*x))", "W", VECTORS),
    "a kernel": ("norm(conv1d(x, w))^2", "w", ("x: vector(5)", "w: vector(3)")),
}


def _wrong(line: Expr) -> Iterator[Expr]:
    """The line with a mistake in it."""
    yield Apply("mul", (Number(2), line))
    yield Apply("neg", (line,))
    if isinstance(line, Apply) and line.head in ("add", "sub"):
        yield from line.args
    if isinstance(line, Apply) and line.head == "div":
        yield line.args[0]
    if isinstance(line, Apply) and line.head == "vjp":
        u, x, G = line.args
        yield Apply("vjp", (u, x, Apply("mul", (Number(2), G))))


@pytest.mark.parametrize("name", LINES)
def test_right_lines_follow_and_wrong_ones_do_not(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expression, wrt, given = LINES[name]
    lines: list[tuple[Lemma, Expr, Expr, bool]] = []

    def noted(lemma: Lemma, old: Expr, new: Expr, same: object) -> bool:
        found = follows(lemma, old, new, by_lemma._same)
        lines.append((lemma, old, new, found))
        return found

    monkeypatch.setattr(by_lemma, "follows", noted)
    assert derive_request(expression, wrt, given=given).is_proved
    right = [line for line in lines if line[3]]
    assert right
    for lemma, old, new, _ in right:
        for wrong in _wrong(new):
            assert not follows(lemma, old, wrong, by_lemma._same)


@pytest.mark.parametrize("name", LINES)
def test_no_rule_proves_a_wrong_line_by_its_lemma(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expression, wrt, given = LINES[name]
    rewrite = derive._rewrite

    def doubled(node: Apply, known: frozenset[Variable]) -> tuple[str, Rewriting]:
        rule, right = rewrite(node, known)
        if not right.lemma:
            return rule, right
        wrong = replace(right, after=Apply("mul", (Number(2), right.after)), then=())
        return f"wrong {rule}", wrong

    monkeypatch.setattr(derive, "_rewrite", doubled)
    steps = derive_request(expression, wrt, given=given).steps
    made_wrong = [step for step in steps if step.rule.startswith("wrong")]
    assert made_wrong
    assert not any(isinstance(step.verdict, Equal) for step in made_wrong)


def _letter(name: str, *shape: Expr) -> Variable:
    return Variable(f"·{name}", Kind(shape=shape))


X = Variable("x", Kind(shape=(Number(3),)))
U, V = _letter("0", Number(3)), _letter("1", Number(3))


def _times(a: Expr, b: Expr) -> Expr:
    return Apply("hadamard", (a, b))


def test_a_lemma_that_leaves_out_an_argument_says_nothing() -> None:
    """∂(u ⊙ v)/∂u = diag(v) alone is not the product rule for x ⊙ x."""
    f = _times(U, V)
    by_u = (Apply("jacobian", (f, U)), Apply("diag", (V,)))
    by_v = (Apply("jacobian", (f, V)), Apply("diag", (U,)))
    old = Apply("jacobian", (_times(X, X), X))
    once = Apply("diag", (X,))
    assert not follows((by_u,), old, once, by_lemma._same)
    assert follows((by_u, by_v), old, Apply("add", (once, once)), by_lemma._same)


def test_a_letter_stands_for_what_has_its_shape() -> None:
    wide = Variable("y", Kind(shape=(Number(4),)))
    assert matched(Apply("exp", (U,)), Apply("exp", (X,))) == {U: X}
    assert matched(Apply("exp", (U,)), Apply("exp", (wide,))) is None
    assert matched(_times(U, U), _times(X, Apply("exp", (X,)))) is None


def test_a_line_is_linear_in_the_derivatives_that_are_left() -> None:
    u = Apply("exp", (X,))
    sent = Apply("vjp", (u, X, V))
    line = Apply("sub", (Apply("mul", (Number(3), sent)), Apply("div", (X, Number(2)))))
    half = Apply("neg", (Apply("div", (X, Number(2))),))
    assert linear_form(line, X) == {u: Apply("mul", (Number(3), V)), X: half}
    assert linear_form(_times(sent, sent), X) is None
