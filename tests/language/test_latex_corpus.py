"""The corpus of LaTeX strings: a reading is right only if its tree is that of its twin in text."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.derivation.given import read_given
from symderiv.errors import SymderivError
from symderiv.language import Scope, read_text
from symderiv.language.latex.reading import read_latex

FILES = ("latex.yaml", "latex-courses.yaml", "latex-lectures.yaml")
CORPUS = [
    group
    for name in FILES
    for group in yaml.safe_load((Path(__file__).parents[1] / "corpus" / name).read_text(encoding="utf-8"))
]


def scope_of(group: dict[str, Any]) -> Scope:
    """Every operation is known, as in `compare`: a declared name must win over one called alike."""
    given = read_given(group["given"], strict=True, index_from=group.get("index_from", 0))
    return replace(given.scope, notation=group.get("notation", {}))


READ = [(g, latex, twin) for g in CORPUS for latex, twin in g.get("rows", ()) if twin is not None]
DECLINED = [(g, latex, "") for g in CORPUS for latex, twin in g.get("rows", ()) if twin is None]
REFUSED = [(g, latex, why) for g in CORPUS for latex, why in g.get("refuse", ())]


@pytest.mark.parametrize(("group", "latex", "twin"), READ, ids=[latex for _, latex, _ in READ])
def test_reads_as_its_twin(group: dict[str, Any], latex: str, twin: str) -> None:
    scope = scope_of(group)
    assert read_latex(latex, scope) == read_text(twin, scope)


@pytest.mark.parametrize(
    ("group", "latex", "why"), REFUSED + DECLINED, ids=[x for _, x, _ in REFUSED + DECLINED]
)
def test_is_refused_with_its_place(group: dict[str, Any], latex: str, why: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read_latex(latex, scope_of(group))
    assert caught.value.place is not None
    assert why in caught.value.in_one_line()


def test_there_are_enough() -> None:
    assert len(READ) >= 900 and len(REFUSED) >= 120
