"""What images send back: convolutions and poolings of all settings, in operations of the language, proved."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.steps import Derivation
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import FALSE, Number, Variable
from symderiv.language import infer, read

pytestmark = pytest.mark.usefixtures("patience")

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "images.yaml"
IMAGES = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))

SECONDS = 4.0
"""Processor time for a derivation: each takes under 2 s on the machine of `benchmarks`, half of this."""


def derived(goal: str, by: str, given: list[str]) -> Derivation:
    known = read_given(given)
    scope = infer([goal, by], known.scope, "text")
    wrt = read(by, scope)
    assert isinstance(wrt, Variable)
    return derive(read(goal, scope), wrt, known.facts)


@pytest.mark.parametrize("asked", IMAGES, ids=lambda r: f"{r['derive']} by {r['by']}, {r['given'][0]}")
def test_is_sent_back_in_operations(asked: dict[str, Any]) -> None:
    began = process_time()
    derivation = derived(asked["derive"], asked["by"], asked["given"])
    assert process_time() - began < SECONDS
    assert [step.rule for step in derivation.steps if not step.is_proved] == []
    shown = to_text(derivation.result)
    if "result" in asked:
        assert shown == asked["result"]
        scope = infer([shown], read_given(asked["given"]).scope, "text")
        assert to_text(read(shown, scope)) == shown


def test_a_tie_has_no_gradient() -> None:
    """The entries of the window that ties are undefined, those of the others are not."""
    scope = read_given(["X: matrix(2,4) = [[1, 1, 2, 0], [0, 0, 0, 1]]", "G: matrix(1,2) = [[5, 7]]"]).scope
    found = tensor_of(read("max_pool2d_backward(G, X, 2)", scope))
    exists = [[found.defined_at(Number(i), Number(j)) != FALSE for j in range(4)] for i in range(2)]
    assert exists == [[False, False, True, True], [True, True, True, True]]
    assert found.entry(Number(0), Number(2)) == Number(7)
    assert found.entry(Number(0), Number(3)) == Number(0)


def test_a_second_derivative_says_where_there_is_none() -> None:
    last = derived(
        "gradient(sum(abs(X*w - y)), w)", "w", ["X: matrix(N,d)", "y: vector(N)", "w: vector(d)"]
    ).steps[-1]
    assert "where an entry of X*w - y is 0 it jumps from -1 to 1" in last.reason
    assert "no derivative, from neither side" in last.reason
