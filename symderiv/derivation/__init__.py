"""What trees mean, how derivatives come about step by step, and whether two expressions are equal."""

from symderiv.derivation.comparison import Comparison, Reading, compare, judge
from symderiv.derivation.given import Given, read_given
from symderiv.derivation.meaning.meaning import meaning, scalar_of, tensor_of

__all__ = [
    "Comparison",
    "Given",
    "Reading",
    "compare",
    "judge",
    "meaning",
    "read_given",
    "scalar_of",
    "tensor_of",
]
