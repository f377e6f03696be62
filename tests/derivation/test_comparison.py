"""From two texts to a verdict: names, indices, shapes, and errors with their place."""

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Different, Invalid

CASES = [
    ("p[i]*(delta(i,j) - p[j])", "diag(p) - p*p.T", ("p: vector(n)",), "equal"),
    ("p[i]*(delta(i,j) + p[j])", "diag(p) - p*p.T", ("p: vector(n)",), "different"),
    ("x.T*y", "sum(x[i]*y[i], i)", ("x: vector(n)", "y: vector(n)"), "equal"),
    ("A*B", "B*A", ("A: matrix(n,n)", "B: matrix(n,n)"), "different"),
    ("[1, 2, 3]", "[[1], [2], [3]]", (), "equal"),
    ("[1, 2, 3]", "[1, 2]", (), "different"),
    ("{a: 1, b: 2}", "{b: 2, a: 1}", (), "equal"),
    ("{1, 2}", "{2, 1}", (), "equal"),
    ("x > 0 and y > 0", "y > 0 and x > 0", (), "equal"),
    (r"\frac{1}{1+e^{-x}}", "sigmoid(x)", (), "equal"),
    ("exp(-10^6*x^2)", "0", (), "different"),
    ("x", "x + 10^-40*sin(x)", (), "different"),
    ("max(x,0)*max(-x,0)", "0", (), "equal"),
    ("heaviside(max(x,0))", "heaviside(x)", (), "different"),
    ("diff(f(g(x)), x)", "f'(g(x))*g'(x)", ("f: function", "g: function"), "equal"),
    ("A^-1*A", "eye(2)", ("A: matrix(2,2)",), "equal"),
    ("softmax([x, -oo])", "[1, 0]", (), "equal"),
    ("attention(Q, K, V, mask=[[0, -oo], [0, 0]])[0, 0]", "V[0, 0]",
     ("Q: matrix(2,2)", "K: matrix(2,2)", "V: matrix(2,2)"), "equal"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "given", "verdict"), CASES)
def test_verdict(a: str, b: str, given: tuple[str, ...], verdict: str) -> None:
    assert compare(a, b, given).verdict.verdict == verdict
    assert compare(b, a, given).verdict.verdict == verdict


@pytest.mark.parametrize(
    ("a", "column"),
    [("1 + [[1,2]]*[[3,4]]", 5), ("x[7] + 1", 1), ("2 +", 3), ("nothing(", 8)],
)
def test_an_error_points_into_the_text(a: str, column: int) -> None:
    verdict = compare(a, "1", ["x: vector(3)"]).verdict
    assert isinstance(verdict, Invalid)
    assert verdict.error.place is not None
    assert verdict.error.place.column == column
    assert "^" in verdict.error.in_full()


def test_indices_count_from_where_is_said() -> None:
    assert compare("x[1]", "x[0]", ["x: vector(3)"], index_from=0).verdict.verdict == "different"
    one = compare("[x[1], x[2]]", "x", ["x: vector(2)"], index_from=1)
    assert one.verdict.verdict == "equal"


MIXED = [
    (r"x_i", "x[i]", "equal"),
    (r"\frac{x_i}{\sum_k x_k}", "x[i]/sum(x)", "equal"),
    (r"\sum_{j\neq i} x_j", "sum(x) - x[i]", "equal"),
    (r"\sum_{j=1}^{n} x_j\delta_{ij}", "x[i]", "equal"),
    (r"\sum_{j=1}^{i-1} x_j", "sum(x[j], (j, 0, i-1))", "equal"),
    (r"\sum_{j=i+1}^{n} x_j", "sum(x[j], (j, i, n-1))", "different"),
    (r"x_{n-i+1}", "flip(x)[i]", "equal"),
    (r"x_{i+1}", "x[i]", "different"),
    (r"x_{i+1}", "x", "different"),
    (r"x_i", "x", "equal"),
    ("$x_1$", "x[0]", "equal"),
    ("$x_n$", "x[n-1]", "equal"),
    ("x_1", "x[0]", "invalid"),  # text or LaTeX?
    ("x_n", "x[n-1]", "invalid"),
]


@pytest.mark.parametrize(("a", "b", "verdict"), MIXED)
def test_latex_may_count_from_one_beside_text_from_zero(a: str, b: str, verdict: str) -> None:
    origins = {"text": 0, "latex": 1}
    given = ["x: vector(n)", "i: index"]
    assert compare(a, b, given, index_from=origins).verdict.verdict == verdict
    assert compare(b, a, given, index_from=origins).verdict.verdict == verdict


def test_the_order_of_free_indices_can_be_said() -> None:
    given = ["A: matrix(2,2)"]
    assert compare("A[i,j]", "A", given).verdict.verdict == "equal"
    assert compare("A[i,j]", "A", given, entry=("j", "i")).verdict.verdict == "different"


@pytest.mark.parametrize(
    ("a", "b", "hinted"),
    [
        ("sum(x[i], (i, 1, n))", "sum(x)", True),
        (r"\sum_{i=1}^n x_i", "sum(x)", True),
        ("sum(x)", "sum(x[i]^2, (i, 1, n))", True),
        ("sum(x[i], (i, 1, n-1))", "sum(x)", False),
        ("sum(x[i]/0, (i, 0, n-1))", "sum(x)", False),
        ("sum(x[i], (i, 0, n-1))", "sum(x)", False),
    ],
)
def test_a_sum_that_counts_from_one_is_told_so(a: str, b: str, hinted: bool) -> None:
    found = compare(a, b, ["x: vector(n)"])
    assert bool(found.hint) is hinted
    assert not hinted or found.verdict.verdict == "different"


def test_what_nobody_declared_is_told() -> None:
    sizes = compare("sum(x[i]*y[i], (i, 0, n-1))", "sum(x[i]*y[i], i)")
    assert sizes.verdict.verdict == "different" and "len(x)" in sizes.hint
    assert "A, I, lambda aren't declared" in compare(r"A + \lambda I", "A + lambda*eye(n)").hint
    numbers = compare("c + I", "[1, 2]", ["c: real"])
    assert numbers.hint.startswith("I isn't declared")
    assert not compare("c", "[1, 2]", ["c: real"]).hint
    assert not compare("sum(x)", "sum(x[i], (i, 0, k-1))", ["x: vector(n)", "k: positive integer"]).hint


def test_sizes_that_differ_are_those_at_which_both_arrays_exist() -> None:
    verdict = compare("conv1d(x, w)", "x", ("x: vector(n)", "w: vector(k)")).verdict
    assert isinstance(verdict, Different)
    at = dict(verdict.witness.point)
    assert 1 < int(at["k"]) <= int(at["n"])


@pytest.mark.parametrize("end", ["x[1/2:]", "x[:y]", "x[1:(2, 3)]", "x[:, :]", "x[0, :]"])
def test_slices_have_whole_ends_and_axes_that_exist(end: str) -> None:
    assert isinstance(compare(end, "x", ("x: vector(5)", "y: real")).verdict, Invalid)


def test_sums_among_sizes_stand_in_brackets() -> None:
    read = compare("X[1:]", "X[1:]", ("X: matrix(n, m)",)).a
    assert read is not None
    assert (read.shape, read.shape_text) == (["n - 1", "m"], "(n - 1)×m")
