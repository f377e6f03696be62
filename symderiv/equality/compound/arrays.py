"""Two arrays: their shapes, then the formula for all entries at once, then entry by entry."""

from __future__ import annotations

import time
from collections.abc import Iterator

from symderiv.equality.compound.given_sizes import at_given_sizes
from symderiv.equality.compound.listings import all_equal
from symderiv.equality.compound.lost_reads import written_out
from symderiv.equality.compound.shapes import Aligned, decide_shapes
from symderiv.equality.scalars.long_ranges import has_longer_range
from symderiv.equality.scalars.pair import decide_scalar
from symderiv.equality.verdict import Different, Equal, Policy, Undecided, Verdict, Witness
from symderiv.expression.build import compare
from symderiv.expression.contents import contents
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import Known, expand, instantiate
from symderiv.expression.tree import ONE, ZERO, Expr, Index, Number, Sequence, Variable, walk
from symderiv.tensor import Tensor

MAX_ENTRIES = 20_000
MAX_WRITTEN = 5_000  # terms of all sums together, written out


def decide_tensors(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], policy: Policy, strict: bool, deadline: float | None
) -> Verdict:
    """Arrays are equal when their shapes are and all their entries."""
    return at_given_sizes(
        a, b, facts, lambda left, right, given: _decided(left, right, given, policy, strict, deadline)
    )


def _decided(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], policy: Policy, strict: bool, deadline: float | None
) -> Verdict:
    aligned = decide_shapes(a, b, facts, strict, deadline)
    if not isinstance(aligned, Aligned):
        return aligned
    a, b = aligned.a, aligned.b
    if not a.rank:
        return _numbers((a.value, b.value, a.defined, b.defined), facts, policy, deadline)
    if a.sizes is None or b.sizes is None or not (_has_table(a) or _has_table(b)):
        verdict = _as_formulas(a, b, facts, policy, deadline)
        if isinstance(verdict, Equal) or a.sizes is None or b.sizes is None or _is_long(a, b):
            return verdict
    return _entry_by_entry(a, b, facts, policy, deadline)


def _is_long(a: Tensor, b: Tensor) -> bool:
    """Whether one entry alone has more terms than are worth writing out."""
    return sum(map(terms, (a.value, b.value, a.defined, b.defined))) > MAX_WRITTEN


def _numbers(
    sides: tuple[Expr, Expr, Expr, Expr], facts: tuple[Expr, ...], policy: Policy, deadline: float | None
) -> Verdict:
    """Two numbers: longer sums as they stand, mostly enough; else, or where there are none, written out."""
    if any(map(has_longer_range, sides)) and not any(map(_reads_table, sides)):
        half = None if deadline is None else (time.thread_time() + deadline) / 2
        verdict = decide_scalar(*sides, facts, policy=policy, deadline=half)
        if not isinstance(verdict, Undecided) or sum(map(terms, sides)) > MAX_WRITTEN:
            return verdict
    (a, b), (defined_a, defined_b) = map(written_out, sides[:2]), map(expand, sides[2:])
    return decide_scalar(a, b, defined_a, defined_b, facts, policy=policy, deadline=deadline)


def _has_table(t: Tensor) -> bool:
    return _reads_table(t.value)


def _reads_table(value: Expr) -> bool:
    nodes = walk(value) if Sequence in contents(value).classes else ()
    return any(isinstance(node, Index) and isinstance(node.base, Sequence) for node in nodes)


def _as_formulas(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], policy: Policy, deadline: float | None
) -> Verdict:
    """One formula for all entries, its indices in their ranges; along an axis of length 1 the index is 0."""
    at = tuple(ZERO if size == ONE else index for index, size in zip(a.indices, a.shape, strict=True))
    ranges: list[Expr] = []
    for index, size in zip(at, a.shape, strict=True):
        if index != ZERO:
            ranges += [compare("le", ZERO, index), compare("lt", index, size)]
    first: dict[Variable, Expr] = dict(zip(a.indices, at, strict=True))
    second: dict[Variable, Expr] = dict(zip(b.indices, at, strict=True))
    return decide_scalar(
        instantiate(a.value, first),
        instantiate(b.value, second),
        instantiate(a.defined, first),
        instantiate(b.defined, second),
        (*facts, *ranges),
        policy=policy,
        deadline=deadline,
    )


def _entry_by_entry(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], policy: Policy, deadline: float | None
) -> Verdict:
    """The first entry that differs, else what stays open, else equal."""
    equal: dict[Equal, None] = {}
    undecided: Undecided | None = None
    for position, verdict in _verdicts(a, b, facts, policy, deadline):
        if isinstance(verdict, Different):
            at = tuple(str(k) for k in position)
            witness = verdict.witness
            named = (("entry", f"[{', '.join(at)}]"), *witness.point)
            return Different(verdict.by, Witness(named, witness.left, witness.right))
        if isinstance(verdict, Equal):
            equal[verdict] = None
        elif isinstance(verdict, Undecided):
            undecided = undecided or verdict
    return undecided or all_equal(equal)


def _verdicts(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], policy: Policy, deadline: float | None
) -> Iterator[tuple[tuple[int, ...], Verdict]]:
    seen: dict[tuple[Expr, ...], Verdict] = {}
    known: Known = {}
    for count, position in enumerate(a.positions()):
        if count > MAX_ENTRIES or (deadline is not None and time.thread_time() > deadline):
            yield position, Undecided(("entry by entry",), "time ran out")
            return
        at = tuple(map(Number, position))
        values = a.entry(*at, known=known), b.entry(*at, known=known)
        pair = (*values, a.defined_at(*at, known=known), b.defined_at(*at, known=known))
        if pair not in seen:
            seen[pair] = decide_scalar(*pair, facts, policy=policy, deadline=deadline)
        yield position, seen[pair]
