"""What a text that can't be read is told: where, what was expected, and the cure."""

from __future__ import annotations

import pytest

from symderiv.errors import LimitExceeded, ReadError, SymderivError, UnknownName
from symderiv.expression.kinds import FUNCTION, Kind
from symderiv.expression.tree import Variable
from symderiv.language import Scope, read_text
from symderiv.language.known_elsewhere import KNOWN_ELSEWHERE
from symderiv.operations import OPERATIONS

SCOPE = Scope(
    {
        "x": Variable("x"),
        "y": Variable("y"),
        "alpha": Variable("alpha"),
        "v": Variable("v", Kind(shape=(None,))),
        "f": Variable("f", FUNCTION),
    },
    functions={"softmax": "softmax"},
    withheld=frozenset({"conv2d", "diff", "relu"}),
)

# text, column, length, what is said, what cures it
FAULTS = [
    ("xy", 1, 2, "'xy' is not declared", "did you mean x*y?"),
    ("x + xyx", 5, 3, "'xyx' is not declared", "x*y*x"),
    ("alhpa", 1, 5, "'alhpa' is not declared", "did you mean alpha?"),
    ("X", 1, 1, "'X' is not declared", "did you mean x?"),
    ("sofmax(v)", 1, 6, "'sofmax' is not declared", "did you mean softmax?"),
    ("q", 1, 1, "'q' is not declared", ""),
    ("conv2d(v, v)", 1, 6, "conv2d may not be used here", "write out"),
    ("Derivative(x, x)", 1, 10, "Derivative may not be used here", "write out"),
    ("ReLU(x)", 1, 4, "ReLU may not be used here", ""),
    ("x(y)", 1, 1, "x is not a function", "x*(…)"),
    ("x[0]", 1, 1, "x is a number", "vector(n)"),
    ("exp", 1, 3, "exp is a function", "exp(x)"),
    ("x 2", 3, 1, "an operator is missing", "*"),
    ("2 x y", 3, 1, "a name, or the sign of a product", "write *"),
    ("f x", 1, 1, "f is a function", "f(x)"),
    ("1/(x+1)(x-1)", 3, 10, "it isn't clear", "a/(b*c)"),
    ("x^2y", 3, 2, "it isn't clear", ""),
    ("log x/2", 1, 6, "where the argument of log ends", "with brackets"),
    ("x > 0 && y > 0", 7, 2, "this sign", "write and"),
    ("E[x]", 1, 1, "expectation", ""),
    ("√(x)(y)", 1, 7, "this root", "√(…)"),
    ("1/2x", 3, 2, "it isn't clear", "a/(b*c)"),
    ("2^3x", 3, 2, "it isn't clear", ""),
    ("x +", 3, 1, "nothing stands after this +", ""),
    ("* x", 1, 1, "nothing stands before this *", ""),
    ("x + * y", 5, 1, "nothing stands before this *", ""),
    ("(x + y", 1, 1, "never closed", ""),
    ("x + y)", 6, 1, "never opened", "delete )"),
    ("(x + y]", 7, 1, "] closes a (", ""),
    ("x = 2", 3, 1, "= is not a comparison", "=="),
    ("x, y", 2, 1, "outside of brackets", "(a, b)"),
    ("f(x,, y)", 5, 1, "before this comma", ""),
    ("v(0:2)", 4, 1, "colon", "a slice"),
    ("log x y", 1, 7, "where the argument of log ends", "with brackets"),
    ("abs x", 5, 1, "brackets", "abs(x)"),
    ("scipy.exp(x)", 1, 9, "no library", "exp(…)"),
    ("np.linalg.svd(x)", 1, 13, "no library", "the formula"),
    ("torch.var(x)", 1, 9, "no library", "var(…)"),
    ("v.mean", 3, 4, "mean is a function", "mean(…)"),
    ("sum(v[k], k, axis=0)", 14, 4, "nothing is named 'axis'", "leave it out"),
    ("v.max(0, 1)", 10, 1, "one axis", ""),
    ("np.load('x')", 1, 7, "no library", ""),
    ("x.foo", 2, 4, "'.foo'", ""),
    ("√x²", 1, 3, "this root", "√(…)"),
    ("x'", 1, 2, "prime", "f'(x)"),
    ("v'", 1, 2, "prime", "v.T"),
    ("|x", 1, 1, "bar is never closed", "abs(x)"),
    ("1 if x", 5, 2, "no condition", "write the condition"),
    ("(1 if x > 0, 2)", 12, 1, "no 'else'", "a if c else b"),
    ("x ? y", 3, 1, "'?'", ""),
    ("f(x=1)", 3, 1, "named arguments", ""),
    ("Piecewise(x)", 11, 1, "no case", ""),
    ("integral(x, x)", 1, 14, "both bounds", ""),
    ("limit(x)", 1, 8, "its variable and its point", ""),
    ("delta(1)", 1, 8, "two indices", ""),
    ("Piecewise((1, x > 0), axis=1)", 23, 4, "'axis'", ""),
    ("'full' + 1", 1, 6, "quotes", ""),
    ("х + 1", 1, 1, "another alphabet (cyrillic", ""),
    ("9**9**9", 4, 4, "too large", ""),
    ("x^100000", 3, 6, "exponent is too large", ""),
    ("", 1, 1, "nothing is written", ""),
]


