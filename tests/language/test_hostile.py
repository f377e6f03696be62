"""Whatever is thrown at the reader ends in a placed error, soon, and nothing of it is ever run."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.language import Scope, infer, read, read_condition, read_declaration

CORPUS = Path(__file__).parents[1] / "corpus" / "hostile.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(CORPUS.read_text("utf-8"))
SECONDS = 2.0


def text_of(case: dict[str, Any]) -> str:
    return case["text"] if "text" in case else "".join(piece * times for piece, times in case["made"])


def name_of(case: dict[str, Any]) -> str:
    return repr(case.get("text", case.get("made")))[:50]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("strict", [True, False], ids=["strict", "any name"])
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_each_ends_in_a_placed_error(case: dict[str, Any], strict: bool) -> None:
    text = text_of(case)
    begun = time.process_time()
    with pytest.raises(SymderivError) as caught:
        read(text, Scope(strict=strict), syntax=case.get("syntax", "auto"))
    assert time.process_time() - begun < SECONDS
    error = caught.value
    assert error.code == case["error"], error.in_full()
    assert error.place is not None and error.place.line >= 1 and error.place.column >= 1
    assert len(error.in_full()) < 1500


@pytest.mark.parametrize("case", CASES[::7], ids=name_of)
def test_guessing_names_of_it_is_as_safe(case: dict[str, Any]) -> None:
    begun = time.process_time()
    infer([text_of(case)], Scope(strict=False))
    assert time.process_time() - begun < SECONDS


PIECES = st.sampled_from(
    [
        *"xyzfnij0123456789 +-*/^@%!=<>()[]{},.:|'\"√²ᵀ⊙·σ≤&~_#$\\;?∞",
        *" if | else | for | in |range(|sum(|max(|Piecewise((|limit(".split("|"),
        *"**|//| and |not |1e9|delta(|'full'|axis=".split("|"),
    ]
)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60)))
def test_noise_ends_in_a_tree_or_a_placed_error(text: str) -> None:
    for reader in (
        lambda: read(text, Scope(strict=False), syntax="text"),
        lambda: read_declaration(text),
        lambda: read_condition(text, Scope(strict=False)),
    ):
        try:
            reader()
        except SymderivError as error:
            assert error.place is not None
            error.in_full()


PACKAGE = Path(__file__).parents[2] / "symderiv"
RUNS_TEXT = re.compile(
    r"(?<![\w.\"'`])(?:eval|exec|compile|sympify|parse_expr|lambdify|literal_eval|__import__)\("
)


def test_nothing_in_the_package_runs_text() -> None:
    for path in PACKAGE.rglob("*.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            code = line.split("#")[0]
            assert not RUNS_TEXT.search(code) or ">>>" in code, f"{path}:{number}: {line}"
