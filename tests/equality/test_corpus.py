"""Every row of the tables has its verdict, both ways round, and is never called the opposite."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Different, Equal, Undecided
from tests.equality.corpus import VERDICTS, Row, is_chosen, rows

ROWS = list(rows())


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind in VERDICTS], ids=str)
def test_verdict(row: Row) -> None:
    verdict = compare(row.a, row.b, given=row.given).verdict
    assert verdict.verdict == VERDICTS[row.kind], verdict
    if isinstance(verdict, Equal):
        assert verdict.scope == row.scope
    if isinstance(verdict, Different):
        assert verdict.witness.left != verdict.witness.right


# Every sixth one, chosen by its text: the other way round is asked by the same procedures.
TURNED = [r for r in ROWS if r.kind in VERDICTS and is_chosen(str(r), one_in=6)]


@pytest.mark.parametrize("row", TURNED, ids=str)
def test_verdict_is_symmetric(row: Row) -> None:
    assert compare(row.b, row.a, given=row.given).verdict.verdict == VERDICTS[row.kind]


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind == "not equal"], ids=str)
def test_never_called_equal(row: Row) -> None:
    assert isinstance(compare(row.a, row.b, given=row.given).verdict, (Different, Undecided))


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind == "not different"], ids=str)
def test_never_called_different(row: Row) -> None:
    assert isinstance(compare(row.a, row.b, given=row.given).verdict, (Equal, Undecided))
