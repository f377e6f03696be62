"""The corpus of LaTeX strings: a reading is right only if its tree is that of its twin in text."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.errors import SymderivError
from symderiv.language import Scope, read_declaration, read_text
from symderiv.language.latex import read_latex

CORPUS = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "latex.yaml").read_text(encoding="utf-8"))
OPERATIONS = {n: n for n in "softmax sigmoid relu jacobian gradient diff conv2d flip".split()}


def scope_of(group: dict[str, Any]) -> Scope:
    scope = Scope(
        functions=OPERATIONS, notation=group.get("notation", {}), index_from=group.get("index_from", 0)
    )
    for declaration in group["given"]:
        scope = scope.declare([read_declaration(declaration, scope)])
    return scope


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
    assert len(READ) >= 200 and len(REFUSED) >= 50
