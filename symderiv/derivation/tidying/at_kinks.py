"""Given numbers at which there is no derivative: ReLU at 0, a maximum that is reached twice.

The derivation is then one in symbols, and its last line says which entries are left undefined; what stands in
its place (the subdifferential) is said in words.
"""

from __future__ import annotations

from math import prod

from symderiv.calculus.occurrence import piecewise
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.lines import equal
from symderiv.derivation.steps import Step
from symderiv.derivation.tidying.writing_out import table_of
from symderiv.derivation.vocabulary import operation_of
from symderiv.equality.conditions.condition import holds
from symderiv.equality.verdict import Equal
from symderiv.expression.kink_conditions import answered, is_unknown, off_kinks
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    UNDEFINED,
    Apply,
    Expr,
    Number,
    Sequence,
    Variable,
    walk,
)

MAX_ENTRIES = 400
"""How many entries are typed out to say which of them there are not."""


def left_undefined(goal: Expr) -> Expr | None:
    """The derivative at the given numbers with ``undefined`` where it doesn't exist; None if all exists."""
    table = at_the_numbers(goal)
    return table if table is not None and _lacks_entries(table) else None


def at_the_numbers(goal: Expr) -> Expr | None:
    """The derivative at the given numbers, ``undefined`` where it doesn't exist; None without numbers."""
    if not any(has_numbers(node) for node in _everything(goal)):
        return None
    t = tensor_of(goal)
    if t.sizes is None or prod(t.sizes) > MAX_ENTRIES:
        return None
    missing = {at for at, exists in t.conditions().items() if _is_missing(exists)}
    return table_of(t, lambda at: UNDEFINED if at in missing else None)


def is_missed(goal: Expr, result: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether what came out at the given numbers isn't the derivative there.

    A chain rule holds where its inner derivatives exist: of max(0, 1 - max(x, 1)) at 1 they don't.
    """
    if not piecewise(tensor_of(goal.children[0] if goal.children else goal).value):
        return False
    table = at_the_numbers(goal)
    return table is not None and not isinstance(equal(tensor_of(result), tensor_of(table), facts, 2.0), Equal)


def _is_missing(exists: Expr) -> bool:
    """Whether there is none; beside letters that are no numbers, none at almost all of these."""
    if holds(answered(exists, True)) is False:
        return True
    return not is_unknown(exists) and bool(free_variables(exists)) and holds(off_kinks(exists)) is False


def is_open_at_numbers(goal: Expr) -> bool:
    """Whether at the given numbers some derivative may exist or not, and nothing told which."""
    if not any(has_numbers(node) for node in _everything(goal)):
        return False
    t = tensor_of(goal)
    if t.sizes is None or prod(t.sizes) > MAX_ENTRIES:
        return False
    return any(map(_is_open, set(t.conditions().values())))


def _is_open(exists: Expr) -> bool:
    if free_variables(exists) or not is_unknown(exists):
        return False
    return holds(answered(exists, False)) is not True and holds(answered(exists, True)) is not False


def at_the_kink(goal: Expr, current: Expr, table: Expr, facts: tuple[Expr, ...]) -> Step:
    """The last step: the given numbers, where these lie on a kink."""
    verdict = equal(tensor_of(goal), tensor_of(table), facts, 5.0)
    found = _NOWHERE if _lacks_entries(table) else _CANCELLED
    return Step("numbers put in", current, table, "; ".join((found, *kinks_of(goal))), verdict)


_NOWHERE = "at the given numbers some derivatives do not exist"
_CANCELLED = "at the given numbers the kinks cancel: the derivatives from both sides are the same"


def _lacks_entries(table: Expr) -> bool:
    return UNDEFINED in walk(table)


def kinks_of(tree: Expr) -> tuple[str, ...]:
    """What the operations in a tree say of where they have no derivative."""
    return tuple(dict.fromkeys(kink for node in _everything(tree) if (kink := _kink(node))))


def in_symbols(tree: Expr) -> Expr:
    """The tree with names alone, behind which no numbers stand.

    >>> x = Variable("x", value=Number(0))
    >>> in_symbols(Apply("relu", (x,))).args[0].value is None
    True
    """
    if isinstance(tree, Variable):
        definition = None if _is_literal(tree.definition) else tree.definition
        return Variable(tree.name, tree.kind, None if definition is None else in_symbols(definition))
    children = tree.children
    return tree.rebuild(tuple(map(in_symbols, children))) if children else tree


def has_numbers(node: Expr) -> bool:
    return isinstance(node, Variable) and (node.value is not None or _is_literal(node.definition))


def _is_literal(definition: Expr | None) -> bool:
    return isinstance(definition, (Sequence, Number))


def _everything(tree: Expr) -> list[Expr]:
    """Every node, behind definitions too."""
    found: list[Expr] = []
    for node in walk(tree):
        found.append(node)
        if isinstance(node, Variable) and node.definition is not None:
            found += _everything(node.definition)
    return found


def _kink(node: Expr) -> str:
    found = operation_of(node) if isinstance(node, Apply) else None
    return found[0].kinks if found is not None else ""
