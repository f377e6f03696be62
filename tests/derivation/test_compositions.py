"""The compositions of a course: each step proved, each operation that is crossed named, printed.

A derivation crosses what stands between its goal and the name by which it is taken. Functions and operations
are named as they are written, or as a textbook says them; sums and products by their rules.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from symderiv.derivation import read_given
from symderiv.derivation.dependence import depends
from symderiv.derivation.derive import derive
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.language import infer, read
from symderiv.reports.derivation import derivation_json, derivation_latex, derivation_text

pytestmark = pytest.mark.usefixtures("patience")

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "compositions.yaml"
COMPOSITIONS = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))

SECONDS = 4.0
"""Processor time for a derivation: each takes under 2 s on the machine of `benchmarks`, half of this."""

SAID = {
    **dict.fromkeys(("add", "sub", "neg"), r"linearity|\blinear\b"),
    **dict.fromkeys(("mul", "matmul", "hadamard"), r"product rule|Σ u ⊙ v|A v|\blinear\b"),
    "div": "quotient rule",
    "transpose": "uᵀ|transpos|trace|linearity",
    "pow": r"power|\bpow\b",
    "norm": "norm",
    "sum": "sum|Σ",
    "relu": "relu|ReLU",
    "max": "max|pool",
    "sigmoid": "sigmoid|σ",
    "log": "log",
    "exp": r"\bexp|e\^",
    "rnn_cell": "rnn_cell",
    "categorical_cross_entropy": "cross_entropy",
    "conv1d": "convolution|correlation|conv1d",
    "conv2d": "convolution|correlation|conv2d",
}


def crossed(e: Expr, x: Variable) -> set[str]:
    """The heads of what depends on x."""
    here = {e.head} if isinstance(e, Apply) and depends(e, x) else set()
    return here.union(*(crossed(child, x) for child in e.children))


@pytest.mark.parametrize("request_", COMPOSITIONS, ids=lambda r: f"{r['derive']} by {r['by']}")
def test_each_operation_is_crossed_by_a_named_rule(request_: dict[str, Any]) -> None:
    known = read_given(request_["given"])
    scope = infer([request_["derive"], request_["by"]], known.scope, "text")
    wrt, goal = read(request_["by"], scope), read(request_["derive"], scope)
    assert isinstance(wrt, Variable)
    began = process_time()
    derivation = derive(goal, wrt, known.facts)
    assert process_time() - began < SECONDS
    assert [step.rule for step in derivation.steps if not step.is_proved] == []
    assert all(step.before != step.after for step in derivation.steps)
    told = " ".join(f"{step.rule} {step.reason}" for step in derivation.steps)
    assert [head for head in sorted(crossed(goal, wrt)) if not re.search(SAID.get(head, head), told)] == []
    if "result" in request_:
        assert to_text(derivation.result) == request_["result"]
    assert derivation_text(derivation).endswith("each step is proved")
    assert "align*" in str(derivation_latex(derivation))
    assert json.loads(json.dumps(derivation_json(derivation)))["proved"] is True
