"""Steps that rest on a lemma: what one operation does, proved for letters, says what the line must be."""

from __future__ import annotations

from math import prod

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.chain import by_lemmas, proved_for_letters, where_both_exist
from symderiv.derivation.proof.entries.flattening import unflattened
from symderiv.derivation.proof.entries.single_terms import settled
from symderiv.derivation.proof.existence.generic import exists_almost_everywhere
from symderiv.derivation.proof.existence.somewhere import of_the_largest
from symderiv.derivation.proof.letters.composing import follows
from symderiv.derivation.proof.letters.plain_letters import equal_in_letters
from symderiv.derivation.proof.linear_form import is_derivative
from symderiv.derivation.proof.lines import equal, exists_where, held_at, values_equal
from symderiv.derivation.vocabulary import Lemma
from symderiv.equality.verdict import EVERYWHERE, Equal, Verdict
from symderiv.expression.expansion import terms
from symderiv.expression.tree import ZERO, Expr
from symderiv.tensor import Tensor

MAX_ENTRIES = 2000
"""Of the outer derivative, if it is asked whether each exists."""

MAX_TERMS = 1500
"""Of the conditions under which both sides exist, if these are compared."""


def by_lemma(lemma: Lemma, old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Equal | None:
    """``old = new`` by a lemma that is proved, if the line is what it says."""
    if not lemma or not follows(lemma, old, new, _same):
        return None
    return (
        by_lemmas(lemma, old, _alike)
        or by_chain_rule(lemma, old, new, facts)
        or where_both_exist(lemma, old, _alike)
    )


def by_chain_rule(lemma: Lemma, old: Expr, new: Expr, facts: tuple[Expr, ...]) -> Equal | None:
    """∂L/∂x is what u = f(x) sends back: proved by what f sends back for a free G in the place of ∂L/∂u.

    The derivative of L at a point depends on that of the linear Σ G ⊙ u alone, so that the chain rule does
    the rest, provided that both sides exist at the same points: ∂L/∂u may lack where ∂L/∂x exists.
    """
    verdicts = [_of_letters(a, b, facts) for a, b in lemma]
    found = next((each for each in verdicts if not isinstance(each, Equal)), verdicts[0])
    if not isinstance(found, Equal):
        return None
    if found.scope != EVERYWHERE and not any(is_derivative(a) for a, _ in lemma):
        return None
    outer = of_the_largest(old.children[0])
    if outer is not None and (
        prod(outer.sizes or ()) > MAX_ENTRIES or not exists_almost_everywhere(outer, facts)
    ):
        return None
    left, right = tensor_of(old), tensor_of(new)
    exists = [Tensor(t.shape, t.indices, ZERO, t.defined) for t in (left, right)]
    if left.shape != right.shape:
        return None
    by = f"the chain rule, {found.by}"
    if exists_where(left, right, facts):
        return Equal(by, found.scope)
    if exists_almost_everywhere(right, facts):
        return Equal(by, "except where the inner derivatives do not exist")
    if terms(left.defined) + terms(right.defined) > MAX_TERMS:
        return None
    domains = equal(exists[0], exists[1], facts, limits.FORMULA)
    return Equal(by, found.scope) if isinstance(domains, Equal) else None


def _of_letters(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> Verdict:
    """A lemma's two sides, compared where the left one exists, if they are not known to be equal."""
    known = proved_for_letters(a, b, _alike)
    if isinstance(known, Equal):
        return known
    left, right = tensor_of(a), tensor_of(b)
    return values_equal(left, right, (*facts, *held_at(settled(left))))


def _same(said: Expr, written: Expr) -> bool:
    """Whether two factors of a derivative are equal wherever the one that the lemma says exists."""
    verdict = equal_in_letters(said, written, ()) or equal(
        *unflattened(said, written), (), limits.WITHOUT_LEMMA
    )
    return isinstance(verdict, Equal) and verdict.scope == EVERYWHERE


def _alike(left: Tensor, right: Tensor) -> Verdict:
    return values_equal(left, right, ())
