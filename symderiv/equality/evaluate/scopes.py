"""What an evaluation remembers: values of bound variables, and of subexpressions already met.

A value is kept with the innermost binder that its free names belong to, and forgotten when that binder's
variable moves on: a mean inside a sum is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from symderiv.equality.evaluate.values import Value
from symderiv.expression.contents import contents
from symderiv.expression.tree import Expr, Variable


class Scopes:
    """What is bound at the moment, and the values of subexpressions that rest on what stays bound."""

    def __init__(self) -> None:
        self._known: list[dict[Expr, Value]] = [{}]
        self._bound: dict[Variable, Value] = {}
        self._binders: list[Variable] = []  # the outermost first: the k-th one's values are known at k + 1
        self._open: frozenset[Variable] = frozenset()
        self._lowest = 0

    def bound(self, variable: Variable) -> Value | None:
        """The value of a bound variable, ``None`` for a free one."""
        return self._bound.get(variable)

    @property
    def values(self) -> dict[Variable, Value]:
        """The bound variables with their values, as they are at the moment."""
        return self._bound

    @property
    def is_inside(self) -> bool:
        """Whether a variable is bound at the moment."""
        return bool(self._bound)

    def is_open(self, variable: Variable) -> bool | None:
        """Whether the range of a bound variable is open; ``None`` for a free one."""
        return variable in self._open if variable in self._bound else None

    def known(self, expr: Expr) -> dict[Expr, Value]:
        """The values that last as long as the value of this expression does."""
        level = len(self._binders)
        if level > self._lowest:
            free = contents(expr).free
            while level > self._lowest and self._binders[level - 1] not in free:
                level -= 1
        return self._known[level]

    @contextmanager
    def binding(self, variable: Variable, is_open: bool) -> Iterator[Callable[[Value], None]]:
        """A binder: the function given sets its variable, and forgets what depended on its last value.

        ``is_open``: an end of its range is computed from an index that ends nowhere. The sizes of an array
        are no names of its entries: below a binder of anything but an index nothing from outside is known.
        """
        level = len(self._known)
        self._binders.append(variable)
        before, lowest, open_before = self._bound.get(variable), self._lowest, self._open
        self._open = self._open | {variable} if is_open else self._open - {variable}
        self._known.append({})
        if not variable.kind.index:
            self._lowest = level

        def bind(value: Value) -> None:
            self._known[level] = {}
            self._bound[variable] = value

        try:
            yield bind
        finally:
            self._known.pop()
            self._binders.pop()
            self._lowest, self._open = lowest, open_before
            if before is None:
                self._bound.pop(variable, None)
            else:
                self._bound[variable] = before
