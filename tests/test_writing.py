"""What is written from Python is refused where a text would be: sizes, names, settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import symderiv
from symderiv.errors import MeaningError, ReadError, ShapeError, SymderivError


@pytest.mark.parametrize("size", [0, -1, 2.5])
def test_a_size_is_a_positive_integer(size: float) -> None:
    with pytest.raises(ShapeError, match="no size"):
        symderiv.vector("x", size)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", ["0", "-1", "2.5", "3/2", "2 - 5", "0*3", "1/0"])
def test_so_it_is_in_a_declaration(size: str) -> None:
    with pytest.raises(ReadError, match="no size"):
        symderiv.declare(f"x: vector({size})")


@pytest.mark.parametrize("size", ["6/2", "n - 1", "2*n", "n // 2"])
def test_a_size_may_be_a_formula(size: str) -> None:
    assert len(symderiv.declare(f"x: vector({size})").kind.shape) == 1


@pytest.mark.parametrize("name", ["", "x y", "2x", "x+1"])
def test_a_name_is_one_that_a_text_can_spell(name: str) -> None:
    with pytest.raises(MeaningError, match="is no name"):
        symderiv.scalar(name)


SETTINGS: list[Callable[[], object]] = [
    lambda: symderiv.compare("x", "x", syntax="python"),  # type: ignore[arg-type]
    lambda: symderiv.compare("x[1]", "x[1]", "x: vector(3)", index_from=7),
    lambda: symderiv.read("x[1]", "x: vector(3)", index_from=-1),
]


@pytest.mark.parametrize("call", SETTINGS)
def test_a_setting_that_there_is_not_is_an_error_of_the_family(call: Callable[[], object]) -> None:
    with pytest.raises(SymderivError):
        call()


def test_every_operation_can_be_completed_and_says_what_it_is() -> None:
    assert {"conv2d", "jacobian", "compare", "vector"} <= set(dir(symderiv))
    assert symderiv.softmax.__doc__.startswith("softmax(x, axis=…): exp(x_i)")
    assert "Kinks: " in symderiv.max_pool2d.__doc__
    assert "numerator layout" in symderiv.jacobian.__doc__
