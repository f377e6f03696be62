"""What an undeclared name leaves open: what does the L of ``∂L/∂w`` depend on, is ``x_bar`` the mean of x?

Taken for a number that depends on nothing, ``∂L/∂w`` would be 0, and equal to any other such derivative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.errors import MeaningError, SymderivError
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Index, Sequence, Variable, walk

DERIVATIVES = ("diff", "gradient", "jacobian", "hessian", "vjp")

Names = Mapping[str, Variable]


def doubt(tree: Expr, declared: Names, known: Names, facts: tuple[Expr, ...]) -> SymderivError | None:
    """The error for a name that can be read in two ways, with its place, or None.

    ``declared`` are the names that were given, ``known`` those inferred from the texts too.
    """
    if len(known) == len(declared) and not facts:
        return None
    found = next(_doubts(tree, declared, known, facts), None)
    if found is None:
        return None
    node, error = found
    error.span = node.span
    return error


def _doubts(
    tree: Expr, declared: Names, known: Names, facts: tuple[Expr, ...]
) -> Iterator[tuple[Expr, MeaningError]]:
    for node in walk(tree):
        if isinstance(node, Apply) and node.head in DERIVATIVES and len(node.args) > 1:
            yield from _of_derivative(node, declared, facts)
        elif isinstance(node, Variable) and node.name not in declared:
            array = _averaged(node.name, known)
            if array:
                message = f"{node.name} may be the mean of {array}, or a name of its own"
                yield node, MeaningError(message, cure=f"write mean({array}), or declare {node.name}")


def _of_derivative(
    node: Apply, declared: Names, facts: tuple[Expr, ...]
) -> Iterator[tuple[Expr, MeaningError]]:
    of, *by = node.args
    wanted = {name for each in by for name in _names(each)}
    if isinstance(of, Variable) and of.name not in declared and of not in wanted:
        message = f"what {of.name} depends on isn't said"
        yield node, MeaningError(message, cure=f"write its formula, or {of.name}(x) of a named function")
    for fact in facts:
        for name in _said_by(fact, wanted) & free_variables(of):
            message = f"what is given says that {name.name} depends on what is differentiated by"
            yield node, MeaningError(message, cure=f"write the formula of {name.name} inside the derivative")


def _names(wrt: Expr) -> Iterator[Variable]:
    match wrt:
        case Variable():
            yield wrt
        case Index(base=Variable() as base):
            yield base
        case Sequence(items=items):
            for item in items:
                yield from _names(item)


def _said_by(fact: Expr, wanted: set[Variable]) -> set[Variable]:
    """The name that an equation gives as a formula of one of the ``wanted``: ``p == 1/(1 + exp(-z))``."""
    if not isinstance(fact, Apply) or fact.head != "eq":
        return set()
    left, right = fact.args
    pairs = ((left, right), (right, left))
    return {a for a, b in pairs if isinstance(a, Variable) and a not in wanted and wanted & free_variables(b)}


def _averaged(name: str, known: Names) -> str:
    """The array that ``x_bar`` or ``xbar`` may be the mean of; "" where there is none."""
    base = name.removesuffix("bar").removesuffix("_")
    array = known.get(base) if name.endswith("bar") else None
    return base if array is not None and array.kind.shape else ""
