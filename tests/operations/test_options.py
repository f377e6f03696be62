"""Options of a kind that an operation doesn't take are refused: none is passed over, none fails later."""

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Invalid

GIVEN = ("X: matrix(4,4)", "v: vector(4)", "f: function")

REFUSED = [
    *(f"norm(v, p={value})" for value in ("(1,2)", "'abc'", "v", "x > 0", "true", "{a: 1}", "f")),
    *(f"var(v, ddof={value})" for value in ("()", "[1,2]", "v", "true", "X")),
    *(f"gelu(v, approximate={value})" for value in ("true", "(1,2)", "v", "'erf'", "1")),
    *(f"mse(v, v, reduction={value})" for value in ("true", "1", "'max'", "v")),
    *(f"{head}(X, axis=())" for head in ("softmax", "log_softmax", "logsumexp", "concat")),
    "softmax(X, axis=(0, 1))",
    "leaky_relu(v, negative_slope=v)",
    "elu(v, alpha=X)",
    "correlate(v, v, mode=3)",
]


@pytest.mark.parametrize("text", REFUSED)
def test_an_option_of_another_kind_is_refused(text: str) -> None:
    assert compare(text, "1", GIVEN).verdict.verdict == "invalid"


@pytest.mark.parametrize(
    "text",
    ["norm(v, p=3)", "norm(v, p=q)", "norm(v, p=oo)", "var(v, ddof=1)", "gelu(v, approximate='tanh')",
     "mse(v, v, reduction='sum')", "softmax(X, axis=0)", "logsumexp(X, axis=-1)", "elu(v, alpha=a/2)"],
)  # fmt: skip
def test_what_an_operation_takes_is_taken(text: str) -> None:
    assert compare(text, text, GIVEN).verdict.verdict == "equal"


@pytest.mark.parametrize(
    ("text", "ours"),
    [("softmax(X, dim=1)", "softmax(X, axis=1)"),
     ("sum(X, axis=0, keepdim=true)", "sum(X, axis=0, keepdims=true)"),
     ("mean(X, dim=0)", "mean(X, axis=0)"),
     ("concat(X, X, dim=1)", "concat(X, X, axis=1)")],
)  # fmt: skip
def test_what_libraries_call_the_same_is_taken(text: str, ours: str) -> None:
    assert compare(text, ours, GIVEN).verdict.verdict == "equal"
    assert (
        compare(text, ours.replace("axis=1", "axis=2").replace("axis=0", "axis=1"), GIVEN).verdict.verdict
        != "equal"
    )


# what libraries write, and here is refused: with the cure, and what the cure says
OF_LIBRARIES = [
    ("var(X, dim=0)", "ddof=1", "var(X, axis=0, ddof=1)"),
    ("norm(v, ord=1)", "p=", "norm(v, p=1)"),
    ("norm(X, axis=1)", "sqrt(sum(hadamard(X, X), axis=1))", "sqrt(sum(hadamard(X, X), axis=1))"),
    ("batch_norm(X, running_mean=v, running_var=v)", "batch_norm_inference", "batch_norm_inference(X, v, v)"),
    ("avg_pool2d(X, 3, padding=1, ceil_mode=true)", "pad(X, 1)", "avg_pool2d(pad(X, 1), 3, ceil_mode=true)"),
    ("mse(v, v, weight=v)", "reduction='none'", "mean(hadamard(v, mse(v, v, reduction='none')))"),
    ("X - mean(X, axis=1, keepdims=true)", "*ones(4).T", "X - mean(X, axis=1)*ones(4).T"),
    ("X - mean(X, axis=0, keepdims=true)", "ones(4)*", "X - ones(4)*mean(X, axis=0).T"),
]


@pytest.mark.parametrize(("text", "cure", "cured"), OF_LIBRARIES)
def test_what_libraries_write_is_refused_with_a_cure_that_works(text: str, cure: str, cured: str) -> None:
    verdict = compare(text, "1", GIVEN).verdict
    assert isinstance(verdict, Invalid)
    assert cure in verdict.error.cure
    assert compare(cured, cured, GIVEN).verdict.verdict == "equal"
