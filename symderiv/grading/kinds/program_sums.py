"""What a program returns, as a sum of words in opaque functions and matrices: two normal forms to compare.

Matrix products are associative, sums commutative, numbers stand in front: that holds of whatever arrays the
names stand for. Names that stand for numbers, those that the key divides by, stand in front too. A product
goes over a sum only where the sum is no number spread over an array, so what is equal by that alone stays
undecided. What is different with it too is different for some matrices: there are no other equations
between words. Where something else is said, the two are held against each other as numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.verdict import Undecided
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Call, Expr, Number, walk
from symderiv.grading.kinds.program_numbers import as_numbers
from symderiv.grading.kinds.program_run import PRODUCTS

MAX_TERMS = 500
Factors = tuple[Expr, ...]
NO_NAMES: frozenset[Expr] = frozenset()
Scale = tuple[tuple[Expr, int], ...]
"""What is a number for all: names and sums of them with their powers."""
Terms = dict[tuple[Scale, Factors], Fraction]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a tree as a sum of words; where it ``multiplies_out``, products go over sums.

    The names in ``numbers`` stand for numbers.
    """

    multiplies_out: bool
    numbers: frozenset[Expr] = frozenset()

    def normal(self, tree: Expr) -> Expr:
        """The tree in normal form: terms in one order, each a number times a product without brackets."""
        words = [_written(scale, word, number) for (scale, word), number in self.terms(tree).items()]
        return words[0] if len(words) == 1 else Apply("add", tuple(sorted(words, key=_order)))

    def terms(self, tree: Expr) -> Terms:
        if isinstance(tree, Number):
            return {((), ()): Fraction(tree.value)} if tree.value else {}
        if tree in self.numbers:
            return {(((tree, 1),), ()): Fraction(1)}
        if isinstance(tree, Apply) and not tree.options:
            if tree.head in ("add", "sub", "neg", "pos"):
                return self._sum(tree)
            if tree.head == "div" and (shared := self._shared(*tree.args)) is not None:
                return shared
            if tree.head in PRODUCTS:
                return self._product(tree.args)
            if tree.head == "transpose":
                return self._transposed(tree.args[0])
        inside = tree.rebuild(tuple(map(self.normal, tree.children)))
        if tree.children and self._is_number(tree):
            return {(((inside, 1),), ()): Fraction(1)}
        return {((), (inside,)): Fraction(1)}

    def _is_number(self, tree: Expr) -> bool:
        """Is this made of numbers by operations alone?"""
        is_one = isinstance(tree, Number) or tree in self.numbers
        return is_one or (isinstance(tree, Apply) and all(map(self._is_number, tree.args)))

    def _shared(self, tree: Expr, by: Expr) -> Terms | None:
        """``tree / by``, where that is a number: of one term its powers turn around, a sum is one factor."""
        below = self.terms(by)
        if not below or any(word for _, word in below):
            return None
        (scale, _), number = next(iter(below.items()))
        if len(below) > 1:
            number = below[min(below, key=lambda term: _order(_written(term[0], term[1], Fraction(1))))]
            scale = ((self.normal(Apply("div", (by, Number(number)))), 1),)
        over = tuple((each, -power) for each, power in scale)
        return {
            (_joint(above, over), word): share / number for (above, word), share in self.terms(tree).items()
        }

    def _sum(self, tree: Apply) -> Terms:
        total: Terms = {}
        for place, each in enumerate(tree.args):
            minus = tree.head == "neg" or (tree.head == "sub" and place > 0)
            for term, number in self.terms(each).items():
                total[term] = total.get(term, Fraction(0)) + (-number if minus else number)
        return {term: number for term, number in total.items() if number}

    def _transposed(self, tree: Expr) -> Terms:
        """Of each word the transposes of its factors, the last one first."""
        return {
            (scale, tuple(map(_turned, reversed(word)))): number
            for (scale, word), number in self.terms(tree).items()
        }

    def _product(self, factors: Factors) -> Terms:
        found: Terms = {((), ()): Fraction(1)}
        read = [self.terms(factor) for factor in factors]
        arrays = sum(any(word for _, word in terms) for terms in read)
        for factor, terms in zip(factors, read, strict=True):
            # what is spread over an array is multiplied out by numbers, but not by another array
            may_spread = not self.multiplies_out and arrays > 1 and any(word for _, word in terms)
            if len(terms) > 1 and (may_spread or len(terms) * len(found) > MAX_TERMS):
                terms = {((), (self.normal(factor),)): Fraction(1)}
            pairs = [
                ((_joint(a, b), left + right), m * n)
                for (a, left), m in found.items()
                for (b, right), n in terms.items()
            ]
            found = {}
            for term, number in pairs:
                found[term] = found.get(term, Fraction(0)) + number
        return {term: number for term, number in found.items() if number}


def _joint(first: Scale, second: Scale) -> Scale:
    """The product of two, in one order; what cancels is left out: nobody divides by zero here."""
    powers: dict[Expr, int] = {}
    for each, power in (*first, *second):
        powers[each] = powers.get(each, 0) + power
    return tuple(sorted(((each, n) for each, n in powers.items() if n), key=lambda pair: _order(pair[0])))


def _written(scale: Scale, word: Factors, number: Fraction) -> Expr:
    powers = tuple(each if n == 1 else Apply("pow", (each, Number(n))) for each, n in scale)
    factors = (*powers, Apply("matmul", word)) if word else powers
    return Apply("mul", (Number(number), *factors)) if factors else Number(number)


def divisors(tree: Expr) -> frozenset[Expr]:
    """The names that a formula divides by: nobody divides by a matrix.

    >>> from symderiv.language import Scope, read
    >>> sorted(each.name for each in divisors(read("(f(x + h) - f(x))/(2*h)", Scope(strict=False))))
    ['h']
    """
    below = [node.args[1] for node in walk(tree) if isinstance(node, Apply) and node.head == "div"]
    return frozenset(
        each for part in below for each in free_variables(part) if each not in set(_called(part))
    )


def _called(tree: Expr) -> Iterator[Expr]:
    return (node.function for node in walk(tree) if isinstance(node, Call))


def _turned(factor: Expr) -> Expr:
    is_turned = isinstance(factor, Apply) and factor.head == "transpose"
    return factor.children[0] if is_turned else Apply("transpose", (factor,))


def are_one(found: Expr, right: Expr, declared: frozenset[Expr] = NO_NAMES) -> bool | Undecided:
    """Is a returned value the right one, for all functions and matrices?

    The names ``declared`` as numbers are numbers, and so is what the right one divides by.

    >>> from symderiv.language import Scope, read
    >>> def tree(text): return read(text, Scope(strict=False))
    >>> are_one(tree("f(A*(B*x)) + x"), tree("x + f(A@B@x)")), are_one(tree("A@B"), tree("B@A"))
    (True, False)
    >>> are_one(tree("(A + B)@x"), tree("A@x + B@x")).verdict
    'undecided'
    """
    numbers = divisors(right) | declared
    as_written, multiplied_out = Reader(False, numbers), Reader(True, numbers)
    if as_written.normal(found) == as_written.normal(right):
        return True
    mine, asked = multiplied_out.normal(found), multiplied_out.normal(right)
    if mine == asked:
        return Undecided(("equal, but for sums of a number and an array",))
    if not (_is_of_words(mine) and _is_of_words(asked)):
        return as_numbers(found, right, numbers)
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
