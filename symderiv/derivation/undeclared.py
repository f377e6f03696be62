"""What an undeclared name leaves open: what does the L of ``∂L/∂w`` depend on, is ``x_bar`` the mean of x?

Taken for a number that depends on nothing, ``∂L/∂w`` would be 0, and equal to any other such derivative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import MeaningError, SymderivError
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Call, Expr, Index, Sequence, Variable, walk, walk_once

OF_ARRAYS = frozenset("transpose hadamard outer dot matmul kron norm mean var std len trace det flip".split())
OF_ONE_ARRAY = frozenset("sum prod max min".split())

Names = Mapping[str, Variable]
Doubts = Iterator[tuple[Expr, MeaningError]]


def doubt(tree: Expr, declared: Names, known: Names, facts: tuple[Expr, ...]) -> SymderivError | None:
    """The error for a name that can be read in two ways, with its place, or None.

    ``declared`` are the names that were given, ``known`` those inferred from the texts too.
    """
    if len(known) == len(declared) and not facts:
        return None
    found = next(chain(_of_names(tree, declared, known), _of_uses(tree, declared, facts)), None)
    if found is None:
        return None
    node, error = found
    error.span = node.span
    return error


def _of_uses(tree: Expr, declared: Names, facts: tuple[Expr, ...]) -> Doubts:
    for node in walk_once(tree):
        if type(node) is not Apply:
            continue
        head = node.head
        if head == "div":
            yield from _of_quotient(node, declared)
        elif head in DERIVATIVES and len(node.args) > 1:
            yield from _of_derivative(node, declared, facts)
        elif head in OF_ARRAYS or (head in OF_ONE_ARRAY and len(node.args) == 1):
            yield from _of_numbers(node, declared)


def _of_names(tree: Expr, declared: Names, known: Names) -> Doubts:
    for name in known.keys() - declared.keys():
        for meant in _meant(name, known):
            message = f"{name} may be {meant}, or a name of its own"
            error = MeaningError(message, cure=f"write {meant}, or declare {name}")
            named = (node for node in walk(tree) if isinstance(node, Variable))
            yield from ((node, error) for node in named if node.name == name)


def _of_derivative(node: Apply, declared: Names, facts: tuple[Expr, ...]) -> Doubts:
    of, *by = node.args
    wanted = {name for each in by for name in _names(each)}
    if isinstance(of, Variable) and of.name not in declared and of not in wanted:
        message = f"what {of.name} depends on isn't said"
        yield node, MeaningError(message, cure=f"write its formula, or {of.name}(x) of a named function")
    for fact in facts:
        for name in _said_by(fact, wanted) & free_variables(of):
            message = f"what is given says that {name.name} depends on what is differentiated by"
            yield node, MeaningError(message, cure=f"write the formula of {name.name} inside the derivative")


_IDENTITY = re.compile(r"(?:I|Id)(?:_?(\d+))?\Z")
_DIFFERENTIAL = re.compile(r"d(?:[A-Za-z]|alpha|beta|theta|phi|sigma|mu|eta|lambda|omega|tau|rho)\Z")


def _of_quotient(node: Apply, declared: Names) -> Doubts:
    """``dL/dw``, ``d/dx(x^2)`` of undeclared names: quotients would differ from any derivative."""
    above, below = map(_spelt, node.args)
    is_derivative = _DIFFERENTIAL.match(below) and (above == "d" or _DIFFERENTIAL.match(above))
    if is_derivative and not declared.keys() & {above, below}:
        cure = f"write diff(f, {below[1:]}), or declare {above} and {below}"
        yield node, MeaningError(f"{above}/{below} may be a derivative, or a quotient", cure=cure)


def _spelt(part: Expr) -> str:
    """The name that a part is, or is applied by."""
    match part:
        case Variable():
            return part.name
        case Call():
            return part.function.name
    return ""


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


def _of_numbers(node: Apply, declared: Names) -> Doubts:
    """``A.T``, ``mean(x)`` of undeclared names: as numbers they would commute, and be their own mean."""
    if any(tensor_of(each).rank for each in node.args):
        return
    names = sorted({v.name for v in free_variables(node) if v.name not in declared and not v.kind.function})
    entries = [part for part in node.args if isinstance(part, Index)]
    if names and entries:
        cure = "write the array without its index"
        yield entries[0], MeaningError("this is one entry, and an array is needed", cure=cure)
    elif names:
        message = f"{names[0]} isn't declared, and would be a number here"
        yield (
            node,
            MeaningError(message, cure=f"declare it, as in '{names[0]}: vector(n)' or '{names[0]}: real'"),
        )


def _meant(name: str, known: Names) -> Iterator[str]:
    """What ``x_bar`` or ``x1`` may stand for beside an array x, ``I`` beside any, ``I_n`` beside a size n.

    An ``I`` that is joined with an array is read as an identity already.
    """
    size = known.get(name.removeprefix("I_"))
    if name.startswith("I_") and size is not None and size.kind.domain.integer:
        yield f"eye({size.name})"
    identity = _IDENTITY.match(name)
    if identity and any(each.kind.shape for each in known.values()):
        yield f"eye({identity[1] or 'n'})"
    if name.endswith("bar"):
        base, meant = name.removesuffix("bar").removesuffix("_"), "mean({})"
    else:
        base = name.rstrip("0123456789")
        meant = "{}[" + name[len(base) :] + "]"
    array = known.get(base)
    if array is not None and array.kind.shape and base != name:
        yield meant.format(base)
