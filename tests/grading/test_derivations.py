"""The ways of the solved homeworks to their answers, judged line by line: formulas only, in our notation."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.exercise import load_exercise, parse_answers
from symderiv.grading import PartReport, check

ROOT = Path(__file__).parents[2]
DIFFERENCES = "examples/derivations/finite-difference-derivation.yaml"
AVERAGE = "examples/derivations/average-pooling-derivation.yaml"
FORWARD = "examples/derivations/forward-formula.yaml"
VALID = "exercises/conv1d-valid-backward.yaml"
FULL = "exercises/conv1d-full-backward.yaml"
LIMIT = "examples/derivations/sigmoid-limit.yaml"
COUNTS = "examples/derivations/sums-of-operations.yaml"
XOR = "examples/derivations/xor-by-cases.yaml"
TWO = "examples/derivations/two-class-softmax.yaml"
NUMBERS = "examples/derivations/sizes-and-weights.yaml"
SHIFT = "exercises/softmax-translation.yaml"
JACOBIAN = "exercises/softmax-jacobian.yaml"
POOLING = "exercises/max-pooling-commutes.yaml"
RELU = "exercises/relu-derivative.yaml"


def judged(path: str, part: str, lines: str) -> PartReport:
    exercise = load_exercise(ROOT / path)
    block = "\n".join(f"    {line}" for line in lines.split("\n"))
    answers = parse_answers(f"exercise: {exercise.id}\nanswers:\n  {part}: |\n{block}\n")
    return check(exercise, answers).part(part)


WRONG = {
    "003/2.2: softmax of two affine functions for softmax of x": (
        TWO,
        "first",
        "1/(1 + exp(-(dot(a0 - a1, x) + b0 - b1)))\n"
        "= exp(dot(a0, x) + b0)/(exp(dot(a0, x) + b0) + exp(dot(a1, x) + b1))\n"
        "= 1/(1 + exp(dot(a1, x) + b1 - dot(a0, x) - b0))",
        "Line 1 ",
    ),
    "004/1.2: the summary swaps two labels": (
        XOR,
        "absolute",
        "[dot(V2, abs([-1,1])), dot(V2, abs([0,0])), dot(V2, abs([1,1])), dot(V2, abs([0,2]))]\n"
        "= [dot(V2, [1,1]), dot(V2, [0,0]), dot(V2, [1,1]), dot(V2, [0,2])]\n= [1, 0, 1, 0]\n= [1, 0, 0, 1]",
        "Line 4 ",
    ),
    "004/1.3: the summary swaps two labels": (
        XOR,
        "rectified",
        "[dot(U2, relu([-1,1])), dot(U2, relu([0,0])), dot(U2, relu([1,-1])), dot(U2, relu([0,0]))]\n"
        "= [1, 0, 1, 0]\n= [1, 0, 0, 1]",
        "Line 3 ",
    ),
    "004/6.1: the operations of the standard form for those of the separable one": (
        COUNTS,
        "compared",
        "2*B*N*H*W*C*K^2 - B*N*H*W\n= 2*B*N*H*W*C*K^2*(1/N - 1/(2*N*K^2) + 1/K^2) - B*N*H*W",
        "Line 1 ",
    ),
    "001/1: the filter's index runs with the position": (
        DIFFERENCES,
        "sum",
        "sum(sum(w[i-1+a,j-1+b]*X[i-1+a,j-1+b], (b, 1, 3)), (a, 1, 3))\n= -X[i,j] + X[i+1,j]",
        "Line 1 ",
    ),
    "001/2: the window's sums run to n/k": (
        AVERAGE,
        "sum",
        "sum(sum(1/k^2*X[k*(i-1)+a,k*(j-1)+b], (b, 1, n/k)), (a, 1, n/k))\n"
        "= 1/k^2*sum(sum(X[k*(i-1)+a,k*(j-1)+b], (b, 1, n/k)), (a, 1, n/k))",
        "Line 1 ",
    ),
    "002/1d: the row's index twice in the forward formula": (
        FORWARD,
        "entry",
        "c\n= [[sum(sum(b[m,n]*a[i+m-1,j+m-1], (n, 1, 3)), (m, 1, 3))"
        " for j in range(1, 4)] for i in range(1, 4)]",
        "Line 2 ",
    ),
    "003/1.3: k to minus infinity for x < 0": (
        LIMIT,
        "left",
        "limit(sigmoid(k*x), k, -oo)\n= H(x)",
        "Line 1 ",
    ),
    "004/6.1: the condition left out of a factorisation": (
        COUNTS,
        "weights",
        "C*K^2 + C*N\n= N*C*K^2",
        "Line 2 ",
    ),
    "003/6.3: the square of k for the second k": (
        VALID,
        "gradient",
        "sum(g[i]*w2[n-i+1], (i, 1, m-k2+1))\n= sum(g[n+j-k2]*w2[k2^2-j+1], (j, 1, k2))\n= full(g, flip(w2))",
        "Line 2 ",
    ),
    "003/6.6: the square of k for the second k": (
        FULL,
        "gradient",
        "sum(g[i]*w2[n-i+k2], (i, 1, m+k2-1))\n"
        "= sum(g[n+j-1]*w2[k2^2-j+1], (j, 1, k2^2))\n= valid(g, flip(w2))",
        "Line 2 ",
    ),
    "003/6.6: full for valid in the last line": (
        FULL,
        "gradient",
        "sum(g[i]*w2[n-i+k2], (i, 1, m+k2-1))\n= sum(g[n+j-1]*flip(w2)[j], (j, 1, k2))\n= full(g, flip(w2))",
        "Line 3 ",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_first_wrong_line_is_found(name: str) -> None:
    path, part, lines, where = WRONG[name]
    report = judged(path, part, lines)
    assert report.verdict == "different"
    assert any(told.startswith(where) for told in report.feedback)


def test_the_wrong_direction_is_named() -> None:
    path, part, lines, _ = WRONG["003/1.3: k to minus infinity for x < 0"]
    assert "limit-direction" in judged(path, part, lines).misconceptions


def test_full_for_valid_is_named() -> None:
    path, part, lines, _ = WRONG["003/6.6: full for valid in the last line"]
    assert "mode-mixed" in judged(path, part, lines).misconceptions


RIGHT = {
    "004/1.2": (
        XOR,
        "absolute",
        "[dot(V2, abs([-1,1])), dot(V2, abs([0,0])), dot(V2, abs([1,1])), dot(V2, abs([0,2]))]\n"
        "= [dot(V2, [1,1]), dot(V2, [0,0]), dot(V2, [1,1]), dot(V2, [0,2])]\n= [1, 0, 1, 0]",
    ),
    "004/1.3": (
        XOR,
        "rectified",
        "[dot(U2, relu([-1,1])), dot(U2, relu([0,0])), dot(U2, relu([1,-1])), dot(U2, relu([0,0]))]\n"
        "= [dot(U2, [0,1]), dot(U2, [0,0]), dot(U2, [1,0]), dot(U2, [0,0])]\n= [1, 0, 1, 0]",
    ),
    "003/5.2": (NUMBERS, "weights", "(3*3*32)*64\n= 288*64\n= 18432"),
    "004/2.2": (NUMBERS, "first-size", "floor((512 + 4 - 5)/2) + 1\n= floor(511/2) + 1\n= 255 + 1\n= 256"),
    "004/5.2": (COUNTS, "grouped", "M*(N/M)*K*K*(C/M)\n= N*K*K*C/M\n= N*C*K^2/M"),
    "004/6.1.vanilla_ops": (
        COUNTS,
        "standard-operations",
        "B*N*H*W*K*K*C + B*N*H*W*(K*K*C - 1)\n= B*N*H*W*(2*K*K*C - 1)\n= 2*B*N*H*W*C*K^2 - B*N*H*W",
    ),
    "004/6.1.dws_ops": (
        COUNTS,
        "separable-operations",
        "B*C*H*W*(2*K*K - 1) + B*H*W*N*(2*C - 1)\n= 2*B*H*W*C*K^2 - B*H*C*W + 2*B*N*H*W*C - B*N*H*W",
    ),
    "004/6.1.compare: the share": (
        COUNTS,
        "compared",
        "2*B*N*H*W*C*K^2*(1/N + 1/K^2) - B*H*W*C - B*N*H*W\n"
        "= 2*B*N*H*W*C*K^2*(1/N - 1/(2*N*K^2) + 1/K^2) - B*N*H*W",
    ),
    "001/1": (
        DIFFERENCES,
        "sum",
        "sum(sum(w[a,b]*X[i-2+a,j-2+b], (b, 1, 3)), (a, 1, 3))\n= X[i+1,j] - X[i,j]",
    ),
    "002/1d": (
        FORWARD,
        "entry",
        "c\n= [[sum(sum(b[m,n]*a[i+m-1,j+n-1], (n, 1, 3)), (m, 1, 3))"
        " for j in range(1, 4)] for i in range(1, 4)]",
    ),
    "001/4": (
        POOLING,
        "window",
        "max(sigma(N))\n= max(sigma(t) for t in N)\n= sigma(max(N))",
    ),
    "003/1.1": (
        RELU,
        "derivative",
        "limit((max(0, x+eps) - max(0, x))/eps, eps, 0)\n= 1 if x > 0 else (0 if x < 0 else undefined)",
    ),
    "003/1.3": (LIMIT, "left", "limit(1/(1 + exp(-k*x)), k, oo)\n= 0\n= H(x)"),
    "003/2.1": (
        SHIFT,
        "shift",
        "S(x+c)[i]\n= exp(x[i]+c)/sum(exp(t+c) for t in x)\n"
        "= exp(x[i])*exp(c)/sum(exp(t)*exp(c) for t in x)\n"
        "= exp(c)*exp(x[i])/(exp(c)*sum(exp(t) for t in x))\n= exp(x[i])/sum(exp(t) for t in x)\n= S(x)[i]",
    ),
    "003/2.4": (JACOBIAN, "jacobian", "p[i]*(delta(i,j) - p[j])\n= diag(p) - outer(p, p)"),
    "003/6.6": (
        FULL,
        "gradient",
        "sum(g[i]*w2[n-i+k2], (i, 1, m+k2-1))\n= sum(g[n+j-1]*w2[k2-j+1], (j, 1, k2))\n= valid(g, flip(w2))",
    ),
    "004/6.1": (COUNTS, "weights", "C*K^2 + C*N\n= C*(K^2 + N)\n= N*C*K^2*(1/N + 1/K^2)"),
    "003/6.3": (
        VALID,
        "gradient",
        "sum(g[i]*w2[n-i+1], (i, 1, m-k2+1))\n= sum(g[n+j-k2]*w2[k2-j+1], (j, 1, k2))\n= full(g, flip(w2))",
    ),
}


@pytest.mark.parametrize("source", RIGHT)
def test_the_right_way_is_right(source: str) -> None:
    assert judged(*RIGHT[source]).verdict == "equal"


def test_a_way_has_a_line_between_start_and_goal() -> None:
    start, goal = "C*K^2 + C*N", "N*C*K^2*(1/N + 1/K^2)"
    for nothing_between in (f"{start}\n= {goal}", f"{start}\n= C*N + K^2*C\n= {goal}", f"{goal}\n= {start}"):
        report = judged(COUNTS, "weights", nothing_between)
        assert (report.verdict, report.points) == ("equal", report.out_of / 2), nothing_between
        assert any("without a line between" in line for line in report.feedback)
    for between in (f"{start}\n= C*(K^2 + N)\n= {goal}", f"C*(K^2 + N)\n= {goal}"):
        report = judged(COUNTS, "weights", between)
        assert (report.verdict, report.points) == ("equal", report.out_of), between


@pytest.mark.parametrize(
    "name", [r"(\nabla_{h^1} L)_n", r"\nabla_{h^1} L", r"\frac{\partial L}{\partial h^1_n}"]
)
def test_a_chain_may_say_what_it_is_of(name: str) -> None:
    way = r"\sum_{j=1}^{k_2} g_{n+j-k_2} w^2_{k_2-j+1} = \text{full}(g, \text{flip}(w^2))"
    report = judged(VALID, "gradient", f"${name} = {way}$")
    assert (report.verdict, report.points) == ("equal", report.out_of)


@pytest.mark.parametrize("name", [r"\nabla_{w^2} L", r"\nabla_{h^1} g", "g"])
def test_a_chain_of_something_else_is_not_taken_for_it(name: str) -> None:
    report = judged(VALID, "gradient", rf"${name} = \text{{full}}(g, \text{{flip}}(w^2))$")
    assert report.verdict != "equal"