@pytest.mark.parametrize(("text", "column", "length", "message", "cure"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_placed_and_cured(text: str, column: int, length: int, message: str, cure: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_text(text, SCOPE)
    error = caught.value
    assert message in error.message, error.in_full()
    assert cure in error.cure, error.in_full()
    assert error.place is not None
    assert (error.place.line, error.place.column) == (1, column), error.in_full()
    assert error.place.length == length, error.in_full()


def test_the_kinds_of_error() -> None:
    for text, kind in [("q", UnknownName), ("x +", ReadError), ("9**9**9", LimitExceeded)]:
        with pytest.raises(kind):
            read_text(text, SCOPE)


def test_a_fault_in_a_later_line_of_a_file() -> None:
    with pytest.raises(ReadError) as caught:
        read_text("x +\n  q", SCOPE, source="answer.yaml", first_line=12)
    assert str(caught.value.place) == "answer.yaml:13:3"
    assert caught.value.in_full().endswith("\n  q\n  ^")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x*y + xy", "did you mean x*y?"),
        ("xy", "did you mean x*y?"),
        ("ab*2", "did you mean a*b?"),
        ("2πr", "did you mean π*r?"),
        ("αβ + α", "did you mean α*β?"),
        ("sinθ", "did you mean sin(θ)?"),
        ("sqrt2/2", "did you mean sqrt(2)?"),
        ("-plogp", "did you mean p*log(p)?"),
        ("softmax(x)_i", "write [i] for an index"),
        ("(A + B)_ij", "write [i, j] for an index"),
    ],
)
def test_letters_never_run_together_even_undeclared(text: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        read_text(text, Scope(strict=False))
    assert caught.value.cure == message


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("xe^x + e^x", "write x*e^… for a product, or declare xe"),
        ("e^xe^y", "write x*e^… for a product, or declare xe"),
        ("xsin(x)", "write x*sin(…) for a product, or declare xsin"),
        ("tanh'''''''(x)", "write the derivative out"),
    ],
)
def test_what_is_no_plain_call_is_refused(text: str, cure: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_text(text, Scope(strict=False))
    assert refused.value.cure == cure
    assert read_text("xe^2", Scope({"xe": Variable("xe")})) is not None


def test_a_change_and_a_declared_name_of_two_scripts_are_names() -> None:
    assert read_text("Δx", Scope(strict=False)) == Variable("Delta_x")
    given = Scope({"alpha_x": Variable("alpha_x")})
    assert read_text("αx", given) == Variable("alpha_x")


@pytest.mark.parametrize("name", sorted(KNOWN_ELSEWHERE))
def test_what_libraries_know_is_no_unknown_function(name: str) -> None:
    """As one, ``scaled_dot_product_attention(Q, K, V)`` would differ from ``attention(Q, K, V)``."""
    assert name not in OPERATIONS
    with pytest.raises(ReadError) as refused:
        read_text(f"{name}(x, y)", Scope(strict=False))
    assert refused.value.cure
