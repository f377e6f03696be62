"""The rules of docs/language-latex.md: each example there, and what only a test can say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symderiv import api
from symderiv.errors import ReadError, SymderivError, UnknownName
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Binder, Expr, Index, Mapping
from symderiv.language import Scope, infer, read_declaration, read_text
from symderiv.language.latex.lexing.macros import read_macros
from symderiv.language.latex.reading import read_latex, read_latex_chain

PAGE = (Path(__file__).parents[2] / "docs" / "language-latex.md").read_text(encoding="utf-8")
OPERATIONS = {n: n for n in "softmax sigmoid gradient jacobian diff flip".split()}


def block(name: str) -> list[str]:
    return re.search(rf"```{name}\n(.*?)```", PAGE, re.DOTALL).group(1).splitlines()  # type: ignore[union-attr]


def scope(declarations: list[str], strict: bool = True, **more: object) -> Scope:
    found = Scope(functions=OPERATIONS, strict=strict, **more)  # type: ignore[arg-type]
    for declaration in declarations:
        found = found.declare([read_declaration(declaration, found)])
    return found


NOTATION = dict(line.split(": ", 1) for line in block("notation"))
SCOPE = scope(block("given"), notation=NOTATION)
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \|$", PAGE, re.MULTILINE)
FREE = Scope(strict=False, functions=OPERATIONS)


@pytest.mark.parametrize(("latex", "meaning"), ROWS, ids=[latex for latex, _ in ROWS])
def test_the_page_is_true(latex: str, meaning: str) -> None:
    if meaning.startswith("refused"):
        with pytest.raises(SymderivError) as caught:
            read_latex(latex, SCOPE)
        assert caught.value.place is not None
    else:
        assert read_latex(latex, SCOPE) == read_text(meaning.strip("`"), SCOPE)


def test_the_page_has_examples() -> None:
    assert len(ROWS) > 80


def free(latex: str) -> Expr:
    return read_latex(latex, FREE)


def test_undeclared_names_are_what_their_use_says() -> None:
    tree = free(r"\sum_{m=1}^{n} x_m w_{m,j} + f(c) + e^{b}")
    kinds = {
        v.name: v.kind for v in infer([r"\sum_{m=1}^{n} x_m w_{m,j} + f(c)"], FREE, "latex").names.values()
    }
    assert (
        len(kinds["x"].shape) == 1 and len(kinds["w"].shape) == 2 and kinds["j"].index and kinds["f"].function
    )
    assert isinstance(tree, Apply) and tree.head == "add"


def test_an_undeclared_letter_before_a_bracket_may_be_a_factor() -> None:
    assert to_text(free("f(x)")) == "f(x)"
    assert to_text(free("x(1-x)")) == "x*(1 - x)"
    assert to_text(free(r"p(x) \log p(x) + D(a_i, b_i)")) == "p(x)*log(p(x)) + D(a[i], b[i])"
    for text in ("a(b+c)", "O(n)"):
        with pytest.raises(ReadError, match="function or a factor"):
            free(text)
    with pytest.raises(ReadError, match="argument of p is missing"):
        free("p(x) + p")


def test_an_undeclared_name_with_indices_in_square_brackets_is_an_array() -> None:
    twins = {
        r"\frac{X[b, c, h, w] - \mu[c]}{\sigma[c]}": "(X[b, c, h, w] - mu[c])/sigma[c]",
        r"Y[1,1] W[1][2]": "Y[1, 1]*W[1, 2]",
        r"\sum_{k=0}^{2} h[k] x[n-k]": "sum(h[k]*x[n - k], (k, 0, 2))",
        r"\gamma[c] x": "gamma[c]*x",
        r"\sum_{b=1}^{B} X[b+1]": "sum(X[b + 1], (b, 1, B))",
    }
    for latex, text in twins.items():
        assert to_text(free(latex)) == text
    for doubtful in ("a[b+c]", "f[x]", r"\gamma(x)"):
        with pytest.raises(ReadError, match=r"an entry, or a product|function or a factor"):
            free(doubtful)


def test_a_number_in_brackets_above_is_part_of_an_undeclared_name() -> None:
    twins = {
        r"W^{(2)} \tanh(W^{(1)} x + b^{[1]})": "W2*tanh(W1*x + b1)",
        r"w^{(1)}_{ij} x_j": "w1[i, j]*x[j]",
        r"w_{2}^{(1)}": "w1_2",
        r"f^{(2)}(x)": "f''(x)",
    }
    for latex, text in twins.items():
        assert to_text(free(latex)) == text
    with pytest.raises(ReadError, match="above isn't a power"):
        free("x^{(i)}")
    with pytest.raises(ReadError, match="one name, or two"):
        read_latex("x^{(1)} + x_1", infer(["$x^{(1)} + x_1$"], FREE))


def test_an_index_in_brackets_above_is_the_first_index() -> None:
    total = r"\sum_{i=1}^{m} (h - y^{(i)}) x^{(i)}_j"
    assert to_text(free(total)) == "sum((h - y[i])*x[i, j], (i, 1, m))"
    given = Scope(
        names={name.name: name for name in map(read_declaration, ("x: matrix(m, n)", "i: index", "j: index"))}
    )
    assert to_text(read_latex("x^{(i)}_j", given)) == "x[i, j]"
    for refused in ("x^{(i)}", r"\sum_{k=0}^{n} f^{(k)}(x)"):
        with pytest.raises(ReadError, match=r"above isn't a power|iteration"):
            read_latex(refused, given if refused[0] == "x" else FREE)


def test_a_numbered_label_is_a_name_and_a_letter_an_index() -> None:
    assert to_text(free("x_1 + x_2")) == "x_1 + x_2"
    assert isinstance(free("x_i"), Index)
    assert to_text(free("x_1 + x_i")) == "x[1] + x[i]"


def test_indices_count_from_where_latex_counts() -> None:
    counted = scope(["v: vector(3)"], index_from={"text": 0, "latex": 1})
    tree = read_latex("v_1", counted)
    assert isinstance(tree, Index) and tree.origin == 1


def test_a_double_sum_below_one_sign() -> None:
    tree = free(r"\sum_{i<j} x_i x_j")
    assert isinstance(tree, Binder) and isinstance(tree.body, Binder)
    assert to_text(tree.body.condition) == "i < j"


def test_a_declared_index_is_not_summed_over() -> None:
    declared = scope(["p: vector(n)", "i: index"])
    tree = read_latex(r"p_i \sum_{m \ne i} p_m", declared)
    assert isinstance(tree, Apply) and isinstance(tree.args[1], Binder)
    assert tree.args[1].variable.name == "m" and not isinstance(tree.args[1].body, Binder)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{align*} (x+1)^2 &= (x+1)(x+1) \\ &= x^2 + 2x + 1 \end{align*}",
        r"(x+1)^2 = (x+1)(x+1) = x^2+2x+1",
        r"\begin{aligned} (x+1)^2 \\ = (x+1)(x+1), \\ = x^2 + 2x + 1. \end{aligned}",
        r"$$(x+1)^2 = (x+1)(x+1) \\ = x^2+2x+1$$",
    ],
)
def test_chains(text: str) -> None:
    found = [to_text(member) for member in read_latex_chain(text, scope(["x: real"]))]
    assert found == ["(x + 1)^2", "(x + 1)*(x + 1)", "x^2 + 2*x + 1"]


def test_named_results() -> None:
    tree = read_latex(r"\mu = x,\quad \sigma = 2", scope(["x: real"]))
    assert isinstance(tree, Mapping) and [key for key, _ in tree.items] == ["mu", "sigma"]
    tree = read_latex(r"(0,0)\mapsto 0,\ (0,1)\mapsto 1", scope([]))
    assert isinstance(tree, Mapping) and len(tree.items) == 2


def test_the_authors_commands_are_expanded() -> None:
    known = scope(["x: real", "v: vector(3)"])
    text = r"\newcommand{\half}[1]{\frac{#1}{2}} \newcommand\vv{\mathbf{v}} \half{x} + \vv^\top\vv"
    assert read_latex(text, known) == read_text("x/2 + v.T*v", known)
    macros = read_macros(r"\DeclareMathOperator{\sm}{softmax} \newcommand{\R}{\mathbb{R}}")
    assert read_latex(r"\sm(v)", known, macros=macros) == read_text("softmax(v)", known)


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\a}{\a\a}\a",
        r"\newcommand{\a}{\b}\newcommand{\b}{\a}\a",
        r"\newcommand{\a}[1]{#1#1}\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{x}}}}}}}}}}}}}}}}",
        r"\newcommand{\a}{\input{x}}\a",
        r"\newcommand{\a}[2]{#1}\a{x}",
        r"\newcommand{\a}{",
    ],
)
def test_commands_without_end_are_refused(text: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_latex(text, scope(["x: real"]))
    assert caught.value.place is not None


def test_places_count_lines_and_columns() -> None:
    with pytest.raises(UnknownName) as caught:
        read_latex("x +\n  \\frac{q}{2}", scope(["x: real"]), source="answer.tex", first_line=10)
    place = caught.value.place
    assert place is not None and (place.source, place.line, place.column) == ("answer.tex", 11, 9)
    assert caught.value.in_full().splitlines()[-1].strip() == "^"


@pytest.mark.parametrize(
    "name", ["input", "include", "write", "openin", "catcode", "def", "csname", "read", "special"]
)
def test_commands_that_do_something_are_refused(name: str) -> None:
    with pytest.raises(ReadError, match="isn't mathematics"):
        free(rf"x + \{name}{{x}}")


HOSTILE = [
    "{" * 100_000,
    "{" * 50_000 + "}" * 50_000,
    r"\sqrt" * 20_000 + "x",
    "x^" * 30_000 + "x",
    "|" * 50_000,
    r"\log " * 3000 + "x",
    r"\exp{" * 90 + "x" + "}" * 90,
    "x_{" * 90 + "1" + "}" * 90,
    r"\left(" * 5000,
    r"\begin{cases}" * 200,
    r"\sum_{i=1}^{n}" * 200 + "x_i",
    r"\hat" * 5000 + "x",
    "9^{9^{9^{9}}}",
    r"10^{8}!",
    "x\x00y",
    "x\u202ey",
    "\ud800",
    "$" * 1000,
    "_" * 100,
    "&" * 1000,
    r"\over x",
    "\\",
    "x\\",
    "2" * 5000,
    "__import__('os').system('x')",
    "^^5c",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_formulas_end_in_a_placed_error(text: str) -> None:
    with pytest.raises(SymderivError) as caught:
        free(text)
    assert caught.value.place is not None


def test_a_twin_in_text_says_what_a_subscript_is() -> None:
    both = infer([r"H_{10} + 2H_{20}", "H[1,0] + 2*H[2,0]"], FREE, "auto")
    assert read_latex(r"H_{10} + 2H_{20}", both) == read_text("H[1,0] + 2*H[2,0]", both)


@pytest.mark.parametrize(
    "text",
    [
        r"\operatorname{argmax}_i x_i",
        r"\mathrm{argmax}_i x_i",
        r"\operatorname{rank} A",
        r"x^2\,\mathrm{d}x",
        r"\mathrm{d}f = 2x\,\mathrm{d}x",
    ],
)
def test_what_is_no_factor_makes_no_product(text: str) -> None:
    with pytest.raises(ReadError, match=r"not part of the language|a differential stands here"):
        free(text)


def test_a_word_in_capitals_before_an_operand_is_the_function() -> None:
    assert to_text(read_latex(r"\operatorname{Tr} A", scope(["A: matrix(2, 2)"]))) == "trace(A)"
    assert to_text(free(r"\mathrm{Loss}^2 + \mathrm{rank}")) == "Loss^2 + rank"


def test_relations_may_be_typed() -> None:
    twins = {r"\frac{1}{2} <= x": "1/2 <= x", r"\alpha >= 1": "alpha >= 1", r"\alpha == 1": "alpha == 1"}
    for latex, text in twins.items():
        assert to_text(free(latex)) == text


def test_what_a_condition_compares_is_a_factor_before_a_bracket() -> None:
    assert api.read(r"\alpha(e^x - 1)", "alpha > 0").text == "alpha*(e^x - 1)"
    assert api.read(r"\sigma(x)", "sigma > 0").text == "sigma(x)"
    with pytest.raises(ReadError, match="function or a factor"):
        api.read(r"\alpha(e^x - 1)", "beta > 0")


def test_a_bracket_above_a_name_that_nobody_declared_may_number_a_step() -> None:
    with pytest.raises(ReadError, match="the number of a step above, or its power"):
        free("x^{(k+1)}")
    assert to_text(read_latex("a^{(k+1)}", scope(["a: real", "k: integer"]))) == "a^(k + 1)"
    assert to_text(free("2^{(k+1)}")) == "2^(k + 1)"


def test_a_declared_number_that_only_indexes_is_bound() -> None:
    given = scope(["k: integer", "v: vector(n)", "n: size", "u: vector(n)"])
    assert to_text(read_text("sum(v[k]*u[k], k)", given)) == "sum(v[k]*u[k], k)"
    assert to_text(read_latex(r"\sum_n v_n", given)) == "sum(v[n], n)"
    with pytest.raises(ReadError, match="stands after a sum"):
        read_latex(r"\sum_k v_k + u_k", given)


def test_letters_without_end_are_refused_soon() -> None:
    with pytest.raises(SymderivError, match="too many letters"):
        read_latex("x" * 20_000, scope(["x: real"]))
