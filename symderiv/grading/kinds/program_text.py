"""The text of a program: its statements, and the names that they may use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from symderiv.errors import LimitExceeded, ReadError
from symderiv.exercise import Formula
from symderiv.exercise.format.models import ProgramPart
from symderiv.exercise.written.commas import at_commas
from symderiv.expression.kinds import FUNCTION
from symderiv.expression.tree import Expr, Sequence, Variable
from symderiv.language import Scope

MAX_STATEMENTS = 200
_ASSIGN = re.compile(r"([^\W\d]\w*)(?:\(\w+\))?\s*(?:<-|←|:=|=)\s*(.+)\Z", re.DOTALL)
_SEVERAL = re.compile(r"([^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)+)\s*(?:<-|←|:=|=)\s*(.+)\Z", re.DOTALL)
_UPDATED = re.compile(r"([^\W\d]\w*)\s*([-+*@])=\s*(.+)\Z", re.DOTALL)
_RETURN = re.compile(r"return\b\s*(.+)\Z", re.DOTALL | re.IGNORECASE)
_RETURN_IN_LATEX = re.compile(r"\\(?:text\w*|math\w+|operatorname)\s*\{\s*return\s*:?\s*\}")
_ONE_LINE = re.compile(r"^[ \t]*def\s+\w+\s*\([^()\n]*\)\s*:[ \t]*(?=return\b)", re.MULTILINE)
_PASSED_OVER = re.compile(
    r"\s*(?:(?:def|function|input|procedure|algorithm|import|from)\b|```)", re.IGNORECASE
)
_DOCSTRING = re.compile(r'^\s*("""|\'\'\').*?\1[ \t]*$', re.DOTALL | re.MULTILINE)
_LAMBDA = re.compile(r"\s*(?:(?<!\w)\w+\s*=\s*)?lambda\b[\w\s,]{0,200}:", re.DOTALL)
_NUMBERED = re.compile(r"\s*\(?(\d{1,3})[.:)]\s*(?=[^\W\d])")
_TRANSPOSED = re.compile(
    r"\^\s*(?:\{\s*)?(?:T|\\(?:top|intercal|mathsf\{T\}|mathrm\{T\}))(?:\s*\})?(?![\w(])|ᵀ|\.mT\b|\.transpose\(\)"
)
_LOOP = re.compile(r"\s*(?:for|while|if|elif|else)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """``target = value``, or a return (``target`` is empty)."""

    target: str
    value: Formula


def program_scope(scope: Scope, part: ProgramPart) -> Scope:
    """The inputs as names without a shape, the functions as opaque ones."""
    functions = [Variable(name, FUNCTION) for name in (*part.calls, *part.functions)]
    inputs = [Variable(name) for name in part.inputs]
    return replace(scope, names={}, functions={}, withheld=frozenset(), notation={}).declare(
        [*functions, *inputs]
    )


def declared_numbers(given: Scope, own: Scope, part: ProgramPart) -> frozenset[Expr]:
    """Of the program's ``own`` names those that are ``given`` as numbers, or as functions of numbers."""
    kinds = {name: given.names[name].kind for name in own.names if name in given.names}
    inputs = {
        name for name, kind in kinds.items() if name in part.inputs and not (kind.shape or kind.function)
    }
    functions = {name for name, kind in kinds.items() if name not in part.inputs and kind.function}
    return frozenset(own.names[name] for name in inputs | functions)


def statements(
    answer: Formula, functions: Iterable[str] = (), inputs: Iterable[str] = ()
) -> tuple[Statement, ...]:
    """The statements in order, lines or ``;`` apart; ``def …:`` and comments are passed over.

    A single line without a return is the value returned. ``J_h`` is ``Jh`` where that is a function,
    and so is ``W_1`` the input ``W1``.
    """
    functions, inputs = tuple(functions), tuple(inputs)
    text = _apart(_out_of_latex(answer.text), inputs) if answer.is_latex else answer.text
    text = _without_numbers(_DOCSTRING.sub("", _ONE_LINE.sub("", _LAMBDA.sub("", text, count=1))))
    answer = replace(answer, text=_plain(text, functions, inputs), syntax="text")
    pieces = [piece for line in answer.lines() for whole in _pieces(line) for piece in one_by_one(whole)]
    if len(pieces) > MAX_STATEMENTS:
        raise LimitExceeded("a program of too many lines", answer.place_of(None), f"{MAX_STATEMENTS} lines")
    return tuple(_statement(piece, len(pieces) > 1) for piece in pieces)


def _out_of_latex(text: str) -> str:
    """A product of calls as LaTeX sets it, in the program's own spelling.

    >>> _out_of_latex(r"$J_h(w_2)\\,(J_g(w_1) J_f(x))$")
    'J_h(w_2)@(J_g(w_1)@J_f(x))'
    """
    text = re.sub(r"\\\\|\\begin\{[a-z]+\*?\}|\\end\{[a-z]+\*?\}", "\n", text)
    text = re.sub(r"\\(?:gets|leftarrow)(?![a-zA-Z])", "<-", text)
    text = _TRANSPOSED.sub(".T ", text)
    text = re.sub(r"\\(?:left|right|[Bb]igg?[lr]?|quad)(?![a-zA-Z])|\\[,;:! ]|[$&]", " ", text)
    text = re.sub(r"\\(?:cdot|times)(?![a-zA-Z])", "@", text)
    text = _RETURN_IN_LATEX.sub("return ", text)
    text = re.sub(r"\\(?:text|mathrm|operatorname)\{(\w+)\}|_\{(\w+)\}", _unbraced, text)
    return re.sub(r"\)[ \t]*(?=[(A-Za-z])", ")@", text).strip()


def _unbraced(said: re.Match[str]) -> str:
    return said[1] or f"_{said[2]}"


def _without_numbers(text: str) -> str:
    """The lines without their numbers, where they are numbered one after the other.

    >>> _without_numbers("1. y = f(x)\\n2. return y"), _without_numbers("1: y")
    ('y = f(x)\\nreturn y', '1: y')
    """
    lines = [line for line in text.split("\n") if line.strip()]
    numbers = [said[1] if (said := _NUMBERED.match(line)) else "" for line in lines]
    if len(lines) < 2 or numbers != [str(number) for number in range(1, len(lines) + 1)]:
        return text
    return "\n".join(_NUMBERED.sub("", line, count=1) for line in lines)


def _plain(text: str, functions: Iterable[str], inputs: Iterable[str]) -> str:
    text = _TRANSPOSED.sub(".T", text)
    for name in functions:
        if len(name) > 1:
            text = re.sub(rf"\b{name[0]}_{name[1:]}(?=\s*\()", name, text)
    for name in inputs:
        if len(name) > 1 and name[1:].isdigit():
            text = re.sub(rf"\b{name[0]}_{name[1:]}\b", name, text)
    return text


def _apart(text: str, inputs: tuple[str, ...]) -> str:
    """Letters side by side as LaTeX sets a product, where each is an input.

    >>> _apart("softmax(QK.T)", ("Q", "K"))
    'softmax(Q@K.T)'
    """

    def product(said: re.Match[str]) -> str:
        is_product = said[0] not in inputs and all(letter in inputs for letter in said[0])
        return "@".join(said[0]) if is_product else said[0]

    return re.sub(r"(?<![\w.])[A-Za-z]{2,}(?!\w)", product, text)


def one_by_one(piece: Formula) -> tuple[Formula, ...]:
    """``a, b = f(x), g(x)`` as two assignments, where no value uses a name that is set before it.

    >>> [each.text for each in one_by_one(Formula("a, b = f(x), g(x)"))]
    ['a = f(x)', 'b = g(x)']
    """
    several = _SEVERAL.match(piece.text)
    if several is None:
        return (piece,)
    names = [name.strip() for name in several[1].split(",")]
    values = [value.strip() for value in at_commas(several[2])]
    used = [re.search(rf"\b{name}\b", value) for k, value in enumerate(values) for name in names[:k]]
    if len(names) != len(values) or any(used):
        return (piece,)
    return tuple(replace(piece, text=f"{name} = {value}") for name, value in zip(names, values, strict=True))


def _pieces(line: Formula) -> list[Formula]:
    text = line.text.split("#")[0]
    if _PASSED_OVER.match(text):
        return []
    return [replace(line, text=piece.strip()) for piece in text.split(";") if piece.strip()]


def _statement(piece: Formula, part_of_several: bool) -> Statement:
    updated = _UPDATED.match(piece.text)
    if updated:
        piece = replace(piece, text=f"{updated[1]} = {updated[1]} {updated[2]} ({updated[3]})")
    back = _RETURN.match(piece.text)
    if back:
        return Statement("", replace(piece, text=back[1]))
    assigned = _ASSIGN.match(piece.text)
    if assigned and not part_of_several:
        return Statement("", replace(piece, text=assigned[2]))
    if assigned:
        return Statement(assigned[1], replace(piece, text=assigned[2]))
    if not part_of_several:
        return Statement("", piece)
    cure = "write out what it does, line by line" if _LOOP.match(piece.text) else ""
    raise ReadError(
        "this line is no statement", piece.place_of(None), "'name = value' or 'return value'", cure
    )


def returned(formula: Formula, scope: Scope) -> tuple[Expr, ...]:
    """The values of a return: one, or several with commas."""
    text = formula.text.strip()
    if not (text.startswith("(") and text.endswith(")")) and "," in text and not text.startswith("["):
        formula = replace(formula, text=f"({text})", node=None)
    tree = formula.read(scope)
    return tree.items if isinstance(tree, Sequence) else (tree,)
