"""How a derivative comes about: entry formulas differentiated, and where they can be."""

from symderiv.calculus.arrays import as_matrix, derivative_tensor, gradient_tensor, jacobian_tensor
from symderiv.calculus.derivative import derivative
from symderiv.calculus.kinks import smooth
from symderiv.calculus.one_sided import one_sided
from symderiv.calculus.sparse import nonzero_entries

__all__ = [
    "as_matrix",
    "derivative",
    "derivative_tensor",
    "gradient_tensor",
    "jacobian_tensor",
    "nonzero_entries",
    "one_sided",
    "smooth",
]
