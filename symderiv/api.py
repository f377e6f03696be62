"""symderiv from Python: what the commands do, typed, for grading scripts and notebooks.

Operations are called by their names, ``symderiv.conv2d(X, K, stride=2)``, and return trees; texts are read
by the same language as on the command line, and SymPy expressions, numbers and lists are taken as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any

from symderiv.derivation import Comparison, Given, Reading, meaning, read_given
from symderiv.derivation import compare as compare_readings
from symderiv.errors import MeaningError
from symderiv.expression.from_plain import from_plain, is_plain
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Text, Variable
from symderiv.language import Scope, infer, left_out, read_declaration
from symderiv.language import read as read_expression

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation
    from symderiv.equality.verdict import Verdict
    from symderiv.exercise import AnswerFile, Exercise
    from symderiv.grading import Report

Declared = str | Sequence[str] | Mapping[str, str]  # 'x: real', a list of such lines, or {'x': 'real'}
Value = Any  # a text, a tree, a number, nested lists, or a SymPy expression

__all__ = [
    "array",
    "as_tree",
    "check",
    "compare",
    "compare_readings",
    "declare",
    "derive",
    "load_exercise",
    "matrix",
    "meaning",
    "operation",
    "read",
    "scalar",
    "vector",
]


def as_tree(value: Value) -> Expr:
    """The tree of a number, nested lists, a tree, or a SymPy expression.

    >>> as_tree([1, 2]).items[1].value
    2
    """
    if is_plain(value):
        return from_plain(value)
    from symderiv.expression.sympy_bridge import from_python

    return from_python(value)


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
    syntax: str = "auto",
    index_from: int = 0,
    entry: Sequence[str] = (),
    strict: bool = False,
    timeout: float | None = None,
) -> Verdict:
    """Are two expressions equal? A verdict with its proof, or with a point where they differ.

    ``timeout`` (seconds of processor time) asks the engine to stop by itself; the command line kills the
    process instead.

    >>> compare("sin(x)^2", "1 - cos(x)^2").verdict
    'equal'
    >>> compare("A*B", "B*A", {"A": "matrix(2, 2)", "B": "matrix(2, 2)"}).verdict
    'different'
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
    syntax: str = "auto",
    index_from: int = 0,
    strict: bool = False,
) -> Reading:
    """How an expression is understood: ``.tree``, ``.text``, ``.latex``, ``.shape``, ``.meaning``.

    Raises the error of the language, or of the meaning, with its place.

    >>> read("softmax(x)", ["x: vector(3)"]).shape
    [3]
    """
    text = _text_or_tree(value)
    if isinstance(text, Expr):
        return Reading(text, meaning(text))
    tree, scope = _tree(text, given, syntax, index_from, strict)
    return Reading(tree, meaning(tree), left_out=left_out(text, scope, syntax=syntax))


def _tree(
    text: str, given: Declared | Given, syntax: str, index_from: int, strict: bool
) -> tuple[Expr, Scope]:
    known = (
        given if isinstance(given, Given) else read_given(_lines(given), strict=strict, index_from=index_from)
    )
    scope = known.scope if strict else infer([text], known.scope, syntax)
    return read_expression(text, scope, syntax=syntax), scope


def derive(
    value: Value,
    wrt: str | Variable,
    given: Declared = (),
    *,
    syntax: str = "auto",
    index_from: int = 0,
    strict: bool = False,
) -> Derivation:
    """The derivative with respect to ``wrt``, with every step that leads to it.

    >>> [step.rule for step in derive("x^2", "x").steps]
    ['power rule']
    """
    from symderiv.derivation.derive import derive as derive_tree

    known = read_given(_lines(given), strict=strict, index_from=index_from)
    if not isinstance(value, str):
        tree = as_tree(value)
        return derive_tree(tree, _variable(wrt, known), known.facts)
    scope = known.scope if strict else infer([value], known.scope, syntax)
    tree = read_expression(value, scope, syntax=syntax)
    facts = known.facts_in(scope)
    return derive_tree(tree, _variable(wrt, Given(scope, facts)), facts)


def _variable(wrt: str | Variable, known: Given) -> Variable:
    if isinstance(wrt, Variable):
        return wrt
    found = known.scope.names.get(wrt)
    if found is None:
        raise MeaningError(f"the expression doesn't depend on {wrt!r}", expected="a name that occurs in it")
    return found


def load_exercise(path: str | PathLike[str], seed: int | None = None) -> Exercise:
    """An exercise from its file, or from the bank by its id; `FileFaults` lists all that is wrong with it."""
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

    >>> check("softmax-two-classes", {"student": "4711", "answers": {}}).student
    '4711'
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


def declare(text: str) -> Variable:
    """A name with its shape and domain, in the words of ``--given``.

    >>> declare("x: vector(3)").kind.shape[0].value
    3
    """
    return read_declaration(text, read_given().scope)


def scalar(name: str) -> Variable:
    """A real number."""
    return Variable(name)


def vector(name: str, n: int | Expr) -> Variable:
    """A column of n real numbers."""
    return array(name, n)


def matrix(name: str, n: int | Expr, m: int | Expr) -> Variable:
    """n rows and m columns of real numbers."""
    return array(name, n, m)


def array(name: str, *shape: int | Expr) -> Variable:
    """An array of real numbers.

    >>> array("X", 2, 3).kind.shape[1].value
    3
    """
    return Variable(name, Kind(tuple(as_tree(size) for size in shape)))


def operation(name: str) -> Callable[..., Expr]:
    """The operation of that name, as a function from values to trees; AttributeError if there is none."""
    from symderiv.derivation.given import ALL_FUNCTIONS

    head = ALL_FUNCTIONS.get(name)
    if head is None:
        raise AttributeError(f"module 'symderiv' has no attribute {name!r}")

    def call(*args: Value, **options: Value) -> Expr:
        positional = tuple(_argument(arg) for arg in args)
        return Apply(head, positional, tuple((key, _argument(value)) for key, value in options.items()))

    call.__name__ = name
    call.__doc__ = _usage(head)
    return call


def _argument(value: Value) -> Expr:
    return Text(value) if isinstance(value, str) else as_tree(value)


def _usage(head: str) -> str:
    from symderiv.operations import OPERATIONS

    known = OPERATIONS.get(head)
    return f"{known.usage}: {known.formula}" if known is not None else head
