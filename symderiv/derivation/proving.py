"""Why a step is right: the piece that was rewritten is proved equal, or else the whole line.

What stands round the piece is a function of the piece's value, so it is enough to prove the piece. This
fails inside another derivative, which looks at names rather than values: there the whole line is proved.
"""

from __future__ import annotations

from math import prod
from time import thread_time

from symderiv.derivation.abstraction import with_letters
from symderiv.derivation.associating import without_brackets
from symderiv.derivation.chain import Lemma, by_lemmas
from symderiv.derivation.composing import follows
from symderiv.derivation.congruence import (
    at_plain_names,
    differing,
    in_common_letters,
    in_letters,
    in_plain_names,
    without_constants,
    without_definitions,
)
from symderiv.derivation.expansion import terms
from symderiv.derivation.flattening import unflattened
from symderiv.derivation.forms import FORMS
from symderiv.derivation.generic import exists_almost_everywhere
from symderiv.derivation.linear_form import is_derivative
from symderiv.derivation.meaning import tensor_of
from symderiv.derivation.merging import parted
from symderiv.derivation.rows import by_rows
from symderiv.derivation.sameness import conditions, conjuncts, written_alike
from symderiv.derivation.single_terms import settled
from symderiv.derivation.standing import is_differentiated, stands_free
from symderiv.equality import decide
from symderiv.equality.conditions.condition import holds
from symderiv.equality.verdict import EVERYWHERE, Equal, Undecided, Verdict
from symderiv.expression.build import add, conjunction
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr
from symderiv.tensor import Tensor

SECONDS = 5.0
"""How long the proof of one step may take."""

_PIECE = 4.0
"""How long the piece by itself may take, before the whole line is tried."""

_WITHOUT_LEMMA = 1.0
"""How long a chain rule may take whose lemma did not prove it: that rarely succeeds."""

_FORMULA = 0.4
"""How long one formula for all entries of a small array may take, before these are proved one by one."""

FEW_ENTRIES = 64
MAX_ENTRIES = 400
"""So few entries are proved one by one at once, so many after the attempt at one formula."""

MAX_TERMS = 100_000
"""How many terms these entries may have together."""

MANY_CONDITIONS = 500
"""Conditions of more terms are compared as they are written, before values are compared without them."""


