"""What a program returns, as a sum of words in opaque functions and matrices: two normal forms to compare.

Matrix products are associative, sums commutative, numbers stand in front: that holds of whatever arrays the
names stand for. A product goes over a sum only where the sum is no number spread over an array, so what is
equal by that alone stays undecided. What is different with it too is different for some matrices: there are
no other equations between words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.verdict import Undecided
from symderiv.expression.tree import Apply, Call, Expr, Number
from symderiv.grading.kinds.program_run import PRODUCTS

MAX_TERMS = 500
Factors = tuple[Expr, ...]
Terms = dict[Factors, Fraction]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a tree as a sum of words; where it ``multiplies_out``, products go over sums."""

    multiplies_out: bool

    def normal(self, tree: Expr) -> Expr:
        """The tree in normal form: terms in one order, each a number times a product without brackets."""
        terms = self.terms(tree)
        words = [
            Apply("mul", (Number(number), Apply("matmul", word))) if word else Number(number)
            for word, number in terms.items()
        ]
        return words[0] if len(words) == 1 else Apply("add", tuple(sorted(words, key=_order)))

    def terms(self, tree: Expr) -> Terms:
        if isinstance(tree, Number):
            return {(): Fraction(tree.value)} if tree.value else {}
        if isinstance(tree, Apply) and not tree.options:
            if tree.head in ("add", "sub", "neg", "pos"):
                return self._sum(tree)
            if tree.head == "div" and isinstance(tree.args[1], Number) and tree.args[1].value:
                share = 1 / Fraction(tree.args[1].value)
                return {word: share * number for word, number in self.terms(tree.args[0]).items()}
            if tree.head in PRODUCTS:
                return self._product(tree.args)
            if tree.head == "transpose":
                return self._transposed(tree.args[0])
        return {(tree.rebuild(tuple(map(self.normal, tree.children))),): Fraction(1)}

    def _sum(self, tree: Apply) -> Terms:
        total: Terms = {}
        for place, each in enumerate(tree.args):
            minus = tree.head == "neg" or (tree.head == "sub" and place > 0)
            for word, number in self.terms(each).items():
                total[word] = total.get(word, Fraction(0)) + (-number if minus else number)
        return {word: number for word, number in total.items() if number}

    def _transposed(self, tree: Expr) -> Terms:
        """Of each word the transposes of its factors, the last one first."""
        return {tuple(map(_turned, reversed(word))): number for word, number in self.terms(tree).items()}

    def _product(self, factors: Factors) -> Terms:
        found: Terms = {(): Fraction(1)}
        for factor in factors:
            terms = self.terms(factor)
            if len(terms) > 1 and (not self.multiplies_out or len(terms) * len(found) > MAX_TERMS):
                terms = {(self.normal(factor),): Fraction(1)}
            pairs = [(a + b, m * n) for a, m in found.items() for b, n in terms.items()]
            found = {}
            for word, number in pairs:
                found[word] = found.get(word, Fraction(0)) + number
        return {word: number for word, number in found.items() if number}


AS_WRITTEN, MULTIPLIED_OUT = Reader(False), Reader(True)


def _turned(factor: Expr) -> Expr:
    is_turned = isinstance(factor, Apply) and factor.head == "transpose"
    return factor.children[0] if is_turned else Apply("transpose", (factor,))


def are_one(found: Expr, right: Expr) -> bool | Undecided:
    """Is a returned value the right one, for all functions and matrices?

    >>> from symderiv.language import Scope, read
    >>> def tree(text): return read(text, Scope(strict=False))
    >>> are_one(tree("f(A*(B*x)) + x"), tree("x + f(A@B@x)")), are_one(tree("A@B"), tree("B@A"))
    (True, False)
    >>> are_one(tree("(A + B)@x"), tree("A@x + B@x")).verdict
    'undecided'
    """
    if AS_WRITTEN.normal(found) == AS_WRITTEN.normal(right):
        return True
    mine, asked = MULTIPLIED_OUT.normal(found), MULTIPLIED_OUT.normal(right)
    if mine == asked:
        return Undecided(("equal, but for sums of a number and an array",))
    if not (_is_of_words(mine) and _is_of_words(asked)):
        return Undecided(("more than sums and products of matrices",))
    if _scalars_may_commute(right) and _commuted(mine) == _commuted(asked):
        return Undecided(("equal if the names that are multiplied are numbers",))
    return False


def _is_of_words(tree: Expr) -> bool:
    """Is this made of names, calls, sums, products and transposes only?"""
    known = not isinstance(tree, Apply) or tree.head in ("add", "mul", "matmul", "transpose")
    simple = isinstance(tree, Apply | Call) or not tree.children
    return known and simple and all(map(_is_of_words, tree.children))


def _scalars_may_commute(right: Expr) -> bool:
    """Does the exercise itself write a ``*``, the product of numbers as well as of matrices?"""
    return (isinstance(right, Apply) and right.head == "mul") or any(
        map(_scalars_may_commute, right.children)
    )


def _commuted(tree: Expr) -> object:
    """The tree as if all products commuted."""
    if not tree.children:
        return tree
    inside = [_commuted(child) for child in tree.children]
    head = tree.head if isinstance(tree, Apply) else getattr(tree, "function", type(tree))
    if isinstance(tree, Apply) and tree.head in ("matmul", "mul", "add"):
        return (head, frozenset(Counter(inside).items()))
    return (head, tuple(inside))


def _order(expr: Expr) -> str:
    """A text that tells expressions apart, so that equal sums have their terms in one order."""
    own = [str(getattr(expr, name)) for name in ("head", "name", "value", "kind") if hasattr(expr, name)]
    return f"{type(expr).__name__}{own}({','.join(map(_order, expr.children))})"
