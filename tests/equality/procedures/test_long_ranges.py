"""Sums of many terms: proved as they stand, told apart at a point that is told in short."""

from fractions import Fraction

from symderiv import compare
from symderiv.equality.evaluate.point import filled
from symderiv.equality.problem import Problem
from symderiv.equality.scalars.long_ranges import has_longer_range, in_closed_form
from symderiv.equality.verdict import Different, Witness
from symderiv.expression.kinds import POSITIVE, Kind
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Number, Variable, index_variable

i = index_variable("i")


def test_a_long_sum_is_worked_out_by_its_closed_form() -> None:
    """Σ i² = N (N + 1) (2 N + 1)/6, which no one writes out for N = 10^20."""
    N = 10**20
    squares = Binder("sum", Apply("pow", (i, Number(2))), i, ONE, Number(N))
    given = in_closed_form(Problem(squares, Number(0), TRUE, TRUE, (), None))
    assert given is not None
    assert given.a == Number(N * (N + 1) * (2 * N + 1) // 6)


def test_a_sum_without_a_closed_form_is_left() -> None:
    harmonic = Binder("sum", Apply("pow", (i, Number(-1))), i, ONE, Number(10**9))
    assert in_closed_form(Problem(harmonic, ONE, TRUE, TRUE, (), None)) is None
    assert in_closed_form(Problem(Number(2), ONE, TRUE, TRUE, (), None)) is None


def test_short_sums_are_written_out_first() -> None:
    sums = {n: Binder("sum", i, i, ONE, Number(n)) for n in (8, 9)}
    assert [has_longer_range(sums[n]) for n in (8, 9)] == [False, True]


def test_sorted_entries_lie_in_the_domain() -> None:
    """The largest entry is the last of one pattern, the first of another."""
    array = Variable("x", Kind(shape=(Number(4),), domain=POSITIVE))
    rising, falling = ([filled(array, (k,), pattern) for k in range(4)] for pattern in (5, 6))
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    below_one = Variable("y", Kind(shape=(Number(4),), domain=POSITIVE.__class__(upper=Fraction(1))))
    assert all(filled(below_one, (k,), 5) <= 1 for k in range(4))


def test_a_long_witness_is_told_in_short_and_kept_in_full() -> None:
    verdict = compare("x.T*x", "sum(x)", given=("x: vector(784)",))
    assert isinstance(verdict, Different)
    assert len(verdict.witness.point) == 784
    told = dict(verdict.witness.in_short)
    assert len(told) == 7
    assert told["x[…]"] == "… (784 entries)"
    short = Witness((("n", "2"), ("x[0]", "1"), ("x[1]", "3")), "1", "2")
    assert short.in_short == short.point
