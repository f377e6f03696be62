"""A class, or a million answers: submissions read, distinct answers judged once, results kept."""

from symderiv.batch.graded import GradedStudent
from symderiv.batch.grading import grade
from symderiv.batch.store import Store
from symderiv.batch.submission import Submission
from symderiv.batch.submissions import submissions

__all__ = ["GradedStudent", "Store", "Submission", "grade", "submissions"]
