from flint import arb, fmpq

from symderiv.equality.evaluate.cancelling import both, left_over, total_of
from symderiv.expression.build import mul, negative, number
from symderiv.expression.tree import ONE, Expr, Index, Variable

X, Y, J = Variable("x"), Variable("y"), Variable("j")
MOVING = arb(2, 0.5)


def moving(_: Expr) -> arb:
    return MOVING


def test_what_cancels_leaves_its_number() -> None:
    values = {X: MOVING, number(3): fmpq(3), number(-3): fmpq(-3), negative(X): -MOVING}
    assert total_of((X, number(3), negative(X), number(-3)), values.__getitem__, {}) == 0
    assert total_of((X, negative(X)), values.__getitem__, {}) == 0


def test_what_doesnt_cancel_stays_a_ball() -> None:
    values = {X: MOVING, negative(Y): -MOVING}
    assert isinstance(total_of((X, negative(Y)), values.__getitem__, {}), arb)
    assert left_over((X, mul(number(-2), X)), {}) is None


def test_an_entry_is_compared_with_itself_where_its_index_says_so() -> None:
    sides = Index(X, (J,)), Index(X, (ONE,))
    assert both(sides, moving, {J: fmpq(1)}) == (0, 0)
    assert both(sides, moving, {J: fmpq(0)})[0] is MOVING


def test_infinities_dont_cancel() -> None:
    values = {X: arb("inf"), negative(X): arb("-inf")}
    found = total_of((X, negative(X)), values.__getitem__, {})
    assert isinstance(found, arb) and found.is_nan()
