"""Entry formulas as people write them: ``n - 1``, ``a/b``, ``√x``, and letters for reserved index names."""

from __future__ import annotations

from symderiv.expression.printing.written import written
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import Binder, Expr, Variable, transform, walk

_LETTERS = "ijklpqrstuvw"


def readable(expr: Expr) -> Expr:
    """The tree that a person would write for an entry formula; its meaning stays.

    >>> from symderiv.expression.build import add, mul, number
    >>> from symderiv.expression.printing.text import to_text
    >>> to_text(readable(add(Variable("n"), mul(number(-1), Variable("_0")))))
    'n - i'
    """
    return written(_with_letters(expr))


def _with_letters(expr: Expr) -> Expr:
    """Reserved names (``_0``, ``_s``) as letters that occur nowhere else, as a size of an array either."""
    free = free_variables(expr)
    taken = {v.name for v in free} | {node.variable.name for node in walk(expr) if isinstance(node, Binder)}
    if not any(name.startswith("_") for name in taken):
        return expr
    sizes = (size for v in free for size in v.kind.shape if size is not None)
    taken |= {name.name for size in sizes for name in free_variables(size)}
    letters: dict[str, str] = {}
    for name in sorted(name for name in taken if name.startswith("_")):
        left = (letter for letter in _LETTERS if letter not in taken)
        letters[name] = next(left, fresh("i", taken))
        taken.add(letters[name])
    return _renamed(expr, letters)


def _renamed(expr: Expr, letters: dict[str, str]) -> Expr:
    def rename(node: Expr) -> Expr:
        if isinstance(node, Variable) and node.name in letters:
            return Variable(letters[node.name], node.kind)
        if isinstance(node, Binder) and node.variable.name in letters:
            variable = Variable(letters[node.variable.name], node.variable.kind)
            return Binder(node.kind, node.body, variable, node.lower, node.upper, node.condition)
        return node

    return transform(expr, rename)
