"""What is equal: verdicts, the cascade of proofs, the refuter."""

from symderiv.equality.decide import decide, decide_scalar
from symderiv.equality.evaluate.existence import prove_by
from symderiv.equality.existence.existence import exists
from symderiv.equality.existence.series import series_value

prove_by(exists, series_value)

__all__ = ["decide", "decide_scalar"]
