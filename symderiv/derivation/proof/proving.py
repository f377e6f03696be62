"""Why a step is right: the piece that was rewritten is proved equal, or else the whole line.

What stands round the piece is a function of the piece's value, so it is enough to prove the piece. This
fails inside another derivative, which looks at names rather than values: there the whole line is proved.
"""

from __future__ import annotations

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.by_lemma import by_lemma
from symderiv.derivation.proof.entries.by_slices import by_slices
from symderiv.derivation.proof.entries.flattening import unflattened
from symderiv.derivation.proof.entries.rearranging import is_rearranged
from symderiv.derivation.proof.existence.smoothness import is_smooth
from symderiv.derivation.proof.letters.congruence import in_common_letters
from symderiv.derivation.proof.letters.plain_letters import equal_in_letters
from symderiv.derivation.proof.lines import equal, exists_where
from symderiv.derivation.proof.tidied import is_tidied
from symderiv.derivation.standing import is_differentiated, stands_free
from symderiv.derivation.vocabulary import Lemma
from symderiv.equality.verdict import EVERYWHERE, Equal, Verdict
from symderiv.expression.tree import Apply, Expr


def proof(
    before: Expr,
    after: Expr,
    piece: tuple[Expr, Expr],
    facts: tuple[Expr, ...],
    lemma: Lemma,
    put_in: Expr,
) -> Verdict:
    """``before = after``, where ``put_in`` is ``before`` with the piece's second side in place of its first.

    ``after`` is ``put_in`` tidied, which is proved by itself: it is mostly written alike, entry by entry.
    """
    old, new = piece
    found = _of_piece(old, new, facts, lemma) if stands_free(before, old) else None
    if isinstance(found, Equal):
        inside = is_differentiated(before, old)
        kept = not inside or _keeps_derivatives(before, put_in, piece, found, facts)
        if kept and is_tidied(put_in, after, facts):
            return found
    if found is not None and piece == (before, after):
        return found
    seconds = limits.WITHOUT_LEMMA if lemma else limits.SECONDS
    return equal(tensor_of(before), tensor_of(after), facts, seconds)


def _of_piece(old: Expr, new: Expr, facts: tuple[Expr, ...], lemma: Lemma) -> Verdict:
    """``old = new`` by its lemma, by what is sent back, with letters for names, or entry by entry."""
    return (
        by_slices(old, new)
        or _of_rearranged(old, new)
        or by_lemma(lemma, old, new, facts)
        or _of_what_is_sent(old, new, facts)
        or equal_in_letters(old, new, facts)
        or equal(*unflattened(old, new), facts, limits.WITHOUT_LEMMA if lemma else limits.PIECE)
    )


def _of_rearranged(old: Expr, new: Expr) -> Equal | None:
    return Equal("structure") if is_rearranged(old, new) else None


def _of_what_is_sent(old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Equal | None:
    """vjp(u, x, G) = vjp(u, x, H) where G = H, for these are only multiplied."""
    match old, new:
        case Apply(head="vjp", args=(u, x, G)), Apply(head="vjp", args=(v, y, H)) if (u, x) == (v, y):
            seconds = limits.WITHOUT_LEMMA
            lettered = in_common_letters(G, H)
            if lettered is not None:
                verdict = equal(tensor_of(lettered[0]), tensor_of(lettered[1]), facts, limits.FORMULA)
                if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
                    return verdict
            verdict = equal_in_letters(G, H, facts) or equal(tensor_of(G), tensor_of(H), facts, seconds)
            return verdict if isinstance(verdict, Equal) else None
    return None


def _keeps_derivatives(
    before: Expr, put_in: Expr, piece: tuple[Expr, Expr], verdict: Equal, facts: tuple[Expr, ...]
) -> bool:
    """Equal functions have equal derivatives: these must be equal everywhere, and both lines exist alike.

    The derivatives of what is smooth exist where it does: then it is enough that the pieces exist alike.
    """
    if verdict.scope != EVERYWHERE:
        return False
    old, new = piece
    if is_smooth(new) and exists_where(tensor_of(old), tensor_of(new), facts):
        return True
    return exists_where(tensor_of(before), tensor_of(put_in), facts)
