"""What the text language means: each spelling beside the tree, written plainly, that it stands for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.derivation.given import read_given
from symderiv.expression.kinds import FUNCTION, INDEX, Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Binder, Call, Cases, Expr, Index, Number, Sequence, Variable, walk
from symderiv.language import Scope, free_indices, read, read_text

NAMES = [
    *(Variable(name) for name in ["x", "y", "z", "a", "b", "c", "d", "x_1", "mu", "lambda"]),
    Variable("v", Kind(shape=(Number(3),))),
    Variable("A", Kind(shape=(Number(2), Number(2)))),
    Variable("B", Kind(shape=(Number(2), Number(2)))),
    Variable("sigma", FUNCTION),
    Variable("f", FUNCTION),
    Variable("i", INDEX),
    Variable("n"),
]
SCOPE = Scope({v.name: v for v in NAMES}, functions={"softmax": "softmax", "sigmoid": "sigmoid"})


def tree(text: str) -> Expr:
    return read_text(text, SCOPE)


SAME = [
    ("sum(i^2, i, 1, n)", "sum(i^2, (i, 1, n))"),
    # powers, products, signs
    ("x^2", "x**2"),
    ("2x", "2*x"),
    ("2x^2", "2*(x^2)"),
    ("-2x", "-2*x"),
    ("2(x+1)", "2*(x+1)"),
    ("2sigma(x)", "2*sigma(x)"),
    ("2x*3", "2*x*3"),
    ("-x^2", "-(x^2)"),
    ("x^-1", "x^(-1)"),
    ("2^x^y", "2^(x^y)"),
    ("x - y - z", "x - y - z"),
    ("x/y/z", "(x/y)/z"),
    ("x/y*z", "(x/y)*z"),
    ("x // y % z", "(x // y) % z"),
    ("-x*y", "(-x)*y"),
    ("x!^2", "(x!)^2"),
    # Unicode
    ("x²", "x^2"),
    ("x⁻¹", "x^(-1)"),
    ("x¹⁰", "x^10"),
    ("x·y", "x*y"),
    ("x×y", "x*y"),
    ("x ⋅ y", "x*y"),
    ("x − y", "x - y"),
    ("x ÷ y", "x/y"),
    ("Aᵀ", "A.T"),
    ("A⊤", "A.T"),
    ("A^T", "A.T"),
    ("(A*B)^T", "(A*B).T"),
    ("A ⊙ B", "hadamard(A, B)"),
    ("√x", "sqrt(x)"),
    ("√(x+y)", "sqrt(x+y)"),
    ("2√x", "2*sqrt(x)"),
    ("½x", "0.5*x"),
    ("σ(x)", "sigma(x)"),
    ("σ'(x)", "sigma'(x)"),
    ("σ′(x)", "sigma'(x)"),
    ("f″(x)", "f''(x)"),
    ("μ + λ", "mu + lambda"),
    ("x₁", "x_1"),
    ("x1", "x_1"),
    ("x_{1}", "x_1"),
    ("𝑥 + y", "x + y"),
    ("x ≤ y", "x <= y"),
    ("x ≥ y", "x >= y"),
    ("x ≠ y", "x != y"),
    ("x < 1 ∧ y < 2", "x < 1 and y < 2"),
    ("¬(x < 1) ∨ y < 2", "not (x < 1) or y < 2"),
    ("∞", "oo"),
    ("π", "pi"),
    ("∑(v[i], (i, 0, 2))", "sum(v[i], (i, 0, 2))"),
    ("δ(i, 0)", "delta(i, 0)"),
    # bars
    ("|x|", "abs(x)"),
    ("|x - |y||", "abs(x - abs(y))"),
    ("2|x|", "2*abs(x)"),
    ("|x|*|y|", "abs(x)*abs(y)"),
    ("|x|^2", "abs(x)^2"),
    ("||v||", "norm(v)"),
    ("||v||^2", "norm(v)^2"),
    # names of functions
    ("ln(x)", "log(x)"),
    ("Max(x, 0)", "max(x, 0)"),
    ("Abs(x)", "abs(x)"),
    ("Heaviside(x)", "heaviside(x)"),
    ("KroneckerDelta(i, 0)", "delta(i, 0)"),
    ("arctan(x)", "atan(x)"),
    ("tr(A)", "trace(A)"),
    ("log2(x)", "log(x)/log(2)"),
    ("log(x, 3)", "log(x)/log(3)"),
    ("pow(x, 2)", "x^2"),
    ("Identity(3)", "eye(3)"),
    ("Rational(1, 2)", "Rational(2, 4)"),
    ("Matrix([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]"),
    ("Matrix(2, 1, [1, 2])", "[[1], [2]]"),
    ("Piecewise((0, x < 0), (1, True))", "0 if x < 0 else 1"),
    ("ITE(x < 0, 1, 2)", "1 if x < 0 else 2"),
    ("And(x < 1, y < 2)", "x < 1 and y < 2"),
    ("(x < 1) & (y < 2)", "x < 1 and y < 2"),
    ("(x < 1) | (y < 2)", "x < 1 or y < 2"),
    ("~(x < 1)", "not x < 1"),
    ("Eq(x, y)", "x == y"),
    ("Mod(x, 2)", "x % 2"),
    # chains and choices
    ("x <= y < z", "(x <= y) and (y < z)"),
    ("1 if x > 0 else 0 if x < -1 else 2", "Piecewise((1, x > 0), (0, x < -1), (2, True))"),
    ("1 if x > 0 else undefined", "Piecewise((1, x > 0))"),
    # binders
    ("Sum(v[k], (k, 0, 2))", "sum(v[k], (k, 0, 2))"),
    ("sum(v[k] for k in range(3))", "sum(v[k], (k, 0, 2))"),
    ("sum(v[k] for k in range(1, 3))", "sum(v[k], (k, 1, 2))"),
    ("sum(v[k] for k in range(n))", "sum(v[k], (k, 0, n - 1))"),
    ("sum(v[k] for k in range(1, n + 1))", "sum(v[k], (k, 1, n))"),
    ("sum(f(k) for k in range(0, n, 2))", "sum(f(k) for k in range(0, n) if k % 2 == 0)"),
    ("sum(A[j, k] for j in range(2) for k in range(j))", "sum(sum(A[j, k], (k, 0, j - 1)), (j, 0, 1))"),
    ("sum(A[j, k], (k, 0, j), (j, 0, 1))", "sum(sum(A[j, k], (k, 0, j)), (j, 0, 1))"),
    ("sum(A[j, k], j, k)", "sum(sum(A[j, k], j), k)"),
    ("max(v[k] for k in range(3))", "max(v[k], (k, 0, 2))"),
    ("integrate(x, (x, 0, 1))", "integral(x, (x, 0, 1))"),
    ("Limit(1/x, x, 0, dir='-')", "limit(1/x, x, 0, '-')"),
    ("range(1, 3)", "[i for i in range(1, 3)]"),
    ("{mu: 1, x: 2}", "dict(mu=1, x=2)"),
    ("{'mu': 1}", "dict(mu=1)"),
    ("A[0][1]", "A[0, 1]"),
    ("A.max(0)", "max(A, axis=0)"),
    ("A.mean((0, 1))", "mean(A, axis=(0, 1))"),
    ("A.sum()", "sum(A)"),
    ("mean([[A[j, k] for k in range(2)] for j in range(2)], axis=1)",) * 2,
    ("mean([v[k] for k in range(3)], keepdims=true)",) * 2,
    ("np.exp(x) + np.pi", "exp(x) + pi"),
    ("np.array([1, 2])", "[1, 2]"),
    ("x\n + y", "x + y"),
]


@pytest.mark.parametrize(("text", "twin"), SAME)
def test_two_spellings_of_one_tree(text: str, twin: str) -> None:
    assert tree(text) == tree(twin), f"{to_text(tree(text))} is not {to_text(tree(twin))}"


DIFFERENT = [
    ("x + (y + z)", "x + y + z"),
    ("x/y", "x*y^(-1)"),
    ("x/x", "1"),
    ("x^2", "x*x"),
    ("A*B", "A @ B"),
    ("x - x", "0"),
    ("sqrt(x)^2", "x"),
    ("0/(x - 1)", "0"),
]


@pytest.mark.parametrize(("text", "other"), DIFFERENT)
def test_nothing_is_simplified(text: str, other: str) -> None:
    assert tree(text) != tree(other)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.587", Fraction(587, 1000)),
        ("1e-3", Fraction(1, 1000)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1.5E2", 150),
        ("-7", -7),
        ("00012", 12),
        ("Rational(-3, 4)", Fraction(-3, 4)),
        ("9" * 1000, int("9" * 1000)),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    assert tree(text) == Number(value)


def test_a_long_sum_is_wide_not_deep() -> None:
    node = tree(" - ".join(["x"] * 3000))
    assert isinstance(node, Apply) and len(node.args) == 3000


def test_bound_names_shadow_declared_ones() -> None:
    node = tree("sum(x, (x, 0, 2)) + x")
    assert isinstance(node, Apply) and isinstance(node.args[0], Binder)
    assert node.args[0].variable.kind == INDEX
    assert node.args[1] == Variable("x")


def test_the_upper_end_of_a_sum_is_outside_of_it() -> None:
    node = tree("integral(x, (x, 0, x))")
    assert isinstance(node, Binder) and node.upper == Variable("x")


def test_declared_names_shadow_constants_and_functions() -> None:
    scope = Scope({name: Variable(name) for name in ["e", "E", "beta", "pi", "gamma", "S", "N", "I"]})
    node = read_text("e + E + beta + pi + gamma + S + N + I", scope)
    assert all(isinstance(part, Variable) for part in node.children)


def test_undeclared_constants_are_constants() -> None:
    assert to_text(read_text("e^x + E + pi + oo", SCOPE)) == "e^x + e + pi + oo"


def test_an_entry_counts_from_the_origin_of_its_syntax() -> None:
    origins: list[tuple[int | dict[str, int], int]] = [(0, 0), (1, 1), ({"text": 1, "latex": 0}, 1)]
    for origin, expected in [*origins, ({"latex": 1}, 0)]:
        node = read_text("v[1]", Scope(SCOPE.names, index_from=origin))
        assert isinstance(node, Index) and node.origin == expected


def test_a_prime_is_an_order() -> None:
    node = tree("f''(x)")
    assert isinstance(node, Call) and node.orders == (2,)
    assert tree("f(x, y)") == Call(Variable("f", FUNCTION), (Variable("x"), Variable("y")), (0, 0))


def test_options_keep_their_order_and_words() -> None:
    node = tree("softmax(v, axis=0, mode='full', layout=denominator)")
    assert isinstance(node, Apply)
    assert [name for name, _ in node.options] == ["axis", "mode", "layout"]
    assert to_text(node) == "softmax(v, axis=0, mode='full', layout='denominator')"


def test_every_node_knows_where_it_stood() -> None:
    text = "(x + 2*y)/sigma(v[i]) if x > 0 else sum(v[k], (k, 0, 2))"
    for node in walk(tree(text)):
        if node.span is not None:
            start, end = node.span
            assert 0 <= start < end <= len(text)
    node = tree("x + 2*y")
    assert [text_of("x + 2*y", part) for part in node.children] == ["x", "2*y"]


def text_of(text: str, node: Expr) -> str:
    assert node.span is not None
    return text[slice(*node.span)]


def test_free_indices_are_those_that_no_sum_binds() -> None:
    names = [v.name for v in free_indices(read_text("sum(A[j,k]*B[k,i], (k, 0, n))", Scope(strict=False)))]
    assert names == ["i", "j"]


def test_what_is_available_comes_with_the_scope() -> None:
    assert isinstance(read_text("softmax(v)", SCOPE), Apply)
    opaque = read_text("softmax(y)", Scope(strict=False))
    assert isinstance(opaque, Call)


def test_cases_are_flat_where_they_are_written_flat() -> None:
    flat, nested = tree("1 if x > 0 else 2 if y > 0 else 3"), tree("1 if x > 0 else (2 if y > 0 else 3)")
    assert isinstance(flat, Cases) and len(flat.branches) == 2
    assert isinstance(nested, Cases) and len(nested.branches) == 1


def test_for_x_in_an_array_runs_through_its_index() -> None:
    node = tree("sum(x^2 for x in v)")
    assert isinstance(node, Binder) and node.lower is None and node.upper is None
    assert node.body == Apply("pow", (Index(NAMES[10], (node.variable,)), Number(2)))


def test_text_and_latex_are_told_apart() -> None:
    assert read("x^2", SCOPE) == read("$x^{2}$", SCOPE)
    assert isinstance(read("[[1, 2], [3, 4]]", SCOPE), Sequence)


@pytest.mark.parametrize(
    ("text", "twin"),
    [("f(x)(A)[0,1]", "f(x)*A[0,1]"), ("(x)(A).T", "x*A.T"), ("f(x)(A)[0][1]", "f(x)*A[0,1]")],
)
def test_what_stands_behind_a_product_goes_with_its_last_factor(text: str, twin: str) -> None:
    scope = read_given(["x: real", "A: matrix(2, 2)", "f: function"], strict=True).scope
    assert read_text(text, scope) == read_text(twin, scope)


def test_full_width_digits_and_signs_are_their_ascii_twins() -> None:
    assert to_text(read_text("（x＋１）＊２", Scope(strict=False))) == "(x + 1)*2"
