"""The chain rule: what f sends back, proved for letters, holds for any arguments a(x) in their place.

    ∂/∂x Σ G ⊙ f(a(x)) = Σ_k (∂a_k/∂x)ᵀ (∂f/∂a_k)ᵀ G     wherever the a_k and f have derivatives

Where f is taken entry by entry and a is locally Lipschitz, it holds at almost all x even if a(x) rests on a
kink of f (a unit that is off): ∇a = 0 there, so that any finite number may stand for f' (Ziemer, *Weakly
Differentiable Functions*, 2.1.11).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symderiv.derivation.dependence import depends, paths
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.by_definition import defines
from symderiv.derivation.proof.entries.flattening import unflattened
from symderiv.derivation.proof.entries.rearranging import is_rearranged
from symderiv.derivation.proof.existence.smoothness import (
    KINKED,
    is_lipschitz,
    is_smooth,
    is_smooth_operation,
    smooth_in,
)
from symderiv.derivation.proof.existence.somewhere import exists_somewhere, of_the_largest
from symderiv.derivation.proof.letters.fixed_parts import with_fixed_parts
from symderiv.derivation.proof.letters.generality import for_all_sizes
from symderiv.derivation.proof.linear_form import is_derivative
from symderiv.derivation.proof.sameness import conditions
from symderiv.derivation.vocabulary import Lemma
from symderiv.equality.verdict import EVERYWHERE, Equal, Verdict
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    TRUE,
    Apply,
    Call,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)
from symderiv.tensor import Tensor

Proof = Callable[[Tensor, Tensor], Verdict]

WHERE_BOTH_EXIST = "where the outer and the inner derivatives exist"
_SMOOTH = "smooth"
_SCOPE = "except where the inner derivatives do not exist"


def by_lemmas(lemma: Lemma, old: Expr, proved: Proof) -> Equal | None:
    """``old``, a derivative, is what its outermost operation sends back, at almost all points at least."""
    if lemma and not any(is_derivative(left) for left, _ in lemma):
        return _of_equal_functions(lemma, proved)
    outer, inner = _taken_off(old)
    if outer is None or not all(is_lipschitz(part) for part in inner):
        return None
    found = [proved_for_letters(left, right, proved) for left, right in lemma]
    shifted = outer == "norm"  # x - c is a shift of x, which keeps null sets null sets
    if not all(isinstance(each, Equal) and (shifted or each.scope == EVERYWHERE) for each in found):
        return None
    if outer not in KINKED | {_SMOOTH, "pow", "norm"} and not all(_exists_alike(*pair) for pair in lemma):
        return None
    by = found[0].by if found and isinstance(found[0], Equal) else "structure"
    smooth = outer not in KINKED | {"norm"} and all(is_smooth(part) for part in inner)
    return Equal(f"the chain rule, {by}", EVERYWHERE if smooth else _SCOPE)


def where_both_exist(lemma: Lemma, old: Expr, proved: Proof) -> Equal | None:
    """The chain rule as it is stated: where f has a derivative at a(x), and a has one at x.

    The left side may have a derivative at other points too, such as ‖max(x, 0)‖ where no x is positive; at
    some points at least f must have one.
    """
    if not isinstance(old, Apply) or not any(is_derivative(left) for left, _ in lemma):
        return None
    found = [proved_for_letters(left, right, proved) for left, right in lemma]
    known = [each for each in found if isinstance(each, Equal)]
    if len(known) < len(found) or not _is_lipschitz_in(*old.args[:2]):
        return None
    outer = of_the_largest(old.args[0])
    if outer is not None and not exists_somewhere(outer):
        return None
    return Equal(f"the chain rule, {known[0].by}", WHERE_BOTH_EXIST)


def _is_lipschitz_in(u: Expr, x: Expr) -> bool:
    """Whether what u is taken of has a derivative at almost all points."""
    if isinstance(x, Variable) and (names := paths(u, x)):
        return all(map(is_lipschitz, names))
    return all(map(is_lipschitz, u.children))


def _of_equal_functions(lemma: Lemma, proved: Proof) -> Equal | None:
    """Functions that are equal for all letters have equal derivatives."""
    found = [proved_for_letters(left, right, proved) for left, right in lemma]
    equal = all(isinstance(verdict, Equal) and verdict.scope == EVERYWHERE for verdict in found)
    return Equal(f"equal functions, {getattr(found[0], 'by', '')}") if equal else None


def _exists_alike(left: Expr, right: Expr) -> bool:
    """Whether the right side asks for nothing that the left one doesn't."""
    asked = conditions(tensor_of(right).defined)
    return asked <= {*conditions(tensor_of(left).defined), *conditions(TRUE)}


def proved_for_letters(left: Expr, right: Expr, proved: Proof) -> Verdict:
    """The verdict on a lemma, remembered where nothing stands behind its names: these don't show it."""
    if defines(left, right) or is_rearranged(left, right):
        return Equal("structure")
    names = free_variables(left) | free_variables(right)
    plain = all(name.definition is None and name.value is None for name in names)
    return _remembered(left, right, proved) if plain else _compared(left, right, proved)


@lru_cache(maxsize=256)
def _remembered(left: Expr, right: Expr, proved: Proof) -> Verdict:
    return _compared(left, right, proved)


def _compared(left: Expr, right: Expr, proved: Proof) -> Verdict:
    fixed = with_fixed_parts(left, right)
    for more in (fixed and for_all_sizes(*fixed), fixed, for_all_sizes(left, right)):
        if more is not None:
            verdict = proved(*unflattened(*more))
            if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
                return verdict
    return proved(*unflattened(left, right))


def _taken_off(old: Expr) -> tuple[str | None, tuple[Expr, ...]]:
    """The operation f of ∂f(a)/∂x, or that it is smooth, if the chain rule holds for it, and the a."""
    if not isinstance(old, Apply) or old.head not in DERIVATIVES:
        return None, ()
    u, x = old.args[:2]
    if old.head != "vjp" and isinstance(x, Variable) and (names := paths(u, x)):
        return (_SMOOTH, names) if smooth_in(u, names) else (None, ())
    match u:
        case Call():
            return _SMOOTH, u.args
        case Index():
            return _SMOOTH, (u.base,)
        case Sequence():
            return _SMOOTH, u.items
        case Apply(head="pow", args=(Apply(head="norm", args=(a,), options=()), Number(value=2))):
            return _SMOOTH, (a,)
    if not isinstance(u, Apply):
        return None, ()
    if u.head == "norm" and _is_zero_at_a_point(u.args[0], x):
        return "norm", u.args
    if is_smooth_operation(u):
        return _SMOOTH, u.children
    return (u.head, u.children) if u.head in KINKED or _is_of_names(u, x) else (None, ())


def _is_zero_at_a_point(a: Expr, x: Expr) -> bool:
    """``x - c``, which is 0 at c alone: the norm is differentiable everywhere else."""
    match a:
        case Apply(head="add" | "sub", args=(left, right)) if (
            isinstance(x, Variable) and x.definition is None
        ):
            return any(one == x and not depends(other, x) for one, other in ((left, right), (right, left)))
    return False


def _is_of_names(u: Apply, x: Expr) -> bool:
    """Whether u is taken of x itself and of what doesn't depend on it: there is no chain."""
    return isinstance(x, Variable) and all(a == x or not depends(a, x) for a in u.children)
