"""Counts and sizes written out: N (C k k) for ``parameters(conv2d(X, K))``, ⌊(n + 2P - k)/s⌋ + 1 for a size.

What a layer counts is a product or a sum in which something can be forgotten, though its value is one number.
"""

from __future__ import annotations

from symderiv.derivation import meaning
from symderiv.derivation.crossing import undefined
from symderiv.derivation.meaning.costs import COSTS, arguments, weights_of, work_on
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import SymderivError
from symderiv.expression.kinds import SIZE
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Index, Number, Sequence, Variable, transform
from symderiv.grading.misconceptions.rewriting import is_apply, quotient, rebuilt
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.counting import array, unsigned
from symderiv.tensor import Tensor

_SLIDING = {"kernel_size": ZERO, "stride": ONE, "padding": ZERO}
"""The options that a size is worked out from, and what they are where they change nothing."""


def written_counts(tree: Expr) -> Expr | None:
    """The tree with its counts and shapes written out, or None where it has none.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> X, K = Variable("X", Kind(shape=(Number(3),))), Variable("K", Kind(shape=(Number(2),)))
    >>> to_text(written_counts(Apply("shape", (Apply("conv1d", (X, K)),))))
    '(3 + -1*2 + 1,)'
    """
    try:
        found = rebuilt(tree, _written)
    except SymderivError:
        return None
    return None if found is tree else found


def _written(node: Expr) -> Expr | None:
    if isinstance(node, Index) and is_apply(node.base, "shape") and isinstance(node.indices[0], Number):
        return _sizes(node.base.children[0])[int(node.indices[0].value)]
    if not isinstance(node, Apply):
        return None
    if node.head == "prod" and len(node.args) == 1 and is_apply(node.args[0], "shape"):
        return _product(_sizes(node.args[0].children[0]))
    if node.head == "shape":
        return Sequence(_sizes(node.args[0]), "tuple")
    if node.head == "parameters":
        return _sum([_learnt(given) for given in weights_of(*arguments(node))])
    if node.head == "operations":
        return _sum([_without_signs(part) for part in work_on(*arguments(node)).tidy.each if part != ZERO])
    return _without_signs(COSTS[node.head](node, frozenset()).value) if node.head in COSTS else None


def _without_signs(count: Expr) -> Expr:
    """n m - n as a difference, of which the minuend alone is a mistake of its own."""
    if not is_apply(count, "add"):
        return count
    less = [unsigned(term) for term in count.children if unsigned(term) != term]
    more = [term for term in count.children if unsigned(term) == term]
    return Apply("sub", (_sum(more), _sum(less))) if less and more else count


def _learnt(given: tuple[Expr, ...]) -> Expr:
    """N (C k k) for a kernel, N (C k k + 1) with a bias."""
    first, *others = (tensor_of(weight).shape for weight in given)
    if not others and len(first) > 1:
        return _product((first[0], _product(first[1:])))
    if len(others) == 1 and others[0] == first[:1] and len(first) > 1:
        return _product((first[0], Apply("add", (_product(first[1:]), ONE))))
    return _sum([_product(shape) for shape in (first, *others)])


def _sizes(tree: Expr) -> tuple[Expr, ...]:
    """The sizes of a value, with what becomes of the sizes before it."""
    tree = undefined(tree)
    operation = OPERATIONS.get(tree.head) if isinstance(tree, Apply) else None
    if operation is None or not isinstance(tree, Apply):
        return tensor_of(tree).shape
    given = operation.bind(tree.args, tree.options)
    first = given[0]
    if not isinstance(first, (Variable, Apply)) or operation.parameters[0].option:
        return tensor_of(tree).shape
    before = _sizes(first)
    for known in range(len(before)):
        letters = _Letters()
        moved = array("_input", *tensor_of(first).shape[:known], *map(letters.of, before[known:]))
        others = zip(operation.parameters[1:], given[1:], strict=True)
        values = [letters.value(p.name, tree, len(before) - known) for p, tree in others]
        try:
            found = operation.forward(moved, *values)
        except SymderivError:  # a letter stands where sizes must agree: the channels
            continue
        if isinstance(found, Tensor):
            return tuple(map(letters.put_back, found.shape))
    return tensor_of(tree).shape


class _Letters:
    """Letters for the sizes that a layer slides over, so that its formula stays one."""

    def __init__(self) -> None:
        self.stand_for: dict[Expr, Expr] = {}

    def of(self, size: Expr) -> Variable:
        letter = Variable(f"_size{len(self.stand_for)}", SIZE)
        self.stand_for[letter] = size
        return letter

    def value(self, name: str, tree: object, axes: int) -> object:
        """What an operation is given: letters for how it slides and for the last axes of its kernel."""
        if isinstance(tree, Number) and name in _SLIDING and tree != _SLIDING[name]:
            return self.of(tree)
        if not isinstance(tree, (Variable, Apply)):
            return tree
        if name != "K":
            return meaning(tree)
        shape = tensor_of(tree).shape
        return array(name, *shape[:-axes], *map(self.of, shape[-axes:]))

    def put_back(self, size: Expr) -> Expr:
        return transform(size, lambda node: self.stand_for.get(node, node))


def _divided(size: Expr) -> Expr:
    """N/M as a quotient, as people write it."""
    split = quotient(size)
    return size if split is None else Apply("div", split)


def _product(factors: tuple[Expr, ...]) -> Expr:
    factors = tuple(map(_divided, factors))
    return factors[0] if len(factors) == 1 else Apply("mul", factors)


def _sum(terms: list[Expr]) -> Expr:
    return ZERO if not terms else terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
