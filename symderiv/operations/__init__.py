"""What is computed: every operation of the field, by name, and which of them answers may always use."""

from symderiv.operations.declaring.operation import Operation
from symderiv.operations.table import ELEMENTARY, OPERATIONS

__all__ = ["ELEMENTARY", "OPERATIONS", "Operation"]
