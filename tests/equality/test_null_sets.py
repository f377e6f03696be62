"""Zero sets that hold integers: null only if they are, whatever these integers are."""

from __future__ import annotations

import pytest

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.expression.tree import Expr
from symderiv.language import Scope, read_declaration, read_text

SCOPE = Scope(strict=False).declare(
    map(read_declaration, ("n: integer", "m: positive integer", "x: real", "y: real", "f: function"))
)


def _read(text: str) -> Expr:
    from symderiv.derivation import meaning
    from symderiv.tensor import Tensor

    found = meaning(read_text(text, SCOPE))
    assert isinstance(found, Tensor)
    return found.value


@pytest.mark.parametrize(
    ("text", "null"),
    [
        ("x", True),
        ("n", False),
        ("n*x", False),
        ("m*x", True),
        ("n*x + y", True),
        ("n*x + n*y", False),
        ("n*x + n", False),
        ("n*x + m*y", True),
        ("n*x + n^2*y + 1", True),
        ("atan(m*x)", True),
        ("atan(n*x)", False),
        ("sin(n*x) - sin(m*x)", False),
        ("log(m)", False),
        ("2^n - 4", False),
        ("exp(n*x) - y", True),
        ("f(x) - f(y)", True),
        ("f(n) - f(m)", False),
        ("f(max(x, 0)) - f(0)", False),
        ("max(x, 0)", False),
    ],
)
def test_null_whatever_the_integers_are(text: str, null: bool) -> None:
    assert is_zero_set_null(_read(text), _read("0")) == null
