"""How a derivative comes about: differentiation of entry formulas, with the conditions under which it exists."""

from symderiv.calculus.arrays import derivative_tensor, gradient_tensor, jacobian_tensor
from symderiv.calculus.derivative import derivative
from symderiv.calculus.kinks import smooth

__all__ = ["derivative", "derivative_tensor", "gradient_tensor", "jacobian_tensor", "smooth"]
