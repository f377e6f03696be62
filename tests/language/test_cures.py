"""Cures are followed: what a refusal says was meant is put in, and then it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.derivation.given import read_given
from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr
from symderiv.language import Scope, read_text
from symderiv.language.latex.reading import read_latex

CORPUS = Path(__file__).parents[1] / "corpus"
LATEX = ("latex.yaml", "latex-courses.yaml", "latex-lectures.yaml")
GIVEN = """x: real; y: real; alpha: real; lambda: real; beta: real; eta: real; f: function; v: vector(3);
A: matrix(2, 2); layer_norm: function; x_1: real; i: index; W: matrix(2, 2); theta: real""".split(";")
SCOPE = read_given([line.strip() for line in GIVEN], strict=True).scope
FREE = Scope(strict=False)
SLIPS = """xy cosx ln2x expx alhpa sigmiod(x) logx lnx xcosx Sin(x) arctanx maxx sinhx sqrtx f2 Alpha lamda
lambda1 Wx alphax theta2 2xy x1y exp2x X Y""".split()
LATEX_SLIPS = r"""\alhpa \lamda \cosx \sinx \expx cosx sinx \operatorname{LayerNorm}(x) 
\mathrm{layernorm}(x) \fraq{x}{y} \sqr{x} \Alpha xq \bm{X} alpha beta""".split()
MEANT = re.compile(r"did you mean (.+)\?\Z")


def read(text: str, scope: Scope, latex: bool) -> Expr:
    return read_latex(text, scope) if latex else read_text(text, scope)


def refused() -> Iterator[tuple[str, Scope, bool]]:
    for name in (*LATEX, "text.yaml"):
        groups: list[dict[str, Any]] = yaml.safe_load((CORPUS / name).read_text(encoding="utf-8"))
        for group in groups:
            known = read_given(group["given"], strict=True).scope
            scope = replace(known, notation=group.get("notation", {}))
            yield from ((row[0], scope, name != "text.yaml") for row in group.get("refuse", ()))
    yield from ((text, scope, False) for text in SLIPS for scope in (SCOPE, FREE))
    yield from ((text, SCOPE, True) for text in LATEX_SLIPS)


def meant(text: str, scope: Scope, latex: bool) -> tuple[SymderivError, list[str]] | None:
    try:
        read(text, scope, latex)
    except SymderivError as error:
        found = MEANT.search(error.cure or "")
        return (error, found[1].split(" or ")) if found else None
    return None


CASES = [(*case, found) for case in refused() if (found := meant(*case)) is not None]


@pytest.mark.parametrize(("text", "scope", "latex", "found"), CASES, ids=lambda value: str(value)[:40])
def test_a_cure_cures(text: str, scope: Scope, latex: bool, found: tuple[SymderivError, list[str]]) -> None:
    error, guesses = found
    assert error.place is not None
    before = sum(len(line) + 1 for line in text.split("\n")[: error.place.line - 1]) + error.place.column - 1
    behind = text[before + error.place.length :]
    outcomes = [outcome(text[:before] + guess + behind, scope, latex, error) for guess in guesses]
    assert any(outcomes), f"{text}: {error.cure}"


def outcome(text: str, scope: Scope, latex: bool, error: SymderivError) -> bool:
    """Does it read now, or is what is wrong with it something else, further on?"""
    try:
        read(text, scope, latex)
    except SymderivError as next_error:
        assert next_error.place is not None and error.place is not None
        return (next_error.place.line, next_error.place.column) > (error.place.line, error.place.column)
    return True


def test_there_are_cures() -> None:
    assert len(CASES) > 30
