"""A class, or a million answers: submissions read, distinct answers judged once, results kept."""

from symderiv.batch.grading import GradedStudent, grade
from symderiv.batch.submissions import Submission, submissions

__all__ = ["GradedStudent", "Submission", "grade", "submissions"]
