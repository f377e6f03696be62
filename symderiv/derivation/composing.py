"""What a lemma says of a line: arguments in the place of its letters, G in that of the free one.

    ∂/∂l Σ Ĝ ⊙ f(l) = F(l, Ĝ)   says   vjp(f(a), x, G) = vjp(a, x, F(a, G)), summed over what depends on x

The line is put together here once more, from the lemma alone: a rule that states a right lemma and writes a
wrong line is not believed.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import plus
from symderiv.derivation.rules.sending import sent
from symderiv.expression.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Expr, Variable, walk

Lemma = tuple[tuple[Expr, Expr], ...]
Places = dict[Expr, Expr]

_DERIVATIVES = ("gradient", "diff", "jacobian")


def follows(lemma: Lemma, old: Expr, new: Expr) -> bool:
    """Whether ``old = new`` is what the lemma says, where old is something that is sent back.

    Of other derivatives nothing is asked: there the lemma is about the whole line.
    """
    if not (isinstance(old, Apply) and old.head == "vjp" and isinstance(old.args[1], Variable)):
        return True
    if all(_is_derivative(left) for left, _ in lemma):
        said = _sent_by(lemma, old.args[0], old.args[1], old.args[2])
        return said is not None and readable(said) == readable(new)
    return any(_is_swapped(left, right, old, new) for left, right in lemma)


def _is_derivative(left: Expr) -> bool:
    return isinstance(left, Apply) and left.head in _DERIVATIVES


def _sent_by(lemma: Lemma, u: Expr, x: Variable, G: Expr) -> Expr | None:
    """The line that the lemma says; None where it is about something else, or leaves out an argument."""
    terms: list[Expr] = []
    letters = {left.children[1] for left, _ in lemma}
    for left, right in lemma:
        match left.children:
            case (Apply(head="sum", args=(Apply(head="hadamard", args=(free, lettered)),)), letter):
                places: Places = {}
                if not _matches(lettered, u, places):
                    return None
                if not letters.issuperset(_moving(lettered, places, x)):
                    return None
                back = readable(substitute(right, {**places, free: G}))
                terms.append(sent(places.get(letter, letter), x, back))
            case _:
                return None
    return plus(*terms)


def _moving(lettered: Expr, places: Places, x: Variable) -> list[Expr]:
    """The names in the lettered operation whose arguments depend on x."""
    return [name for name in free_variables(lettered) if depends(places.get(name, name), x)]


def _matches(pattern: Expr, tree: Expr, places: Places) -> bool:
    """Whether the tree is the pattern with arguments in the place of its letters, which are noted."""
    if isinstance(pattern, Variable) and pattern.name.startswith("·"):
        return places.setdefault(pattern, tree) == tree
    if pattern == tree:
        return True
    if type(pattern) is not type(tree) or len(pattern.children) != len(tree.children) or not tree.children:
        return False
    if tree.rebuild(pattern.children) != pattern:
        return False
    pairs = zip(pattern.children, tree.children, strict=True)
    return all(_matches(part, other, places) for part, other in pairs)


def _is_swapped(left: Expr, right: Expr, old: Expr, new: Expr) -> bool:
    """Whether new is old with one function in the place of another that is equal to it."""
    for node in walk(old):
        places: Places = {}
        if _matches(left, node, places):
            swapped = substitute(old, {node: substitute(right, places)})
            if readable(swapped) == readable(new):
                return True
    return False
