"""The list of mistakes speaks of the code as it is: a line that was rewritten is brought up to date there."""

from __future__ import annotations

import pytest

from tests.equality.mutants import MUTANTS, ROOT


@pytest.mark.parametrize(("file", "right", "wrong"), MUTANTS)
def test_what_a_mistake_replaces_stands_in_the_code(file: str, right: str, wrong: str) -> None:
    code = (ROOT / "symderiv" / file).read_text(encoding="utf-8")
    assert right in code
    assert code.replace(right, wrong, 1) != code
