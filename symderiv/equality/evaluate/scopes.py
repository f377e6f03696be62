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
        self._bound: dict[Variable, tuple[Value, int]] = {}
        self._open: frozenset[Variable] = frozenset()
        self._lowest = 0

    def bound(self, variable: Variable) -> Value | None:
        """The value of a bound variable, ``None`` for a free one."""
        found = self._bound.get(variable)
        return None if found is None else found[0]

    @property
    def values(self) -> dict[Variable, Value]:
        """The bound variables with their values."""
        return {variable: value for variable, (value, _) in self._bound.items()}

    @property
    def is_inside(self) -> bool:
        """Whether a variable is bound at the moment."""
        return bool(self._bound)

    def is_open(self, variable: Variable) -> bool | None:
        """Whether the range of a bound variable is open; ``None`` for a free one."""
        return variable in self._open if variable in self._bound else None

    def known(self, expr: Expr) -> dict[Expr, Value]:
        """The values that last as long as the value of this expression does."""
        level = self._lowest
        if self._bound:
            free = contents(expr).free
            for variable, (_, its_level) in self._bound.items():
                if its_level > level and variable in free:
                    level = its_level
        return self._known[level]

    @contextmanager
    def binding(self, variable: Variable, is_open: bool) -> Iterator[Callable[[Value], None]]:
        """A binder: the function given sets its variable, and forgets what depended on its last value.

        ``is_open``: an end of its range is computed from an index that ends nowhere. The sizes of an array
        are no names of its entries: below a binder of anything but an index nothing from outside is known.
        """
        level = len(self._known)
        before, lowest, open_before = self._bound.get(variable), self._lowest, self._open
        self._open = self._open | {variable} if is_open else self._open - {variable}
        self._known.append({})
        if not variable.kind.index:
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
