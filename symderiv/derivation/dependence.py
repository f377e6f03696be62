"""What depends on what: names, through the definitions behind them."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Expr, Variable


def depends(expr: Expr, on: Variable) -> bool:
    """Does ``expr`` depend on a name, itself or through definitions?"""
    return any(v == on or _definition_depends(v, on) for v in free_variables(expr))


def _definition_depends(name: Variable, on: Variable) -> bool:
    definition = name.definition
    return definition is not None and depends(definition, on)


def reached(expr: Expr) -> frozenset[Variable]:
    """The names in an expression, and those behind their definitions."""
    names = free_variables(expr)
    behind = (reached(name.definition) for name in names if name.definition is not None)
    return names.union(*behind)


def sizes(names: Iterable[Variable]) -> set[str]:
    """The names in the shapes of these names."""
    shapes = (size for name in names for size in name.kind.shape if size is not None)
    return {v.name for size in shapes for v in free_variables(size)}


def paths(expr: Expr, to: Variable) -> tuple[Variable, ...]:
    """The names in ``expr``, other than ``to``, through whose definitions it depends on ``to``."""
    found = {v for v in free_variables(expr) if v != to and _definition_depends(v, to)}
    return tuple(sorted(found, key=lambda v: v.name))


def entering(expr: Expr, to: Variable) -> tuple[Variable, ...]:
    """The names behind ``expr`` whose definitions mention ``to``."""
    found = {v for v in reached(expr) if v.definition is not None and mentions(v.definition, to)}
    return tuple(sorted(found, key=lambda v: v.name))


def mentions(expr: Expr, name: Variable) -> bool:
    """Does the name occur in ``expr`` as it stands?"""
    return name in free_variables(expr)


def length(tree: Expr) -> int:
    """How many nodes a tree has, behind names too."""
    if isinstance(tree, Variable):
        return 1 if tree.definition is None else 1 + length(tree.definition)
    return 1 + sum(map(length, tree.children))


def defined(tree: Expr, known: frozenset[Variable]) -> dict[Variable, Expr]:
    """The names behind a tree that are not known, each with its definition, after the names in this."""
    found: dict[Variable, Expr] = {}

    def define(part: Expr) -> None:
        for name in sorted(free_variables(part) - known - set(found), key=lambda v: v.name):
            if name.definition is not None:
                define(name.definition)
                found[name] = name.definition

    define(tree)
    return found


def without_names(tree: Expr, known: frozenset[Variable]) -> Expr:
    """The tree with definitions in the place of new names."""
    while True:
        new: dict[Expr, Expr] = {
            v: v.definition for v in free_variables(tree) - known if v.definition is not None
        }
        if not new:
            return tree
        tree = substitute(tree, new)
