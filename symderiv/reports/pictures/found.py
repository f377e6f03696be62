"""Which pictures an exercise calls for: of what it defines, and of what its parts ask."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.exercise import Exercise
from symderiv.expression.substitution import free_variables
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
    found += _graphs(defined, exercise.file.notation, words)
    if is_about_relu(tuple(tree for question in exercise for tree in question.trees.values())):
        found.append(relu_picture(words))
    return tuple(found)


def _graphs(defined: list[Variable], notation: Mapping[str, str], words: Mapping[str, str]) -> list[Picture]:
    """A graph for each name that has one, but for those that stand in the graph of another."""
    drawn = {name: graph_picture(name, notation, words) for name in defined}
    shown = {name: picture for name, picture in drawn.items() if picture is not None}
    inside = {v for name in shown if name.definition is not None for v in free_variables(name.definition)}
    return [picture for name, picture in shown.items() if name not in inside]


def _window(name: Variable, exercise: Exercise, words: Mapping[str, str], solutions: bool) -> Picture | None:
    return convolution_picture(name, exercise.file.notation, words, with_result=solutions)
