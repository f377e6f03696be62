"""The border to SymPy: the only room that imports it at the top, for that takes a third of a second."""

from symderiv.expression.sympy_bridge.incoming import from_python, from_sympy
from symderiv.expression.sympy_bridge.outgoing import tensor_to_sympy, to_sympy

__all__ = ["from_python", "from_sympy", "tensor_to_sympy", "to_sympy"]
