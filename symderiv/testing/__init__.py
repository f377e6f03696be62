"""For whoever adds an operation: `check_operation` holds its rules against its forward definition."""

from symderiv.testing.dual import Dual, NoDual
from symderiv.testing.operations import BrokenRule, check_operation

__all__ = ["BrokenRule", "Dual", "NoDual", "check_operation"]
