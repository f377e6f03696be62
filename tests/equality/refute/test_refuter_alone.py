"""The refuter by itself: with every proof taken away it still finds no difference between equals."""

import time
from pathlib import Path

import pytest
import yaml

from symderiv.derivation import compare
from symderiv.equality.verdict import Different
from tests.equality.corpus import VERDICTS, is_chosen, rows

CORPUS = Path(__file__).parents[2] / "corpus"
SECONDS = 0.06
ONE_IN = 4  # every fourth pair, chosen by its text: for all of them these tests took a fifth of the time

PAIRS = [
    (row.a, row.b, {"given": row.given})
    for row in rows()
    if VERDICTS.get(row.kind) == "equal" or row.kind == "not different"
]
SUMS = [
    (a, b, {"given": given})
    for a, b, *given in yaml.safe_load((CORPUS / "sums.yaml").read_text(encoding="utf-8"))["equal"]
]
ALL_SIZES = [
    (row["left"], other, {key: row[key] for key in ("given", "entry", "index_from") if key in row})
    for path in sorted((CORPUS / "all_sizes").glob("*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    for other in row.get("equal", ())
]


CHOSEN = [pair for pair in PAIRS + SUMS + ALL_SIZES if is_chosen(f"{pair[0]} {pair[1]}", ONE_IN)]


@pytest.mark.parametrize(("a", "b", "options"), CHOSEN)
def test_equals_are_not_told_apart(a, b, options, monkeypatch):
    monkeypatch.setattr("symderiv.equality.scalars.pair._proved_or_none", lambda *_: None)
    verdict = compare(a, b, deadline=time.thread_time() + SECONDS, **options).verdict
    assert not isinstance(verdict, Different), verdict
