"""How long the proofs of a step may take, in seconds of the processor."""

from __future__ import annotations

SECONDS = 5.0
"""The proof of one step."""

PIECE = 4.0
"""The piece that was rewritten by itself, before the whole line is tried."""

WITHOUT_LEMMA = 1.0
"""A chain rule whose lemma did not prove it: that rarely succeeds."""

FORMULA = 0.4
"""One formula for all entries of a small array, before these are proved one by one."""
