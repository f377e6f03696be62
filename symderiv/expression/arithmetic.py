"""Python's operators on trees: ``W @ x + b`` writes a tree, as ``symderiv.conv2d(X, K)`` does.

``==`` is left alone: two trees are the same when they were written the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symderiv.expression.tree import Expr


class Arithmetic:
    """What every tree can be written with; numbers and lists on either side are taken as they are.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> print(2 * x - y**2 / 3, x[0], x.T @ y)
    2*x - y^2/3 x[0] x.T @ y
    """

    __slots__ = ()
    __iter__ = None

    def __add__(self, other: Any) -> Expr:
        return _apply("add", self, other)

    def __radd__(self, other: Any) -> Expr:
        return _apply("add", other, self)

    def __sub__(self, other: Any) -> Expr:
        return _apply("sub", self, other)

    def __rsub__(self, other: Any) -> Expr:
        return _apply("sub", other, self)

    def __mul__(self, other: Any) -> Expr:
        return _apply("mul", self, other)

    def __rmul__(self, other: Any) -> Expr:
        return _apply("mul", other, self)

    def __matmul__(self, other: Any) -> Expr:
        return _apply("matmul", self, other)

    def __truediv__(self, other: Any) -> Expr:
        return _apply("div", self, other)

    def __rtruediv__(self, other: Any) -> Expr:
        return _apply("div", other, self)

    def __pow__(self, other: Any) -> Expr:
        return _apply("pow", self, other)

    def __neg__(self) -> Expr:
        return _apply("neg", self)

    def __getitem__(self, at: Any) -> Expr:
        from symderiv.expression.from_plain import from_plain
        from symderiv.expression.tree import Index

        indices = at if isinstance(at, tuple) else (at,)
        return Index(from_plain(self), tuple(map(from_plain, indices)))

    @property
    def T(self) -> Expr:
        """The transpose."""
        return _apply("transpose", self)

    def __str__(self) -> str:
        from symderiv.expression.from_plain import from_plain
        from symderiv.expression.printing.text import to_text

        return to_text(from_plain(self))

    def __repr__(self) -> str:
        # shapes, results and points are read at a prompt: as mathematics, not as addresses
        return str(self)

    def _repr_latex_(self) -> str:
        from symderiv.expression.from_plain import from_plain
        from symderiv.expression.printing.latex import to_latex

        return f"$\\displaystyle {to_latex(from_plain(self))}$"


def _apply(head: str, *args: Any) -> Expr:
    from symderiv.expression.from_plain import from_plain
    from symderiv.expression.tree import Apply

    return Apply(head, tuple(map(from_plain, args)))
