"""The corpus of texts as people type them: a reading is right only if its tree is that of its twin."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.derivation.given import read_given
from symderiv.errors import SymderivError
from symderiv.language import Scope, read, read_text

CORPUS = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "text.yaml").read_text(encoding="utf-8"))


def scope_of(group: dict[str, Any]) -> Scope:
    return read_given(group["given"], strict=True).scope


READ = [(g, text, twin) for g in CORPUS for text, twin in g["rows"]]
REFUSED = [(g, text, why) for g in CORPUS for text, why in g.get("refuse", ())]


@pytest.mark.parametrize(("group", "text", "twin"), READ, ids=[text for _, text, _ in READ])
def test_reads_as_its_twin(group: dict[str, Any], text: str, twin: str) -> None:
    assert read(text, scope_of(group)) == read_text(twin, scope_of(group))


@pytest.mark.parametrize(("group", "text", "why"), REFUSED, ids=[text for _, text, _ in REFUSED])
def test_is_refused_with_its_place(group: dict[str, Any], text: str, why: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read(text, scope_of(group))
    assert caught.value.place is not None and caught.value.cure
    assert why in caught.value.in_one_line()


def test_there_are_enough() -> None:
    assert len(READ) >= 180 and len(REFUSED) >= 20
