"""Off by one: in an index, in the ends of a range, or in a size."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Expr, Index, Mapping, Number, Sequence
from symderiv.grading.misconceptions.integers import is_whole
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root, is_apply, option, quotient


def more(tree: Expr) -> Expr:
    return Number(tree.value + 1) if isinstance(tree, Number) else Apply("add", (tree, ONE))


def less(tree: Expr) -> Expr:
    return Number(tree.value - 1) if isinstance(tree, Number) else Apply("sub", (tree, ONE))


def _shifted_index(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Index):
        for place, index in enumerate(node.indices):
            for moved in (more(index), less(index)):
                yield Index(
                    node.base, (*node.indices[:place], moved, *node.indices[place + 1 :]), node.origin
                )


def _shifted_range(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Binder) and node.lower is not None and node.upper is not None:
        for lower, upper in (
            (more(node.lower), node.upper),
            (less(node.lower), node.upper),
            (node.lower, more(node.upper)),
            (node.lower, less(node.upper)),
        ):
            yield Binder(node.kind, node.body, node.variable, lower, upper, node.condition)


def _rounded(node: Expr) -> Iterator[Expr]:
    """A numerator under a floor, where one more or less makes another size."""
    fraction = quotient(node.children[0]) if is_apply(node, "floor", "ceil") else None
    if fraction is not None:
        above, below = fraction
        yield from (node.rebuild((Apply("div", (moved, below)),)) for moved in (more(above), less(above)))
    elif is_apply(node, "floordiv"):
        above, below = node.children
        yield from (node.rebuild((moved, below)) for moved in (more(above), less(above)))


def _counted(node: Expr) -> Iterator[Expr]:
    """A number of things that is divided by: n - 1 for n."""
    if not isinstance(node, Apply):
        return
    if node.head in ("var", "std") and option(node, "ddof") is None:
        yield Apply(node.head, node.args, (*node.options, ("ddof", ONE)))
    elif node.head == "mean" and len(node.args) == 1 and not node.options:
        yield Apply("div", (Apply("sum", node.args), less(Apply("len", node.args))))
    elif node.head == "div" and is_whole(node.args[1]) and not _is_fraction(node):
        above, below = node.args
        yield from (Apply("div", (above, moved)) for moved in (more(below), less(below)))


def _is_fraction(node: Apply) -> bool:
    """``4/9`` is a number, and a ½ counts nothing."""
    return node.args[1] == Number(2) or all(isinstance(each, Number) for each in node.args)


def _shifted_exponent(node: Expr) -> Iterator[Expr]:
    """One step more or less: ``w^(T - 1)`` for ``w^T``."""
    if is_apply(node, "pow") and is_whole(node.children[1]) and free_variables(node.children[1]):
        base, exponent = node.children
        yield from (Apply("pow", (base, moved)) for moved in (more(exponent), less(exponent)))


def _size(tree: Expr) -> Iterator[Expr]:
    """A count or size as a whole: made of integers only, else one more means nothing."""
    if is_whole(tree):
        yield more(tree)
        yield less(tree)


def _counts_nothing(tree: Expr) -> bool:
    """Of ``{-1, 0, 1}`` a moved element is no size, and may be another one; nor is a bit of a truth table."""
    if isinstance(tree, Mapping):
        return any(isinstance(name, Sequence) for name, _ in tree.items)
    return isinstance(tree, Sequence) and tree.kind == "set"


def _forms(tree: Expr) -> Iterator[Expr]:
    if tree not in (ZERO, ONE) and not _counts_nothing(tree):  # by themselves these count nothing
        yield from at_root(_size)(tree)
    yield from at_nodes(_shifted_index)(tree)
    yield from at_nodes(_shifted_range)(tree)
    yield from at_nodes(_shifted_exponent)(tree)
    yield from at_nodes(_rounded)(tree)
    yield from at_nodes(_counted)(tree)


PATTERN = Misconception(
    "off-by-one",
    "Off by one: check where an index starts, where a range ends, or how many there are.",
    _forms,
    Example(("n: size", "k: size"), "n - k + 1", "n - k"),
)
