"""What an evaluation remembers: values of bound variables, and of subexpressions already met.

A value is remembered with the innermost binder it depends on, and forgotten when that binder's
variable moves on. ``depth`` notes which binder the expression at hand has looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from symderiv.equality.evaluate.values import Value
from symderiv.expression.tree import Expr, Variable


class Scopes:
    def __init__(self) -> None:
        self._known: list[dict[Expr, Value]] = [{}]
        self._bound: dict[Variable, tuple[Value, int]] = {}
        self._open: frozenset[Variable] = frozenset()
        self._lowest = 0
        self._depth = 0

    def bound(self, variable: Variable) -> Value | None:
        """The value of a bound variable, ``None`` for a free one."""
        found = self._bound.get(variable)
        if found is None:
            return None
        value, level = found
        self._depth = max(self._depth, level)
        return value

    def is_open(self, variable: Variable) -> bool | None:
        """Whether the range of a bound variable is open; ``None`` for a free one."""
        return variable in self._open if variable in self._bound else None

    def recall(self, expr: Expr) -> Value | None:
        for level in range(self._lowest, len(self._known)):
            value = self._known[level].get(expr)
            if value is not None:
                self._depth = max(self._depth, level)
                return value
        return None

    def begin(self) -> int:
        """Start on a subexpression: gives what `remember` wants back."""
        outer, self._depth = self._depth, 0
        return outer

    def remember(self, expr: Expr, value: Value, outer: int) -> None:
        self._known[self._depth][expr] = value
        self._depth = max(self._depth, outer)

    def recover(self) -> None:
        """After an evaluation that broke off: assume that it looked at every binder."""
        self._depth = len(self._known) - 1

    @contextmanager
    def binding(self, variable: Variable, shadows: bool, is_open: bool) -> Iterator[Callable[[Value], None]]:
        """A binder: the function given sets its variable, and forgets what depended on its last value.

        Where the variable hides another of its name, what is known from outside is not looked at.
        ``is_open``: an end of its range is computed from an index that ends nowhere.
        """
        level = len(self._known)
        before, lowest = self._bound.get(variable), self._lowest
        open_before = self._open
        self._open = self._open | {variable} if is_open else self._open - {variable}
        self._known.append({})
        if shadows or before is not None:
            self._lowest = level

        def bind(value: Value) -> None:
            self._known[level] = {}
            self._bound[variable] = (value, level)

        try:
            yield bind
        finally:
            self._known.pop()
            self._lowest, self._open = lowest, open_before
            if before is None:
                self._bound.pop(variable, None)
            else:
                self._bound[variable] = before
            if self._depth >= level:
                self._depth = level - 1
