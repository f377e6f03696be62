"""What is equal: verdicts, the cascade of proofs, the refuter."""

from symderiv.equality.decide import decide, decide_scalar

__all__ = ["decide", "decide_scalar"]
