"""What an answer may use: elementary functions always, operations and the asked name only where allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable, walk
from symderiv.language import Scope
from symderiv.operations import ELEMENTARY

_SPELLINGS = {
    "diff": ("diff", "Derivative", "derivative"),
    "gradient": ("gradient", "grad"),
    "hessian": ("hessian", "Hessian", "hess"),
    "limit": ("limit", "Limit", "lim"),
    "integral": ("integral", "Integral", "integrate"),
}
_ALWAYS = frozenset({"integral", "dict", "O"})
_DERIVATIVES = frozenset({"diff", "gradient", "jacobian", "hessian"})
UNTAKEN = _DERIVATIVES | {"primed", "limit"}
_NUMBERED = re.compile(r"([A-Za-z])(\d+)")
_SAME_VALUES = frozenset({"transpose", "flatten", "reshape", "vec", "flip", "neg"})


def answer_scope(scope: Scope, allow: Sequence[str], key: Expr | None) -> Scope:
    """The scope of an answer to a part.

    >>> "conv2d" in answer_scope(Scope(functions={"conv2d": "conv2d"}), [], None).withheld
    True
    """
    free = ELEMENTARY | _ALWAYS | set(allow)
    functions = {name: head for name, head in scope.functions.items() if _is_free(name, head, free)}
    if "sigmoid" in allow and not {"sigma", "σ"} & set(scope.names):
        functions = {"sigma": "sigmoid:", **functions}  # where a sigmoid is allowed, σ is one
    shut = [name for name in scope.functions if name not in functions]
    withheld = {spelling for name in shut for spelling in _SPELLINGS.get(name, (name,))}
    asked = asked_name(key)
    names = dict(scope.names)
    for name in _giving_away(asked, scope) - set(allow):
        del names[name]
        withheld.add(name)
    return replace(scope, names=names, functions=functions, withheld=frozenset(withheld))


def left_to_take(tree: Expr) -> frozenset[str]:
    """The derivatives and limits that a formula asks for: a chain that starts there may write them, too.

    >>> sorted(left_to_take(Apply("diff", (Variable("y"), Variable("x")))))
    ['diff', 'gradient', 'hessian', 'jacobian']
    """
    heads = {node.head for node in walk(tree) if isinstance(node, Apply)} & UNTAKEN
    derivatives = _DERIVATIVES if heads - {"limit"} else frozenset()
    return derivatives | (heads & {"limit"})


def with_numbered_looks(scope: Scope, names: Iterable[str]) -> Scope:
    """The scope in which ``b_0`` in LaTeX is the b0 that is asked for, whatever b is.

    >>> with_numbered_looks(Scope(), ["b0", "W"]).notation
    {'b0': 'b_{0}'}
    """
    numbered = [said for name in names if (said := _NUMBERED.fullmatch(name)) is not None]
    looks = {said[0]: f"{said[1]}_{{{said[2]}}}" for said in numbered}
    return replace(scope, notation={**looks, **scope.notation})


def _is_free(name: str, head: str, free: set[str] | frozenset[str]) -> bool:
    """Elementary, allowed, or a name of its own that the exercise gives to an operation."""
    return head in free or name in free or name != head


def _giving_away(asked: str | None, scope: Scope) -> set[str]:
    """The asked name, and every name that is defined by it."""
    if asked is None or asked not in scope.names:
        return set()
    found = {asked}
    for name, variable in scope.names.items():
        if variable.definition is not None and any(
            used.name in found for used in free_variables(variable.definition)
        ):
            found.add(name)
    return found


def asked_name(key: Expr | None) -> str | None:
    """The defined name whose value is asked for (``answer: H``), its entries in whatever order."""
    while isinstance(key, Apply) and key.head in _SAME_VALUES and key.args:
        key = key.args[0]
    if isinstance(key, Variable) and (key.definition is not None or key.value is not None):
        return key.name
    return None
