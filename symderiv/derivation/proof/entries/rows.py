"""Arrays of a few rows or blocks of any length, such as the gates of a cell: proved one by one.

An axis of 4 n indices is the blocks k = q n + r of its places, q < 4 and r < n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.derivation.proof import limits
from symderiv.equality import decide
from symderiv.equality.verdict import EVERYWHERE, Equal
from symderiv.expression.build import add, mul
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.tensor import Tensor, fresh_indices

MAX_ROWS = 8


def by_rows(left: Tensor, right: Tensor, facts: tuple[Expr, ...], seconds: float) -> bool:
    """Whether each row, or each block of the first axis, of two arrays was proved equal, everywhere."""
    parted = _rows if left.rank > 1 else _blocks
    pairs = list(zip(parted(left), parted(right), strict=False))
    if len(pairs) < 2 or left.shape != right.shape:
        return False
    end = limits.until(seconds)
    verdicts = (decide(a, b, facts, deadline=end) for a, b in pairs)
    return all(isinstance(verdict, Equal) and verdict.scope == EVERYWHERE for verdict in verdicts)


def _rows(t: Tensor) -> Iterator[Tensor]:
    """The rows, where these are few and of symbolic length."""
    count = t.shape[0]
    if isinstance(count, Number) and count.value <= MAX_ROWS and t.sizes is None:
        yield from (_at(t, t.shape[1:], lambda *at, k=k: (Number(k), *at)) for k in range(int(count.value)))


def _blocks(t: Tensor) -> Iterator[Tensor]:
    """The n entries from q n on, for each q < c of an axis of c n places."""
    match t.shape[0] if t.rank == 1 else None:
        case Apply(head="mul", args=(Number(value=int(count)), Variable() as n)) if 1 < count <= MAX_ROWS:
            for q in range(count):
                yield _at(t, (n,), lambda r, q=q: (add(mul(Number(q), n), r),))


def _at(t: Tensor, shape: tuple[Expr, ...], place: Callable[..., tuple[Expr, ...]]) -> Tensor:
    names = fresh_indices(len(shape))
    at = place(*names)
    return Tensor(shape, names, t.formula(*at), t.condition(*at))
