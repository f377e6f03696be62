"""Derivatives of inverses and determinants kept whole, at small sizes: those of the entries written out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symderiv.calculus import derivative_tensor
from symderiv.derivation import read_given, tensor_of
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.point import Coordinate
from symderiv.expression.tree import Expr, Index, Number, Variable
from symderiv.language import read
from symderiv.tensor import Tensor

ENTRIES = ((3, 1, 2), (1, 4, -1), (5, -2, 7))
FUNCTIONS = ["inv(A)", "inv(A*A.T + c*eye({n}))", "inv(inv(A) + A)", "det(A)*eye({n})", "A*log(det(A)^2)"]


def _at(size: str, number: int, text: str, wrt: str) -> tuple[Tensor, dict[Expr, Coordinate], Variable]:
    known = read_given([f"A: matrix({size}, {size})", "c: real", *(["n: size"] if size == "n" else [])])
    names = known.scope.names
    array, c = names["A"], names["c"]
    assert isinstance(array, Variable) and isinstance(c, Variable)
    point: dict[Expr, Coordinate] = {c: Fraction(2, 3)}
    for i, j in product(range(number), repeat=2):
        point[Index(array, (Number(i), Number(j)))] = Fraction(ENTRIES[i][j])
    if size == "n":
        point[Variable("n", array.kind.shape[0].kind)] = Fraction(number)  # type: ignore[union-attr]
    by = array if wrt == "A" else c
    return derivative_tensor(tensor_of(read(text.format(n=size), known.scope)), by), point, by


@pytest.mark.parametrize("wrt", ["A", "c"])
@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("number", [2, 3])
def test_derivative_is_that_of_what_is_written_out(text: str, wrt: str, number: int) -> None:
    whole, here, _ = _at("n", number, text, wrt)
    listed, there, _ = _at(str(number), number, text, wrt)
    for position in product(range(number), repeat=whole.rank):
        at = tuple(map(Number, position))
        assert evaluate(whole.defined_at(*at), here) is evaluate(listed.defined_at(*at), there) is True
        values = evaluate(whole.entry(*at), here), evaluate(listed.entry(*at), there)
        if isinstance(values[0], Fraction):
            assert values[0] == values[1]
        else:
            assert values[0].overlaps(values[1])  # type: ignore[union-attr]
