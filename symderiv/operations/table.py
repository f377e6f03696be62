"""Every operation by name: a family of the field is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symderiv.operations.activations.entrywise import ACTIVATIONS
from symderiv.operations.activations.gated_units import GATED_UNITS
from symderiv.operations.activations.hard import HARD_ACTIVATIONS
from symderiv.operations.activations.shrinking import SHRINKING
from symderiv.operations.activations.smooth import SMOOTH_ACTIVATIONS
from symderiv.operations.activations.softmax import SOFTMAX
from symderiv.operations.affine import AFFINE
from symderiv.operations.arrays.arithmetic import ALGEBRA
from symderiv.operations.arrays.elementwise import ELEMENTWISE
from symderiv.operations.arrays.inverses import INVERSES
from symderiv.operations.arrays.made import ARRAYS
from symderiv.operations.arrays.reductions import REDUCTIONS
from symderiv.operations.arrays.resampling import RESAMPLING
from symderiv.operations.arrays.slicing import SLICING
from symderiv.operations.attention.declared import ATTENTION
from symderiv.operations.attention.multi_head import MULTI_HEAD
from symderiv.operations.attention.positional import POSITIONAL
from symderiv.operations.bags import BAGS
from symderiv.operations.convolution.correlation import CORRELATIONS
from symderiv.operations.convolution.declared import CONVOLUTIONS
from symderiv.operations.convolution.padding import PADDING
from symderiv.operations.convolution.patches import PATCHES
from symderiv.operations.declaring.operation import Operation
from symderiv.operations.embedding import EMBEDDING
from symderiv.operations.losses.declared import LOSSES
from symderiv.operations.losses.focal import FOCAL
from symderiv.operations.losses.likelihoods import LIKELIHOODS
from symderiv.operations.losses.metric import METRIC
from symderiv.operations.losses.pairs import PAIRS
from symderiv.operations.losses.preferences import PREFERENCES
from symderiv.operations.normalisation.declared import NORMALISATION
from symderiv.operations.normalisation.grouped import GROUPED
from symderiv.operations.normalisation.inference import INFERENCE
from symderiv.operations.normalisation.weights import WEIGHTS
from symderiv.operations.optimisers import OPTIMISERS
from symderiv.operations.output_sizes import SIZES
from symderiv.operations.pooling.adaptive import ADAPTIVE
from symderiv.operations.pooling.backward_declared import UNPOOLING
from symderiv.operations.pooling.declared import POOLING
from symderiv.operations.recurrent.declared import RECURRENT
from symderiv.operations.sampling import SAMPLING
from symderiv.operations.similarity import SIMILARITY
from symderiv.operations.transposed.declared import TRANSPOSED

FAMILIES: Mapping[str, tuple[Operation, ...]] = MappingProxyType(
    {
        "Arithmetic": ALGEBRA,
        "Functions of numbers": ELEMENTWISE,
        "Sums, means, extremes": REDUCTIONS,
        "Arrays": (*ARRAYS, *SLICING, *INVERSES),
        "Padding": PADDING,
        "Resampling": (*RESAMPLING, *PATCHES),
        "Activations": (*ACTIVATIONS, *HARD_ACTIVATIONS, *SMOOTH_ACTIVATIONS, *SHRINKING, *GATED_UNITS),
        "Softmax": SOFTMAX,
        "Affine layers": AFFINE,
        "Convolution": CONVOLUTIONS,
        "Correlation and convolution as NumPy and SciPy mean them": CORRELATIONS,
        "Transposed convolution": TRANSPOSED,
        "Pooling": (*POOLING, *ADAPTIVE, *UNPOOLING),
        "Losses": (*LOSSES, *LIKELIHOODS, *FOCAL, *METRIC, *PAIRS, *PREFERENCES),
        "Similarity": SIMILARITY,
        "Normalisation": (*NORMALISATION, *GROUPED, *INFERENCE, *WEIGHTS),
        "Attention": (*ATTENTION, *MULTI_HEAD, *POSITIONAL),
        "Recurrent cells": RECURRENT,
        "Embedding and word2vec": (*EMBEDDING, *BAGS),
        "Sampling": SAMPLING,
        "Steps of an optimiser": OPTIMISERS,
        "Sizes and counts": SIZES,
    }
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for family in FAMILIES.values() for operation in family}
)

ELEMENTARY: frozenset[str] = frozenset(name for name, operation in OPERATIONS.items() if operation.elementary)
