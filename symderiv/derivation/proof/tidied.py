"""Whether tidying kept the value of a line: the parts in which it was changed are proved equal.

What is the same round them, and the terms that a sum has on both sides, are left out. A part may stand in a
derivative by a plain name: equal functions have equal derivatives, which exist alike where both are smooth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.existence.smoothness import is_smooth
from symderiv.derivation.proof.letters.congruence import (
    differing,
    in_common_factors,
    in_common_letters,
    in_letters,
)
from symderiv.derivation.proof.letters.generality import for_all_sizes
from symderiv.derivation.proof.linear_form import linear_form
from symderiv.derivation.proof.lines import equal
from symderiv.derivation.standing import is_by_plain_name
from symderiv.derivation.tidying.associating import without_brackets
from symderiv.derivation.tidying.gathering import gathered
from symderiv.derivation.tidying.merging import parted
from symderiv.derivation.vocabulary import shape
from symderiv.equality.verdict import EVERYWHERE, Equal
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.substitution import has_free_index
from symderiv.expression.tree import Apply, Expr, Variable, walk
from symderiv.operations.declaring.shapes import same_shape

_LETTERS = (in_common_letters, in_common_factors, in_letters)


def is_tidied(put_in: Expr, after: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether both are equal: with letters for what tidying took as it stood, else in full."""
    part = _changed(put_in, after)
    part = None if part is None else _changed(*map(without_brackets, part))
    part = None if part is None else _changed(*map(gathered, part)) and part
    if part is None or _are_linear_alike(*part, facts):
        return True
    if any(_are_equal_in(letters, part, facts) for letters in _LETTERS):
        return True
    whole = without_brackets(put_in), without_brackets(after)
    if part != whole and all(map(_is_of_names, part)) and _are_equal(*part, facts):
        return True
    return _are_equal_in(in_letters, whole, facts) or _are_equal(*whole, facts)


_LINEAR = frozenset("add sub neg mul div transpose".split())


def _is_of_names(part: Expr) -> bool:
    """Whether it is added and multiplied of names alone, so that it is soon compared: c + c is 2 c."""
    plain = (not isinstance(n, Apply) or n.head in _LINEAR for n in walk(part))
    return all(plain) and not has_free_index(part)


Pair = tuple[Expr, Expr]


def _are_linear_alike(before: Expr, after: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether the same derivatives are left, each with a factor that tidying kept: Gu + Gu is 2 Gu."""
    names = {node.args[1] for node in walk(before) if isinstance(node, Apply) and node.head == "vjp"}
    if len(names) != 1 or not isinstance(x := names.pop(), Variable):
        return False
    left, right = linear_form(before, x), linear_form(after, x)
    if left is None or right is None or left.keys() != right.keys() or left.keys() == {x}:
        return False
    return all(left[u] == right[u] or is_tidied(left[u], right[u], facts) for u in left)


def _are_equal_in(letters: Callable[[Expr, Expr], Pair | None], pair: Pair, facts: tuple[Expr, ...]) -> bool:
    lettered = letters(*pair)
    return lettered is not None and _are_equal(*lettered, facts)


def _are_equal(left: Expr, right: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether they are proved equal: for all sizes where this is shorter, else as they stand."""
    more = for_all_sizes(left, right)
    if more is not None and _are_equal(*more, ()):
        return True
    match left, right:
        case Apply(head="reshape", args=(a, *sizes)), Apply(head="reshape", args=(b, *others)) if (
            sizes == others and same_shape(shape(a), shape(b))
        ):
            return _are_equal(a, b, facts)
    verdict = equal(tensor_of(left), tensor_of(right), facts, limits.WITHOUT_LEMMA)
    return isinstance(verdict, Equal) and verdict.scope == EVERYWHERE


def _changed(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """The smallest parts in which two trees differ; None if these are sums of the same terms."""
    if before == after:
        return None
    part = differing(before, after)
    terms = [parted(side) for side in part]
    if terms[0] == terms[1]:
        return None
    smaller = _without_common_terms(*terms) or _inside_derivative(*part)
    return part if smaller is None else _changed(*smaller)


def _without_common_terms(left: Counter[Expr], right: Counter[Expr]) -> tuple[Expr, Expr] | None:
    common = left & right
    if not common or not left - common or not right - common:
        return None
    first, second = (_sum(side - common) for side in (left, right))
    return (first, second) if shape(first) == shape(second) else None


def _sum(terms: Counter[Expr]) -> Expr:
    each = tuple(terms.elements())
    return each[0] if len(each) == 1 else Apply("add", each)


def _inside_derivative(before: Expr, after: Expr) -> tuple[Expr, Expr] | None:
    """What two derivatives by the same plain name are taken of, or the parts in which that differs, if both
    are smooth, or brackets apart: f(a) and f(b) are one function where a and b are."""
    match before, after:
        case Apply(args=(u, *rest)), Apply(args=(v, *others)) if (
            rest == others and before.head == after.head and before.head in DERIVATIVES
        ):
            if rest and is_by_plain_name(Apply("gradient", (u, rest[0]))) and before.options == after.options:
                for pair in ((u, v), differing(u, v)):
                    if all(is_smooth(side) and not has_free_index(side) for side in pair):
                        return pair
                return (u, v) if _changed(u, v) is None else None
    return None
