"""A step proved with plain letters for names that abbreviate: what holds for any z holds for z = W x."""

from __future__ import annotations

from symderiv.derivation.meaning.forms import FORMS
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.entries.flattening import unflattened
from symderiv.derivation.proof.letters.congruence import (
    at_plain_names,
    in_common_letters,
    in_plain_names,
    without_constants,
    without_definitions,
)
from symderiv.derivation.proof.lines import equal
from symderiv.equality.verdict import EVERYWHERE, Equal
from symderiv.expression.tree import Apply, Expr

_SURE = (without_definitions,)
"""What leaves no room for another proof."""


def equal_in_letters(old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Equal | None:
    """old = new, everywhere, with letters in the place of names or parts; None where that proves nothing."""
    derivative = isinstance(old, Apply) and old.head in FORMS
    plainly = (in_plain_names, at_plain_names, in_common_letters)
    forms = (without_definitions, without_constants) if derivative else plainly
    for lettered in forms:
        plain = lettered(old, new)
        if plain is None:
            continue
        verdict = equal(
            *unflattened(*plain), facts, limits.PIECE if lettered in _SURE else limits.WITHOUT_LEMMA
        )
        if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
            return verdict
    return None
