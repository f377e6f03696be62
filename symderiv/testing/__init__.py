"""For whoever adds an operation or a misconception: each is held against its own definition."""

from symderiv.testing.dual import Dual, NoDual
from symderiv.testing.misconceptions import check_misconception
from symderiv.testing.operations import BrokenRule, check_operation

__all__ = ["BrokenRule", "Dual", "NoDual", "check_misconception", "check_operation"]
