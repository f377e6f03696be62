"""Sums over windows are told by the places they read: the same ones are alike, others aren't."""

from fractions import Fraction

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.entries.single_terms import settled
from symderiv.derivation.proof.lines import equal
from symderiv.derivation.proof.windows.blocks import in_blocks
from symderiv.derivation.proof.windows.window_sums import alike_by_places
from symderiv.equality.verdict import Equal
from symderiv.expression.build import add, function, mul
from symderiv.expression.kinds import SIZE
from symderiv.expression.tree import MINUS_ONE, ZERO, Binder, Number, Variable, index_variable
from symderiv.language import infer, read
from symderiv.tensor import Tensor

GIVEN = ("w: vector(k)", "G: vector(m)", "n: size", *(f"{name}: positive integer" for name in "sdp"))
SPREAD = "[sum(G[i]*(w[j - s*i] if 0 <= j - s*i and j - s*i < k else 0) for i in range(m)) for j in range(n)]"
GATHERED = (
    "[sum(w[a]*(G[(j - a)//s] if (j - a) % s == 0 and 0 <= (j - a)//s and (j - a)//s < m else 0) "
    "for a in range(k)) for j in range(n)]"
)
DELTAS = "[sum(sum(G[i]*w[a]*delta(s*i + a, j) for a in range(k)) for i in range(m)) for j in range(n)]"


def entries(text: str) -> Tensor:
    known = read_given(tuple(line for line in GIVEN if line != "n: size"))
    return settled(tensor_of(read(text, infer([text], known.scope, "text"))))


@pytest.mark.parametrize("other", [SPREAD, GATHERED, DELTAS])
def test_one_sum_is_written_in_three_ways(other: str) -> None:
    assert alike_by_places(entries(SPREAD), entries(other))


@pytest.mark.parametrize(
    "changed",
    [
        ("j - s*i", "j + 1 - s*i"),
        ("j - s*i", "j - p*i"),
        ("< k", "< k - 1"),
        ("0 <= ", "1 <= "),
        ("range(m)", "range(m - 1)"),
        ("sum(G[i]*", "sum(2*G[i]*"),
        ("G[i]", "G[m - 1 - i]"),
        ("G[i]*", "G[i]*G[i]*"),
    ],
)
@pytest.mark.parametrize("other", [SPREAD, GATHERED, DELTAS])
def test_another_sum_is_not_taken_for_it(changed: tuple[str, str], other: str) -> None:
    assert changed[0] in SPREAD
    assert not alike_by_places(entries(SPREAD.replace(*changed)), entries(other))


def test_an_entry_that_may_lie_outside_is_not_read() -> None:
    """Without the range in its condition, w[j - s i] need not exist."""
    careless = SPREAD.replace(" and j - s*i < k", "")
    assert not alike_by_places(entries(careless), entries(careless))


def test_a_floor_that_nothing_makes_whole_is_not_read() -> None:
    careless = GATHERED.replace("(j - a) % s == 0 and ", "")
    assert not alike_by_places(entries(careless), entries(GATHERED))


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (
            "[sum(x[i]*y[j], (i, 0, m - 1)) for j in range(n)]",
            "[sum(x[i]*y[j], (i, 0, m - 1)) for j in range(n - 1)]",
        ),
        (
            "[y[j]/sqrt(sum(x[i]^2, (i, 0, m - 1))) for j in range(n)]",
            "[y[j]*2/(2*sqrt(sum(x[i]^2, (i, 0, m - 1)))) for j in range(n - 1)]",
        ),
    ],
)
def test_arrays_of_two_sizes_are_not_one_line(first: str, other: str) -> None:
    names = read_given(("x: vector(m)", "y: vector(n)", "sum(x[i]^2, (i, 0, m - 1)) > 0")).scope
    left, right = (tensor_of(read(text, names)) for text in (first, other))
    assert isinstance(equal(left, left, (), 1.0), Equal)
    assert not isinstance(equal(left, right, (), 1.0), Equal)


def test_a_range_is_only_read_in_blocks_that_fill_it() -> None:
    """The last of ⌊s/2⌋ for s < n is half a block where n is odd."""
    s, n = index_variable("s"), Variable("n", SIZE)
    halves = function("floor", mul(Number(Fraction(1, 2)), s))
    for size, filled in ((mul(Number(2), n), True), (n, False), (mul(Number(3), n), False)):
        t = Tensor.scalar(Binder("sum", halves, s, ZERO, add(size, MINUS_ONE)))
        assert (in_blocks(t) is not t) is filled
