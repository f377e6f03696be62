"""What is asked: exercise and answer files, their names and questions, the bank, variants."""

from symderiv.exercise.bank import exercise_folders, exercise_paths, find_asked, find_exercise
from symderiv.exercise.exercise import AnswerFile, Exercise, Question
from symderiv.exercise.format.schema import schema
from symderiv.exercise.formula import Formula
from symderiv.exercise.loading import load_answers, load_exercise, parse_answers, parse_exercise

__all__ = [
    "AnswerFile",
    "Exercise",
    "Formula",
    "Question",
    "exercise_folders",
    "exercise_paths",
    "find_asked",
    "find_exercise",
    "load_answers",
    "load_exercise",
    "parse_answers",
    "parse_exercise",
    "schema",
]