def by_chain_rule(lemma: Lemma, old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Verdict | None:
    """∂L/∂x is what u = f(x) sends back: proved by what f sends back for a free G in the place of ∂L/∂u.

    The derivative of L at a point depends on that of the linear Σ G ⊙ u alone, so that the chain rule does
    the rest, provided that both sides exist at the same points: ∂L/∂u may lack where ∂L/∂x exists.
    """
    verdicts = [_of_letters(tensor_of(a), tensor_of(b), facts) for a, b in lemma]
    found = next((each for each in verdicts if not isinstance(each, Equal)), verdicts[0])
    if not isinstance(found, Equal):
        return None
    if found.scope != EVERYWHERE and not any(is_derivative(a) for a, _ in lemma):
        return None
    left, right = tensor_of(old), tensor_of(new)
    exists = [Tensor(t.shape, t.indices, ZERO, t.defined) for t in (left, right)]
    if left.shape != right.shape:
        return None
    by = f"the chain rule, {found.by}"
    if _exists_where(left, right, facts):
        return Equal(by, found.scope)
    if exists_almost_everywhere(right, facts):
        return Equal(by, "except where the inner derivatives do not exist")
    domains = equal(exists[0], exists[1], facts, _PIECE)
    return Equal(by, found.scope) if isinstance(domains, Equal) else None


def _of_letters(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> Verdict:
    """A lemma's two sides, compared where the left one exists."""
    return _values_equal(left, right, (*facts, *held_at(settled(left))))


def _values_equal(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> Verdict:
    """The values first, at which points both exist being a question of its own; then all in one."""
    left, right = settled(left), settled(right)
    if left.shape == right.shape and not written_alike(left, right):
        small = _is_small(left) and _is_small(right)
        formula = _FORMULA if small else _WITHOUT_LEMMA
        verdict = decide(_bare(left), _bare(right), facts, deadline=thread_time() + formula)
        if isinstance(verdict, Equal):
            return verdict
        if small:
            first, second = (_bare(t).explicit() for t in (left, right))
            verdict = decide(first, second, facts, deadline=thread_time() + _WITHOUT_LEMMA)
            if isinstance(verdict, Equal):
                return verdict
    return equal(left, right, facts, _PIECE)


def _exists_where(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> bool:
    """Whether what the right side asks for is plainly asked for by the left one too."""
    at = left.indices
    if conditions(right.condition(*at)) <= conditions(left.condition(*at)):
        return True
    facts = (*facts, *held_at(left))
    return _where_left_exists(left, right, facts).defined in (TRUE, left.defined)


def proof(
    before: Expr,
    after: Expr,
    pieces: tuple[tuple[Expr, Expr], ...],
    facts: tuple[Expr, ...] = (),
    lemma: Lemma = (),
    put_in: Expr | None = None,
) -> Verdict:
    """``before = after``, where ``put_in`` is ``before`` with each piece put in the place of another.

    ``after`` is ``put_in`` tidied, which is proved by itself: it is mostly written alike, entry by entry.
    """
    found: Verdict | None = None
    for old, new in pieces:
        if not stands_free(before, old):
            break
        if lemma and follows(lemma, old, new, _same):
            found = by_lemmas(lemma, old, _alike) or by_chain_rule(lemma, old, new, facts)
        if not isinstance(found, Equal):
            found = _of_what_is_sent(old, new, facts) or _in_letters(old, new, facts)
        if not isinstance(found, Equal):
            found = equal(*unflattened(old, new), facts, _WITHOUT_LEMMA if lemma else _PIECE)
        if not isinstance(found, Equal):
            break
        if is_differentiated(before, old) and not _keeps_derivatives(before, put_in or after, found, facts):
            break
    else:
        if found is not None and _is_tidied(put_in, after, facts):
            return found
    if len(pieces) == 1 and pieces[0] == (before, after) and found is not None:
        return found
    return equal(tensor_of(before), tensor_of(after), facts, _WITHOUT_LEMMA if lemma else SECONDS)


def _same(said: Expr, written: Expr) -> bool:
    """Whether two factors of a derivative are equal wherever the one that the lemma says exists."""
    verdict = _in_letters(said, written, ()) or equal(*unflattened(said, written), (), _WITHOUT_LEMMA)
    return isinstance(verdict, Equal) and verdict.scope == EVERYWHERE


def _alike(left: Tensor, right: Tensor) -> Verdict:
    return _values_equal(left, right, ())


def _of_what_is_sent(old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Verdict | None:
    """vjp(u, x, G) = vjp(u, x, H) where G = H, for these are only multiplied."""
    match old, new:
        case Apply(head="vjp", args=(u, x, G)), Apply(head="vjp", args=(v, y, H)) if (u, x) == (v, y):
            verdict = _in_letters(G, H, facts) or equal(tensor_of(G), tensor_of(H), facts, _WITHOUT_LEMMA)
            return verdict if isinstance(verdict, Equal) else None
    return None


_SURE = (without_definitions,)
"""What leaves no room for another proof."""


def _in_letters(old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Verdict | None:
    """The same with plain letters for names that abbreviate: what holds for any z holds for z = W x."""
    derivative = isinstance(old, Apply) and old.head in FORMS
    plainly = (in_plain_names, at_plain_names, in_common_letters)
    forms = (without_definitions, without_constants) if derivative else plainly
    for lettered in forms:
        plain = lettered(old, new)
        if plain is None:
            continue
        verdict = equal(*unflattened(*plain), facts, _PIECE if lettered in _SURE else _WITHOUT_LEMMA)
        if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
            return verdict
    return None


def _is_tidied(put_in: Expr | None, after: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether tidying kept the value: proved with letters for what it took as it stood, else in full."""
    if put_in is None or put_in == after:
        return True
    if parted(put_in) == parted(after):
        return True
    put_in, after = without_brackets(put_in), without_brackets(after)
    if put_in == after:
        return True
    part = differing(put_in, after)
    for letters, pair in ((in_common_letters, part), (in_letters, part), (in_letters, (put_in, after))):
        lettered = letters(*pair)
        if lettered is None:
            continue
        verdict = equal(tensor_of(lettered[0]), tensor_of(lettered[1]), facts, _WITHOUT_LEMMA)
        if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
            return True
    verdict = equal(tensor_of(put_in), tensor_of(after), facts, _WITHOUT_LEMMA)
    return isinstance(verdict, Equal) and verdict.scope == EVERYWHERE


def equal(left: Tensor, right: Tensor, facts: tuple[Expr, ...], seconds: float) -> Verdict:
    """Equal wherever the left side exists: ∂ log x/∂x = 1/x says nothing of x < 0."""
    left, right = settled(left), settled(right)
    if left.rank == right.rank:
        facts = (*facts, *held_at(left, facts))
        right = _where_left_exists(left, right, facts)
    if written_alike(left, right):
        return Equal("structure")
    lettered = _with_letters(left, right, facts, seconds)
    if isinstance(lettered, Equal):
        return lettered
    if by_rows(left, right, facts, seconds):
        return Equal("row by row")
    end = thread_time() + seconds
    if terms(left.defined) > MANY_CONDITIONS and _exist_alike(left, right):
        verdict = equal(_bare(left), _bare(right), facts, seconds)
        if isinstance(verdict, Equal):
            return verdict
    small = _is_small(left) and _is_small(right) and left.shape == right.shape
    if small and prod(left.sizes or ()) <= FEW_ENTRIES:
        return decide(left.explicit(), right.explicit(), facts, deadline=end)
    verdict = decide(left, right, facts, deadline=thread_time() + _FORMULA if small else end)
    if isinstance(verdict, Undecided) and small:
        return decide(left.explicit(), right.explicit(), facts, deadline=end)
    if isinstance(verdict, Undecided) and left.defined == right.defined != TRUE:
        bare = decide(_bare(left), _bare(right), facts, deadline=end)
        return bare if isinstance(bare, Equal) else verdict
    return verdict


def _exist_alike(left: Tensor, right: Tensor) -> bool:
    """Whether the same is asked of both."""
    at = left.indices
    return left.rank == right.rank and conditions(left.condition(*at)) == conditions(right.condition(*at))


def _bare(t: Tensor) -> Tensor:
    """The entries without the condition, where both sides exist at the same points."""
    return Tensor(t.shape, t.indices, t.value)


def _where_left_exists(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> Tensor:
    """The right side asked about where the left one exists: what follows there needs no mention."""
    at = left.indices
    asked = conjuncts(right.condition(*at))
    rest = conjunction(*(part for part in asked if part != TRUE and not holds(part, facts)))
    return Tensor(right.shape, at, right.formula(*at), conjunction(left.defined, rest))


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
    return tuple(dict.fromkeys(part for part in said if _is_comparison(part)))


def _is_comparison(part: Expr) -> bool:
    """One that is quick to use: a choice between several would multiply the cases of a proof."""
    return isinstance(part, Apply) and part.head in ("lt", "le", "ne", "eq")


def _says_a_comparison(part: Expr) -> bool:
    """Whether one stands inside: conditions on every window of an image have too many entries at hand."""
    while isinstance(part, Binder):
        part = part.body
    return any(map(_is_comparison, conjuncts(part)))


def _runs_to(condition: Binder, size: Expr) -> bool:
    return condition.upper == add(size, MINUS_ONE)


def _with_letters(left: Tensor, right: Tensor, facts: tuple[Expr, ...], seconds: float) -> Verdict | None:
    """Proved for letters in the place of what is positive, without an exception."""
    found = with_letters(left, right) if left.rank == right.rank else None
    if found is None:
        return None
    verdict = decide(*found, facts, deadline=thread_time() + min(seconds, _FORMULA))
    return verdict if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE else None


def _is_small(t: Tensor) -> bool:
    """Whether its entries can be written out one by one."""
    entries = prod(t.sizes or ())
    return (
        bool(t.sizes)
        and entries <= MAX_ENTRIES
        and entries * (terms(t.value) + terms(t.defined)) <= MAX_TERMS
    )


def _keeps_derivatives(before: Expr, put_in: Expr, verdict: Equal, facts: tuple[Expr, ...]) -> bool:
    """Equal functions have equal derivatives: these must be equal everywhere, and both lines exist alike."""
    return verdict.scope == EVERYWHERE and _exists_where(tensor_of(before), tensor_of(put_in), facts)
