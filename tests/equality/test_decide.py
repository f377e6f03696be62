"""The cascade over shapes, mappings, sets, facts and deadlines."""

from __future__ import annotations

import time

from symderiv.derivation import compare
from symderiv.equality import decide, decide_scalar
from symderiv.equality.prove import prove
from symderiv.equality.verdict import Different, Equal, Undecided
from symderiv.expression.build import add, function, mul, number
from symderiv.expression.tree import ONE, Apply, Expr, Variable
from symderiv.tensor import Tensor

X, Y = Variable("x"), Variable("y")


def test_a_vector_is_a_column_and_a_row_unless_shapes_are_strict() -> None:
    vector, column, row = Tensor.table([1, 2]), Tensor.table([[1], [2]]), Tensor.table([[1, 2]])
    assert isinstance(decide(vector, column), Equal)
    assert isinstance(decide(vector, row), Equal)
    assert isinstance(decide(column, row), Different)
    assert isinstance(decide(vector, column, strict_shape=True), Different)


def test_one_by_one_is_a_scalar() -> None:
    assert isinstance(decide(Tensor.table([[5]]), Tensor.table(5)), Equal)
    assert isinstance(decide(Tensor.table([[5]]), Tensor.table(5), strict_shape=True), Different)


def test_two_shapes_are_their_own_witness() -> None:
    verdict = decide(Tensor.table([[1, 2, 3]]), Tensor.table([[1, 2], [3, 4]]))
    assert isinstance(verdict, Different)
    assert (verdict.witness.left, verdict.witness.right) == ("1×3", "2×2")


def test_symbolic_shapes_are_compared_as_polynomials() -> None:
    n = Variable("n")
    one, other = (Tensor.of((size,), lambda _: ONE) for size in (add(n, n), mul(number(2), n)))
    assert isinstance(decide(one, other), Equal)
    assert isinstance(decide(one, Tensor.of((add(n, ONE),), lambda _: ONE)), Different)


def test_the_entry_that_differs_is_named() -> None:
    verdict = decide(Tensor.table([[1, 2], [3, 4]]), Tensor.table([[1, 2], [5, 4]]))
    assert isinstance(verdict, Different)
    assert ("entry", "[1, 0]") in verdict.witness.point


def test_facts_are_used() -> None:
    unit = Apply("eq", (add(X, Y), ONE))
    assert isinstance(decide_scalar(X, add(ONE, mul(number(-1), Y)), facts=(unit,)), Equal)
    assert isinstance(decide_scalar(X, add(ONE, mul(number(-1), Y))), Different)
    above = Apply("lt", (Y, X))
    assert isinstance(decide_scalar(function("max", X, Y), X, facts=(above,)), Equal)
    assert isinstance(decide_scalar(function("max", X, Y), Y, facts=(above,)), Different)


def test_past_the_deadline_nothing_is_decided() -> None:
    deep: Expr = X
    for _ in range(40):
        deep = function("exp", mul(deep, number(-1)))
    verdict = decide_scalar(deep, add(deep, Y), deadline=time.thread_time() - 1)
    assert isinstance(verdict, Undecided)


def test_no_proof_of_what_is_not_so() -> None:
    assert prove(X, Y) is None
    assert prove(function("abs", X), X) is None


def test_an_unknown_function_is_declined() -> None:
    assert isinstance(decide_scalar(Apply("zeta", (X,)), Apply("zeta", (Y,))), Undecided)
    assert isinstance(decide_scalar(Apply("zeta", (X,)), Apply("zeta", (X,))), Equal)


def test_mappings_by_key_and_sets_up_to_order() -> None:
    assert compare("{mu: x, s: y}", "{s: y, mu: x}").verdict.verdict == "equal"
    assert compare("{mu: x}", "{mu: x, s: y}").verdict.verdict == "different"
    assert compare("{x, y}", "{y, x}").verdict.verdict == "equal"
    assert compare("{x, y}", "{x, 1}").verdict.verdict == "different"


def test_facts_that_hold_nowhere_are_said() -> None:
    for given in (["x > 1", "x < 0"], ["e < 1", "y > 0", "x > 0"]):
        verdict = compare("x", "y", given=given).verdict
        assert isinstance(verdict, Undecided)
        assert "can't hold beside" in verdict.evidence
