"""What a lemma says of a line: arguments in the place of its letters, G in that of the free one.

    ∂f(l)/∂l = F(l)                says   ∂f(a)/∂x = F(a) ∂a/∂x, summed over what depends on x
    ∂/∂l Σ Ĝ ⊙ f(l) = F(l, Ĝ)      says   vjp(f(a), x, G) = vjp(a, x, F(a, G)), likewise
    ∂/∂x Σ Ĝ ⊙ u(x) = F(Ĝ)         says   ∂e/∂x = F(∂e/∂u) where e depends on x through the name u alone
    f(l) = g(l)                    says   ∂f(a)/∂x = ∂g(a)/∂x

The line is put together here once more, from the lemma alone: a rule that states a right lemma and writes a
wrong line is not believed.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.dependence import depends, entering, mentions, paths
from symderiv.derivation.proof.letters.matching import Places, matched
from symderiv.derivation.proof.linear_form import LinearForm, is_derivative, linear_form
from symderiv.derivation.vocabulary import D, Lemma, plus, shape
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Expr, Variable, transform

Same = Callable[[Expr, Expr], bool]
"""Whether two factors are proved equal, wherever the first exists."""


def follows(lemma: Lemma, old: Expr, new: Expr, same: Same) -> bool:
    """Whether ``old = new`` is what the lemma says."""
    if not any(is_derivative(left) for left, _ in lemma):
        return _is_swapped(lemma, old, new)
    match old:
        case Apply(head="vjp" | "gradient" | "diff" | "jacobian", args=(u, Variable() as x, *rest)):
            said = _through_names(lemma, u, x) if not rest and paths(u, x) else None
            if said is not None and readable(said) == readable(new):
                return True
            form = _said(lemma, u, x, rest[0] if rest else None) if said is None else linear_form(said, x)
            return form is not None and _are_same(form, linear_form(new, x), same)
    return False


def _are_same(said: LinearForm, written: LinearForm | None, same: Same) -> bool:
    """Whether the same derivatives have the same factors."""
    if written is None or said.keys() != written.keys():
        return False
    pairs = [(readable(said[u]), readable(written[u])) for u in said]
    return all(a == b or same(a, b) for a, b in pairs)


def _said(lemma: Lemma, u: Expr, x: Variable, G: Expr | None) -> LinearForm | None:
    """The line that the lemma says; None where it is about something else, or leaves out an argument."""
    found: dict[Expr, list[Expr]] = {}
    taken_out: dict[Expr, Places] = {}
    for left, right in lemma:
        f = _of_letters(left, G)
        places = None if f is None else matched(f[0], u)
        if f is None or places is None:
            return None
        letter = left.children[1]
        found.setdefault(places.get(letter, letter), []).append(substitute(right, {**places, **f[1]}))
        taken_out.setdefault(f[0], dict(places))[letter] = _taken_out(letter)
    rest = _in_common([transform(substitute(f, places), _in_a_row) for f, places in taken_out.items()])
    if rest is None or depends(rest, x):
        return None
    return {a: plus(*factors) for a, factors in found.items() if depends(a, x)}


def _in_a_row(node: Expr) -> Expr:
    """A B C for A (B C), the brackets of a pattern with two factors: they hold no occurrence of x."""
    match node:
        case Apply(head="mul" | "matmul", args=(*first, Apply(args=rest, options=()) as last)) if (
            last.head == node.head
        ):
            return Apply(node.head, (*first, *rest))
    return node


def _taken_out(letter: Expr) -> Variable:
    return Variable("·", letter.kind) if isinstance(letter, Variable) else Variable("·")


def _in_common(trees: list[Expr]) -> Expr | None:
    """The tree in which is taken out what is taken out of any of these, which are otherwise alike."""
    rest: Expr | None = trees[0]
    for other in trees[1:]:
        rest = None if rest is None else _both_taken_out(rest, other)
    return rest


def _both_taken_out(a: Expr, b: Expr) -> Expr | None:
    for one, other in ((a, b), (b, a)):
        if one == other or (isinstance(one, Variable) and one.name == "·"):
            return one
    if type(a) is not type(b) or len(a.children) != len(b.children) or not a.children:
        return None
    if a.rebuild(b.children) != b:
        return None
    parts = [_both_taken_out(one, other) for one, other in zip(a.children, b.children, strict=True)]
    kept = tuple(part for part in parts if part is not None)
    return a.rebuild(kept) if len(kept) == len(parts) else None


def _of_letters(left: Expr, G: Expr | None) -> tuple[Expr, Places] | None:
    """f(l) of a lemma's ∂f(l)/∂l; of ∂/∂l Σ Ĝ ⊙ f(l) too, with G in the place of Ĝ."""
    f = left.children[0]
    if G is None:
        return f, {}
    match f:
        case Apply(head="sum", args=(Apply(head="hadamard", args=(free, lettered)),)):
            return lettered, {free: G}
    return None


