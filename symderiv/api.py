"""symderiv from Python: what the commands do, typed, for grading scripts and notebooks.

Texts are read by the same language as on the command line; trees (`writing`), SymPy expressions, numbers and
lists are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any

from symderiv.derivation import Comparison, Given, Reading, meaning, read_given
from symderiv.derivation import compare as compare_readings
from symderiv.derivation.misspelt import misspelt
from symderiv.errors import MeaningError, SymderivError
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Variable
from symderiv.language import Scope, infer, left_out
from symderiv.language import read as read_expression
from symderiv.language.scope import Syntax
from symderiv.language.together import read_together
from symderiv.writing import Value, as_tree

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation
    from symderiv.equality.verdict import Verdict
    from symderiv.exercise import AnswerFile, Exercise
    from symderiv.grading import Report

Declared = str | Sequence[str] | Mapping[str, str]  # 'x: real', a list of such lines, or {'x': 'real'}


def _lines(given: Declared) -> Sequence[str]:
    """``--given``'s lines: one of them, several, or a kind for each name."""
    if isinstance(given, str):
        return (given,)
    if isinstance(given, Mapping):
        return tuple(f"{name}: {kind}" for name, kind in given.items())
    return given


def _text_or_tree(value: Value) -> str | Expr:
    return value if isinstance(value, str) else as_tree(value)


def compare(
    a: Value,
    b: Value,
    given: Declared = (),
    *,
    syntax: Syntax = "auto",
    index_from: int = 0,
    entry: Sequence[str] = (),
    strict: bool = False,
    timeout: float | None = None,
) -> Verdict:
    """Are two expressions equal? A verdict with its proof, or with a point where they differ.

    ``a`` and ``b`` are texts (``syntax``: text, latex, or auto to tell them apart), trees, numbers, nested
    lists or SymPy expressions. ``given`` declares names and states facts: a line (``"x: vector(n)"``,
    ``"k <= d"``), several, or a kind for each name. Indices in texts count from ``index_from`` (0 or 1);
    ``entry`` names the free indices of a formula in the order of the axes; ``strict`` makes names that nobody
    declared an error. ``timeout`` (seconds of processor time) asks the engine to stop by itself; the command
    line kills the process instead.

    What can't be read, or has no meaning, is the verdict `Invalid`. Raises `SymderivError` where ``given``
    can't be read.

    >>> compare("sin(x)^2", "1 - cos(x)^2").verdict
    'equal'
    >>> found = compare("A*B", "B*A", {"A": "matrix(2, 2)", "B": "matrix(2, 2)"})
    >>> found.verdict, found.witness.left != found.witness.right
    ('different', True)
    >>> compare("x +", "x").verdict
    'invalid'
    """
    deadline = None if timeout is None else thread_time() + timeout
    comparison: Comparison = compare_readings(
        _text_or_tree(a),
        _text_or_tree(b),
        _lines(given),
        syntax=syntax,
        index_from=index_from,
        entry=entry,
        strict=strict,
        deadline=deadline,
    )
    return comparison.verdict


def read(
    value: Value,
    given: Declared | Given = (),
    *,
    syntax: Syntax = "auto",
    index_from: int = 0,
    strict: bool = False,
) -> Reading:
    """How an expression is understood: ``.tree``, ``.text``, ``.latex``, ``.shape``, ``.meaning``.

    What is taken, and the options, are those of `compare`. Raises `ReadError` where it can't be read, with
    the place and a cure, `MeaningError` or `ShapeError` where it has no meaning.

    >>> read("softmax(x)", ["x: vector(3)"]).shape
    [3]
    """
    text = _text_or_tree(value)
    if isinstance(text, Expr):
        return Reading(text, meaning(text))
    known = (
        given if isinstance(given, Given) else read_given(_lines(given), strict=strict, index_from=index_from)
    )
    tree, scope = _tree(text, known.scope, syntax)
    with _placing(text):
        remarks = left_out(text, scope, syntax=syntax)
        return Reading(tree, meaning(tree), left_out=remarks, hint=misspelt((tree,), known.scope))


@contextmanager
def _placing(text: str) -> Iterator[None]:
    """What has no meaning is told with its place in the text."""
    try:
        yield
    except SymderivError as error:
        raise error.placed(text) from None


