"""A derivation ends in time: what isn't proved by then is marked as not proved, and the result is told."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.proof import limits
from symderiv.language import read


def test_steps_behind_the_time_of_the_derivation_are_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    given = read_given(["x: vector(n)", "A: matrix(n, n)"])
    loss, x = read("sum(tanh(A*x))", given.scope), given.scope.names["x"]
    assert derive(loss, x).is_proved
    monkeypatch.setattr(limits, "DERIVATION", -1.0)
    late = derive(loss, x)
    assert late.result == derive(loss, x).result
    assert {step.proof for step in late.steps} <= {"not proved", "structure"}
    assert not late.is_proved


def test_no_step_lasts_beyond_the_derivation() -> None:
    with limits.one_derivation():
        end = limits.until(1000.0)
        with limits.one_step():
            assert limits.until(1000.0) <= end
    assert not limits.is_over()
