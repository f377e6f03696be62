"""Many comparisons in one warm process: a line in, a verdict out."""

from symderiv.bulk.answer import Answer
from symderiv.bulk.bounded import bounded_lines
from symderiv.bulk.budget import compare_within
from symderiv.bulk.lines import answer_lines
from symderiv.bulk.request import Request

__all__ = ["Answer", "Request", "answer_lines", "bounded_lines", "compare_within"]
