"""Identities at symbolic sizes: right forms are proved for all sizes, wrong ones refuted with a witness."""

from pathlib import Path

import pytest
import yaml

from symderiv.derivation import compare

FOLDER = Path(__file__).parent.parent / "corpus" / "all_sizes"
PAIRS = [
    (row, kind, other)
    for path in sorted(FOLDER.glob("*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind in ("equal", "different")
    for other in row.get(kind, ())
]


@pytest.mark.parametrize(
    ("row", "kind", "other"), PAIRS, ids=[f"{row['name']}: {kind}: {other}" for row, kind, other in PAIRS]
)
def test_verdict(row, kind, other):
    comparison = compare(
        row["left"],
        other,
        given=row.get("given", ()),
        entry=row.get("entry", ()),
        index_from=row.get("index_from", 0),
    )
    assert comparison.verdict.verdict == kind
