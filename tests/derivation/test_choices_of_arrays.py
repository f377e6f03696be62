"""Case distinctions on arrays choose entry by entry, as the mask of a ReLU does."""

from __future__ import annotations

import pytest

from symderiv.api import compare

GIVEN = ["X: matrix(B, d)", "W: matrix(d, m)", "V: matrix(m, k)", "G: matrix(B, k)", "x: vector(n)"]


@pytest.mark.parametrize(
    ("mask", "same"),
    [
        (r"\mathbb{1}[X W > 0]", "heaviside(X*W)"),
        (r"\mathbf{1}_{X W > 0}", "np.where(X*W > 0, 1, 0)"),
        ("1 if x > 0 else 0", "heaviside(x)"),
        ("x if x > 0 else 0", "relu(x)"),
        ("np.where(x > 0, x, 0*x)", "max(0, x)"),
    ],
)
def test_a_mask_is_told_entry_by_entry(mask: str, same: str) -> None:
    assert compare(mask, same, given=GIVEN).verdict == "equal"


def test_the_mask_of_another_array_differs() -> None:
    assert compare("1 if x > 0 else 0", "1 if x > 1 else 0", given=GIVEN).verdict == "different"


def test_another_shape_does_not_fit() -> None:
    assert compare("x if X > 0 else 0", "x", given=GIVEN).verdict == "invalid"
