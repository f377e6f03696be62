"""The table of sums, read as text and compared: proved for all sizes, or refuted with exact values."""

from pathlib import Path

import pytest
import yaml

from symderiv.derivation import compare

TABLE = yaml.safe_load((Path(__file__).parent.parent / "corpus" / "sums.yaml").read_text(encoding="utf-8"))
ROWS = [(kind, a, b, tuple(given)) for kind, rows in TABLE.items() for a, b, *given in rows]


@pytest.mark.parametrize(
    ("kind", "a", "b", "given"), ROWS, ids=[f"{row[0]}: {row[1]} | {row[2]}" for row in ROWS]
)
def test_verdict(kind, a, b, given):
    assert compare(a, b, given=given).verdict.verdict == kind


@pytest.mark.parametrize(("kind", "a", "b", "given"), [row for row in ROWS if row[0] == "equal"])
def test_verdict_is_symmetric(kind, a, b, given):
    assert compare(b, a, given=given).verdict.verdict == kind