def _tree(text: str, known: Scope, syntax: Syntax) -> tuple[Expr, Scope]:
    scope, trees = read_together({"": text}, known, syntax=syntax)
    tree = trees[""]
    if isinstance(tree, SymderivError):
        raise tree
    return tree, scope


def derive(
    value: Value,
    wrt: str | Variable,
    given: Declared = (),
    *,
    syntax: Syntax = "auto",
    index_from: int = 0,
    strict: bool = False,
) -> Derivation:
    """The derivative with respect to ``wrt``, with every step that leads to it.

    Of an array by an array the Jacobian, both flattened row by row, outputs down; of a number by an array the
    gradient, in the array's shape. ``.result`` is a tree, ``.steps`` tell rule, reason and proof of each
    line; ``.is_proved`` is false where a line stays unproved. The options are those of `compare`.

    Raises `ReadError` and `MeaningError` as `read` does, and `MeaningError` where nothing is called ``wrt``.

    >>> derivation = derive("x^2", "x")
    >>> [step.rule for step in derivation.steps], str(derivation.result), derivation.is_proved
    (['power rule'], '2*x', True)
    """
    from symderiv.derivation.derive import derive as derive_tree

    known = read_given(_lines(given), strict=strict, index_from=index_from)
    if not isinstance(value, str):
        tree = as_tree(value)
        return derive_tree(tree, _variable(wrt, known), known.facts_beside(free_variables(tree)))
    scope = known.scope if strict else infer([value], known.scope, syntax)
    tree = read_expression(value, scope, syntax=syntax)
    known = known.within(scope)
    with _placing(value):
        return derive_tree(tree, _variable(wrt, known), known.facts_beside(free_variables(tree)))


def _variable(wrt: str | Variable, known: Given) -> Variable:
    if isinstance(wrt, Variable):
        return wrt
    found = known.scope.names.get(wrt)
    if found is None:
        raise MeaningError(f"the expression doesn't depend on {wrt!r}", expected="a name that occurs in it")
    return found


def load_exercise(path: str | PathLike[str], seed: int | None = None) -> Exercise:
    """An exercise from its file, or from the bank by its id; ``seed`` draws the numbers of one that varies.

    Raises `FileFaults`, which lists all that is wrong with a file, or says that there is none.

    >>> load_exercise("conv2d-kernel-gradient").title
    'The gradient of a 2D cross-correlation with respect to its kernel'
    """
    from symderiv.exercise import find_exercise
    from symderiv.exercise import load_exercise as load

    is_file = Path(path).suffix in (".yaml", ".yml")
    return load(Path(path), seed) if is_file else find_exercise(str(path), seed=seed)


def check(
    exercise: Exercise | str | PathLike[str],
    answer: AnswerFile | Mapping[str, Any] | str | PathLike[str],
) -> Report:
    """A verdict, marks and feedback for each part of one student's answers.

    ``answer`` is an answer file (loaded, its path, or what stands in it: ``{"student": …, "answers": {…}}``),
    or the answers themselves by part. Its seed says which variant of an exercise is meant that isn't loaded.
    An answer that can't be read is a verdict of its part; raises `FileFaults` where a file can't be used.

    >>> report = check("conv2d-kernel-gradient", {"i": "[[4],[-3],[-2]]"})
    >>> report.parts[0].verdict, str(report.points), report.parts[1].verdict
    ('equal', '3', 'missing')
    """
    from symderiv.exercise import Exercise
    from symderiv.grading import check as check_answers

    given = _answers(answer)
    asked = exercise if isinstance(exercise, Exercise) else load_exercise(exercise, given.seed)
    return check_answers(asked, given if given.exercise else replace(given, exercise=asked.id))


def _answers(answer: AnswerFile | Mapping[str, Any] | str | PathLike[str]) -> AnswerFile:
    from symderiv.exercise import AnswerFile, load_answers
    from symderiv.exercise.formula import answer as written

    if isinstance(answer, AnswerFile):
        return answer
    if not isinstance(answer, Mapping):
        return load_answers(Path(answer))
    head: Mapping[str, Any] = answer if isinstance(answer.get("answers"), Mapping) else {"answers": answer}
    by_part = {name: written(value) for name, value in head["answers"].items()}
    seed = head.get("seed")
    exercise, student = str(head.get("exercise", "")), str(head.get("student", ""))
    return AnswerFile(exercise, by_part, student, None if seed is None else int(seed))
