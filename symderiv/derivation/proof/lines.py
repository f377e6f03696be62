"""Two lines of a derivation, compared wherever the first exists: ∂ log x/∂x = 1/x says nothing of x < 0."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from symderiv.calculus.collapse import collapsed
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.entries.index_cases import MAX_QUESTIONS, asks, by_index_cases
from symderiv.derivation.proof.entries.kinds_of_entries import by_kinds, is_comparison
from symderiv.derivation.proof.entries.rows import by_rows
from symderiv.derivation.proof.entries.single_terms import settled
from symderiv.derivation.proof.entries.term_by_term import terms_of_sums
from symderiv.derivation.proof.entries.where_not_zero import where_not_zero
from symderiv.derivation.proof.existence.beyond import where_left_exists
from symderiv.derivation.proof.letters.abstraction import with_letters
from symderiv.derivation.proof.sameness import conditions, in_the_names_of, written_alike
from symderiv.derivation.proof.windows.blocks import in_blocks
from symderiv.derivation.proof.windows.window_sums import alike_by_places
from symderiv.equality import decide
from symderiv.equality.conditions.condition import holds
from symderiv.equality.verdict import EVERYWHERE, Equal, Undecided, Verdict
from symderiv.expression.build import add, conjunction
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr
from symderiv.operations.declaring.shapes import same_shape
from symderiv.tensor import Tensor

FEW_ENTRIES = 64
MAX_ENTRIES = 400
"""So few entries are proved one by one at once, so many after the attempt at one formula."""

MAX_TERMS = 100_000
"""How many terms these entries may have together."""

MANY_CONDITIONS = 500
"""Conditions of more terms are compared as they are written, before values are compared without them."""


BY_PLACES = "change of variables"
OUT_OF_TIME = Undecided((), "time ran out")


def equal(
    left: Tensor,
    right: Tensor,
    facts: tuple[Expr, ...],
    seconds: float,
    questions: int = MAX_QUESTIONS,
) -> Verdict:
    """The verdict on left = right at all points at which the left side exists.

    So many ``questions`` may be asked of the indices, each answered in two proofs.
    """
    if limits.is_over():
        return OUT_OF_TIME
    left, right = settled(left), settled(right)
    given = facts  # what is held of the entry at hand says nothing of entries that are written out
    if left.rank == right.rank:
        facts = (*facts, *held_at(_without_certain(left), facts))
        right = where_left_exists(left, right, facts)
    if written_alike(left, right):
        return Equal("structure")
    if written_alike(_without_deltas(left), _without_deltas(right)):
        return Equal(BY_PLACES)
    blocks = in_blocks(left), in_blocks(right)
    if blocks != (left, right):
        return equal(*blocks, given, seconds, questions)
    if not same_shape(left.shape, right.shape):  # what follows looks at entries alone
        return decide(left, right, facts, deadline=limits.until(seconds))
    if _exist_alike(left, right) and alike_by_places(left, right):
        return Equal(BY_PLACES)
    for parted in (terms_of_sums, where_not_zero):
        pair = parted(left, right)
        verdict = equal(*pair, given, limits.WITHOUT_LEMMA, questions) if pair is not None else None
        if isinstance(verdict, Equal):
            return verdict
    lettered = _with_letters(left, right, facts, seconds)
    if isinstance(lettered, Equal):
        return lettered
    if by_rows(left, right, facts, seconds):
        return Equal("row by row")
    left, right = _without_certain(left), _without_certain(right)
    if left.sizes is None and left.rank == right.rank:
        right = in_the_names_of(left, right)
    end = limits.until(seconds)
    if not _is_small(left) and asks(left, right):
        found = _with_indices_told_apart(left, right, facts, questions)
        if found is not None:
            return found
    if terms(left.defined) > MANY_CONDITIONS and _exist_alike(left, right):
        verdict = equal(_bare(left), _bare(right), facts, seconds)
        if isinstance(verdict, Equal):
            return verdict
    small = _is_small(left) and _is_small(right) and left.shape == right.shape
    if small and _exist_alike(left, right) and written_alike(_bare_entries(left), _bare_entries(right)):
        return Equal("structure")
    kinds = by_kinds(left, right, facts, limits.FORMULA * 2) if small else None
    if kinds is not None:
        return kinds
    if small and left.defined != TRUE and _exist_alike(left, right):
        bare = decide(_bare_entries(left), _bare_entries(right), given, deadline=limits.until(limits.FORMULA))
        if isinstance(bare, Equal):
            return bare
    if small and prod(left.sizes or ()) <= FEW_ENTRIES:
        return decide(left.explicit(), right.explicit(), given, deadline=end)
    verdict = decide(left, right, facts, deadline=limits.until(limits.FORMULA) if small else end)
    if isinstance(verdict, Undecided) and small:
        return decide(left.explicit(), right.explicit(), given, deadline=end)
    if isinstance(verdict, Undecided) and left.defined == right.defined != TRUE:
        bare = decide(_bare(left), _bare(right), facts, deadline=end)
        return bare if isinstance(bare, Equal) else verdict
    return verdict


def _without_deltas(t: Tensor) -> Tensor:
    """The array with every sum over a delta done."""
    value = collapsed(t.value, dict(zip(t.indices, t.shape, strict=True)))
    return t if value is t.value else Tensor(t.shape, t.indices, value, t.defined)


def _with_indices_told_apart(
    left: Tensor, right: Tensor, facts: tuple[Expr, ...], questions: int
) -> Equal | None:
    """In one formula if that takes no time, else where indices are the same, and where they aren't."""
    verdict = decide(left, right, facts, deadline=limits.until(limits.FORMULA))
    if isinstance(verdict, Equal):
        return verdict
    return by_index_cases(left, right, facts, questions, _in_one_case)


