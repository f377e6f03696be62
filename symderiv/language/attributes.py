"""What may follow a dot: the transpose. Other habits of NumPy are told how it is written here."""

from __future__ import annotations

from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node, Operation

_LIBRARIES = frozenset("np numpy math torch sp sympy scipy jnp jax tf nn F cmath".split())


def attribute(base: Node, name: str, start: int, end: int) -> Node:
    """``A.T``; anything else after a dot is refused."""
    if name == "T":
        return Operation("transpose", (base,), base.start, end)
    if isinstance(base, Name) and base.name in _LIBRARIES:
        raise Misread(f"no library is needed for '{name}'", base.start, end, cure=f"write {name}(…)")
    raise Misread(f"nothing called '.{name}' is known", start, end, expected=".T", cure=f"write {name}(…)")
