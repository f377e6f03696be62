from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.separate import Pair
from symderiv.equality.verdict import Witness
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import ONE, Index, Variable, index_variable

N, AT = Variable("n", SIZE), index_variable("i")
X = Variable("x", Kind(shape=(N,)))


def found_elsewhere(**point: str) -> Witness:
    return Witness(tuple(point.items()), "undefined", "1")


def test_an_entry_that_there_isnt_is_no_witness_of_an_index_that_ends_nowhere() -> None:
    assert confirmed(Pair(Index(X, (AT,)), ONE), found_elsewhere(n="1", i="1")) is None


def test_an_entry_past_the_end_by_its_number_is_one() -> None:
    witness = confirmed(Pair(Index(X, (ONE,)), ONE), found_elsewhere(n="1"))
    assert witness is not None and witness.left == "undefined"