def _in_one_case(left: Tensor, right: Tensor, facts: tuple[Expr, ...], questions: int) -> Verdict:
    return equal(left, right, facts, limits.FORMULA, questions)


def values_equal(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> Verdict:
    """The values first, at which points both exist being a question of its own; then all in one."""
    left, right = settled(left), settled(right)
    if left.shape == right.shape and not written_alike(left, right):
        left, right = in_blocks(left), in_blocks(right)
        if alike_by_places(left, right):
            return Equal(BY_PLACES)
        for form, seconds in _attempts(left, right):
            verdict = decide(form(left), form(right), facts, deadline=limits.until(seconds))
            if isinstance(verdict, Equal):
                return verdict
    return equal(left, right, facts, limits.PIECE)


def _attempts(left: Tensor, right: Tensor) -> tuple[tuple[Callable[[Tensor], Tensor], float], ...]:
    """One formula for all entries, the entries one by one: few first so, more the other way round."""
    if not (_is_small(left) and _is_small(right)):
        return ((_bare, limits.WITHOUT_LEMMA),)
    formula, each = (_bare, limits.FORMULA), (_bare_entries, limits.WITHOUT_LEMMA)
    return (each, formula) if prod(left.sizes or ()) <= FEW_ENTRIES else (formula, each)


def _without_certain(t: Tensor) -> Tensor:
    """The array without what is asked of it and always holds: that a sum of squares has a root."""
    parts = conjuncts(t.defined)
    kept = tuple(part for part in parts if not (_asks_for_a_root(part) and holds(part)))
    return t if len(kept) == len(parts) else Tensor(t.shape, t.indices, t.value, conjunction(*kept))


def _asks_for_a_root(part: Expr) -> bool:
    return isinstance(part, Apply) and part.head == "le" and part.args[0] == ZERO


def exists_where(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> bool:
    """Whether what the right side asks for is plainly asked for by the left one too."""
    left, right = settled(left), settled(right)
    at = left.indices
    if conditions(right.condition(*at)) <= conditions(left.condition(*at)):
        return True
    facts = (*facts, *held_at(left))
    return where_left_exists(left, right, facts).defined in (TRUE, left.defined)


def _exist_alike(left: Tensor, right: Tensor) -> bool:
    """Whether the same is asked of both."""
    at = left.indices
    return left.rank == right.rank and conditions(left.condition(*at)) == conditions(right.condition(*at))


def _bare(t: Tensor) -> Tensor:
    """The entries without the condition, where both sides exist at the same points."""
    return Tensor(t.shape, t.indices, t.value)


def _bare_entries(t: Tensor) -> Tensor:
    return _bare(t).explicit()


def held_at(t: Tensor, facts: tuple[Expr, ...] = ()) -> tuple[Expr, ...]:
    """What a condition on all entries, or a fact, says of the entry at hand, where the array exists.

    The two sides are compared only there, so these may be taken as facts.
    """
    said: list[Expr] = []
    waiting = [*conjuncts(t.defined), *(fact for fact in facts if isinstance(fact, Binder))]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Binder) or part.kind != "forall":
            said.append(part)
        elif part.lower == ZERO and part.condition == TRUE and _says_a_comparison(part):
            ranging = (index for index, n in zip(t.indices, t.shape, strict=True) if _runs_to(part, n))
            at_hand = (instantiate(part.body, {part.variable: index}) for index in ranging)
            waiting += [inner for body in at_hand for inner in conjuncts(body)]
    return tuple(dict.fromkeys(part for part in said if is_comparison(part)))


def _says_a_comparison(part: Expr) -> bool:
    """Whether one stands inside: conditions on every window of an image have too many entries at hand."""
    while isinstance(part, Binder):
        part = part.body
    return any(map(is_comparison, conjuncts(part)))


def _runs_to(condition: Binder, size: Expr) -> bool:
    return condition.upper == add(size, MINUS_ONE)


def _with_letters(left: Tensor, right: Tensor, facts: tuple[Expr, ...], seconds: float) -> Verdict | None:
    """Proved for letters in the place of what is positive, without an exception."""
    found = with_letters(left, right) if left.rank == right.rank else None
    if found is None:
        return None
    verdict = decide(*found, facts, deadline=limits.until(min(seconds, limits.FORMULA * 2)))
    return verdict if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE else None


def _is_small(t: Tensor) -> bool:
    """Whether its entries can be written out one by one."""
    entries = prod(t.sizes or ())
    return (
        bool(t.sizes)
        and entries <= MAX_ENTRIES
        and entries * (terms(t.value) + terms(t.defined)) <= MAX_TERMS
    )
