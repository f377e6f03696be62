"""Which pictures an exercise calls for: of what it defines, and of what its parts ask."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.exercise import Exercise
from symderiv.expression.tree import Variable
from symderiv.reports.pictures.convolution import convolution_picture
from symderiv.reports.pictures.drawing import Picture
from symderiv.reports.pictures.graph import graph_picture
from symderiv.reports.pictures.plot import is_about_relu, relu_picture


def pictures_of(exercise: Exercise, words: Mapping[str, str], *, solutions: bool) -> tuple[Picture, ...]:
    """Windows of convolutions, their results left open on a question sheet; graphs and plots with solutions.

    A graph shows shapes and a plot a derivative: with the questions they would answer some.
    """
    windows = [_window(name, exercise, words, solutions) for name in exercise.given]
    found = [picture for picture in windows if picture is not None][:1]
    if not solutions:
        return tuple(found)
    defined = [name for name in exercise.given if name.definition is not None]
    graphs = (graph_picture(name, exercise.file.notation, words) for name in defined)
    found += [picture for picture in graphs if picture is not None]
    if is_about_relu(tuple(tree for question in exercise for tree in question.trees.values())):
        found.append(relu_picture(words))
    return tuple(found)


def _window(name: Variable, exercise: Exercise, words: Mapping[str, str], solutions: bool) -> Picture | None:
    return convolution_picture(name, exercise.file.notation, words, with_result=solutions)
