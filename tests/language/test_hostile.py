"""Whatever is thrown at the reader ends in a placed error, soon, and nothing of it is ever run."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
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
SECONDS = 10.0  # a text that blows up takes minutes; a large heap to collect takes a second or two


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
    assert error.code in case["error"].split(" or "), error.in_full()
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
        *" for | where s = | when |, | otherwise| undefined at | (the x)|i = 1..n|...".split("|"),
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
RUN_TEXT = frozenset("eval exec compile sympify parse_expr lambdify literal_eval __import__ S".split())


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every call in a module: its line, and the name of what is called, with `re.` before `compile`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield node.lineno, called.id
            elif isinstance(called, ast.Attribute):
                module = called.value.id if isinstance(called.value, ast.Name) else ""
                yield node.lineno, f"re.{called.attr}" if module == "re" else called.attr


def running_text(source: str) -> list[int]:
    return [line for line, name in calls(ast.parse(source)) if name in RUN_TEXT]


def test_nothing_in_the_package_runs_text() -> None:
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        lines = source.splitlines()
        found = [f"{path}:{n}: {lines[n - 1]}" for n in running_text(source)]
        assert not found


@pytest.mark.parametrize(
    "text", ["eval(x)", "sympy.sympify(x)", "sp.S(x)", "ast.literal_eval(x)", "compile(x)"]
)
def test_what_runs_text_would_be_found(text: str) -> None:
    assert running_text(text) == [1] and running_text("re.compile(x)") == []


def test_thousands_of_identities_of_no_said_size_are_refused() -> None:
    """Each asks for the shapes around it: 2,000 of them took more than ten seconds."""
    text = "[[1, 2], [3, 4]]" + " - I" * 2000
    with pytest.raises(SymderivError, match="too many arrays whose size isn't said"):
        read(text, Scope(strict=False, has_matrices=True))
