"""What may follow a dot: the transpose, and reductions as NumPy writes them."""

from __future__ import annotations

from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node, Operation

METHODS = frozenset("mean sum std var max min prod flatten transpose trace".split())


class Method(Name):
    """``.mean`` behind an array: called, it is the function with the array as its first argument."""

    __slots__ = ("base",)

    def __init__(self, base: Node, name: str, start: int, end: int) -> None:
        super().__init__(name, start, end)
        self.base = base


_LIBRARIES = frozenset("np numpy math torch sp sympy scipy jnp jax tf nn F cmath".split())


def attribute(base: Node, name: str, start: int, end: int) -> Node:
    """``A.T``, or a reduction such as ``X.mean((0, 1))``; anything else after a dot is refused."""
    if name == "T":
        return Operation("transpose", (base,), base.start, end)
    if isinstance(base, Name) and base.name in _LIBRARIES:
        raise Misread(f"no library is needed for '{name}'", base.start, end, cure=f"write {name}(…)")
    if name in METHODS:
        return Method(base, name, start, end)
    raise Misread(f"nothing called '.{name}' is known", start, end, expected=".T", cure=f"write {name}(…)")