def _through_names(lemma: Lemma, e: Expr, x: Variable) -> Expr | None:
    """∂e/∂x where x enters through names alone: what their definitions send back, for ∂e/∂u."""
    if mentions(e, x):
        return None
    if _is_chain(lemma):
        names = paths(e, x)
        apart = not any(depends(v, u) for u in names for v in names if u != v)
        return plus(*(_chained(e, u, x) for u in names)) if apart and len(names) else None
    names = entering(e, x)
    if any(paths(u.definition, x) for u in names if u.definition is not None):
        names = paths(e, x)
        if len(names) > 1:
            return None
    if len(lemma) != 1 or lemma[0][0].children[1] != x:
        return None
    (left, right), places = lemma[0], dict[Expr, Expr]()
    terms = left.children[0].children if _is_sum(left.children[0]) else (left.children[0],)
    waiting = set(names)
    for term in terms:
        named = _weighed_name(term, x, waiting)
        if named is None:
            return None
        free, u, inner = named
        waiting.discard(u)
        places |= {**inner, free: D(e, u)}
    return None if waiting else substitute(right, places)


def _is_sum(e: Expr) -> bool:
    return isinstance(e, Apply) and e.head == "add"


def _is_chain(lemma: Lemma) -> bool:
    """∂(A u)/∂u = A for free A and u"""
    names = [name.name for left, _ in lemma for name in free_variables(left)]
    return len(lemma) == 1 and {"_outer", "_inner"} <= set(names)


def _chained(e: Expr, u: Variable, x: Variable) -> Expr:
    """∂e/∂u ∂u/∂x; by a number x, the array ∂u/∂x is a column, and the product has the shape of e."""
    outer, inner = D(e, u), D(u, x)
    if shape(x) or not (shape(e) and shape(u)):
        return Apply("mul", (outer, inner))
    column = Apply("mul", (outer, inner if len(shape(u)) == 1 else Apply("flatten", (inner,))))
    return column if len(shape(e)) == 1 else Apply("reshape", (column, *map(readable, shape(e))))


def _weighed_name(term: Expr, x: Variable, names: set[Variable]) -> tuple[Expr, Variable, Places] | None:
    """Ĝ, u and what stands in its letters' places, of ``Σ Ĝ ⊙ u``; what u adds to it may be left out."""
    match term:
        case (
            Apply(head="sum", args=(Apply(head="hadamard", args=(free, lettered)),))
            | Apply(head="mul", args=(free, lettered))
        ):
            for u in names:
                for part in () if u.definition is None else (u.definition, _moving_term(u.definition, x)):
                    places = matched(lettered, part)
                    if places is not None:
                        return free, u, places
    return None


def _moving_term(e: Expr, x: Variable) -> Expr:
    """The one term of a sum that depends on x."""
    moving = [term for term in e.children if depends(term, x)] if _is_sum(e) else []
    return moving[0] if len(moving) == 1 and shape(moving[0]) == shape(e) else e


def _is_swapped(lemma: Lemma, old: Expr, new: Expr) -> bool:
    """Whether new is old with functions in the place of others that are equal to them."""

    def swapped(node: Expr) -> Expr:
        for left, right in lemma:
            places = matched(left, node)
            if places is not None:
                return substitute(right, places)
        return node

    def from_outside(node: Expr) -> Expr:
        """Parts of what is swapped, such as one state of a cell, before the whole of it."""
        for left, right in lemma:
            places = matched(left, node)
            if places is not None:
                return substitute(right, {letter: from_outside(part) for letter, part in places.items()})
        changed = tuple(map(from_outside, node.children))
        same = all(new is was for new, was in zip(changed, node.children, strict=True))
        return node if same else node.rebuild(changed)

    ways = [transform(old, swapped), from_outside(old)]
    match old:
        case Apply(head="vjp", args=(u, x, G)):  # what is sent may stay as it is written
            ways.append(Apply("vjp", (transform(u, swapped), x, G)))
    return any(readable(way) == readable(new) for way in ways)
