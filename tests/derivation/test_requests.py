"""Derivations as teachers of such courses ask for them: proved, rules named, in a form that reads well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Variable
from symderiv.language import infer, read
from symderiv.language.scope import Syntax

pytestmark = pytest.mark.usefixtures("patience")

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "derivations.yaml"
REQUESTS = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: f"{r['derive']} by {r['by']}")
def test_is_derived_with_proof(request_: dict[str, Any]) -> None:
    known = read_given(request_.get("given", ()))
    syntax: Syntax = "latex" if "\\" in request_["derive"] else "text"
    scope = infer([request_["derive"], request_["by"]], known.scope, syntax)
    wrt = read(request_["by"], scope)
    assert isinstance(wrt, Variable)
    derivation = derive(read(request_["derive"], scope, syntax=syntax), wrt, known.facts)
    assert derivation.steps
    assert [step.rule for step in derivation.steps if not step.is_proved] == []
    assert all(step.before != step.after for step in derivation.steps)
    if "result" in request_:
        assert to_text(derivation.result) == request_["result"]
