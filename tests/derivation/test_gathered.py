"""Alike terms of a sum inside an operation are gathered on both sides of a line: c + u + c is 2 c + u."""

import pytest

from symderiv.derivation.derive import derive
from symderiv.derivation.given import read_given
from symderiv.derivation.tidying.gathering import gathered
from symderiv.expression.tree import Variable
from symderiv.language import read

_SCOPE = read_given(["c: vector(n)", "x: vector(n)"]).scope


def test_a_name_that_is_added_twice_inside_an_operation() -> None:
    u = "layer_norm(c + x + c)"
    x = _SCOPE.names["x"]
    assert isinstance(x, Variable)
    assert derive(read(f"sum(hadamard({u}, {u}))", _SCOPE), x).is_proved


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("c + x + c", "2*c + x", True),
        ("exp(3*c - c)", "exp(2*c)", True),
        ("c + x + c", "3*c + x", False),
        ("c + x - c", "x", False),  # left as it stands: c may be what isn't there
        ("c - x + c", "2*c + x", False),
    ],
)
def test_what_is_gathered(left: str, right: str, same: bool) -> None:
    a, b = (gathered(read(text, _SCOPE)) for text in (left, right))
    assert (a == b) is same
