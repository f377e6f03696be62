"""Every operation by name: a family of the field is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symderiv.operations.activations import ACTIVATIONS
from symderiv.operations.affine import AFFINE
from symderiv.operations.algebra import ALGEBRA
from symderiv.operations.arrays import ARRAYS
from symderiv.operations.attention import ATTENTION
from symderiv.operations.convolutions import CONVOLUTIONS
from symderiv.operations.correlation import CORRELATIONS
from symderiv.operations.elementwise import ELEMENTWISE
from symderiv.operations.embedding import EMBEDDING
from symderiv.operations.loss_forms import LOSSES
from symderiv.operations.normalisation_forms import NORMALISATION
from symderiv.operations.operation import Operation
from symderiv.operations.output_sizes import SIZES
from symderiv.operations.padding import PADDING
from symderiv.operations.poolings import POOLING
from symderiv.operations.recurrent_forms import RECURRENT
from symderiv.operations.reductions import REDUCTIONS
from symderiv.operations.sampling import SAMPLING
from symderiv.operations.softmax import SOFTMAX
from symderiv.operations.transposed_forms import TRANSPOSED

_FAMILIES: tuple[tuple[Operation, ...], ...] = (
    ALGEBRA,
    ELEMENTWISE,
    REDUCTIONS,
    ARRAYS,
    PADDING,
    ACTIVATIONS,
    SOFTMAX,
    AFFINE,
    CONVOLUTIONS,
    CORRELATIONS,
    TRANSPOSED,
    POOLING,
    LOSSES,
    NORMALISATION,
    ATTENTION,
    RECURRENT,
    EMBEDDING,
    SAMPLING,
    SIZES,
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for family in _FAMILIES for operation in family}
)

ELEMENTARY: frozenset[str] = frozenset(name for name, operation in OPERATIONS.items() if operation.elementary)
