"""What the tests of derivations share."""

from __future__ import annotations

import pytest

from symderiv.derivation.proof import limits


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy or a slow machine changes nothing: a proof may take much longer than it does."""
    for limit in ("STEP", "SECONDS", "PIECE", "WITHOUT_LEMMA"):
        monkeypatch.setattr(limits, limit, 30.0)
    monkeypatch.setattr(limits, "FORMULA", 3 * limits.FORMULA)
