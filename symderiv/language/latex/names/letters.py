"""Letters: one is a name; several that touch are a product only where each is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import LimitExceeded, UnknownName
from symderiv.language.latex.names.declared import declared
from symderiv.language.latex.names.notation import match
from symderiv.language.latex.pieces import Atom, Fence, Unit
from symderiv.language.limits import MAX_NAME
from symderiv.language.source import Misread
from symderiv.language.syntax import Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_WITHOUT_BRACKETS = frozenset("log ln exp sin cos tan sinh cosh tanh".split())


def letters(cursor: Cursor) -> Node:
    """The operand that a letter begins: a name of one letter or several, a function, or a factor."""
    from symderiv.language.latex.rows.functions import called
    from symderiv.language.latex.rows.scripts import symbol, symbol_named

    run = _run(cursor)
    if len(run) == 1 and _chooses(cursor, run[0]):
        cursor.position += 1
        return called(cursor, "C", run[0].start, run[0])
    if len(run) == 1:
        return symbol(cursor)
    word = "".join(str(unit.base.key[1]) for unit in run)
    start = run[0].start
    meaning = _meaning(cursor, run, word)
    if meaning == "product":
        return symbol(cursor)
    cursor.position += len(run)
    if meaning == "name":
        return symbol_named(cursor, word, start, run[-1])
    return called(cursor, word, start, run[-1])


def _chooses(cursor: Cursor, unit: Unit) -> bool:
    """``C(n, 2)`` of a C that nobody declared, where names must be declared."""
    following = cursor.peek(1)
    is_c = unit.bare and unit.base.key == ("LETTER", "C") and cursor.reader.look_up("C") is None
    if (
        not is_c
        or not cursor.reader.scope.strict
        or following is None
        or not isinstance(following.base, Fence)
    ):
        return False
    commas = sum(inner.base.key == ("PUNCT", ",") for inner in following.base.row.units)
    return following.base.opening == "(" and commas == 1


def _run(cursor: Cursor) -> list[Unit]:
    """The letters (and digits after one letter) that touch, up to the first script."""
    run: list[Unit] = []
    for unit in cursor.units[cursor.position :]:
        kinds = ("LETTER",) if not run else ("LETTER", "NUMBER")
        touches = not run or (run[-1].bare and run[-1].end == unit.start)
        if not isinstance(unit.base, Atom) or unit.base.kind not in kinds or not touches:
            break
        run.append(unit)
        if len(run) > MAX_NAME:
            raise Misread(
                "too many letters side by side",
                run[0].start,
                unit.end,
                expected=f"at most {MAX_NAME} characters",
                error=LimitExceeded,
            )
    return run


def _meaning(cursor: Cursor, run: list[Unit], word: str) -> str:
    reader = cursor.reader
    following = cursor.peek(len(run))
    bracket = following is not None and following.base.key[0] == "fence" and following.base.key[1] != "["
    whole = reader.look_up(word) is not None
    has_digit = any(unit.base.key[0] == "NUMBER" for unit in run)
    letters = [str(unit.base.key[1]) for unit in run]
    applied = bracket and reader.scope.head(letters[-1]) is not None  # x H(x), H another name of a function
    spelt = applied or _is_spelt(cursor, run)
    each = not has_digit and all(map(reader.is_known, letters[:-1] if spelt else letters))
    is_head = reader.scope.head(word) is not None and (bracket or _waits(run, word, following))
    if each and (whole or is_head):
        raise Misread(
            f"{word} is a name, and a product of declared names",
            run[0].start,
            run[-1].end,
            cure=rf"write \mathrm{{{word}}} for the name, spaces between the factors",
        )
    if each:
        return "product"
    if whole:
        return "name"
    if is_head:
        return "function"
    raise _unclear(cursor, run, word)


def _waits(run: list[Unit], word: str, following: Unit | None) -> bool:
    """``log \\frac{a}{b}``, typed without its backslash: a blank stands before the argument."""
    return word in _WITHOUT_BRACKETS and following is not None and following.start > run[-1].end


def _is_spelt(cursor: Cursor, run: list[Unit]) -> bool:
    """Is the last letter a declared name with its scripts: ``X W_Q``, ``X W^{(1)}``?"""
    last = run[-1]
    names = (str(last.base.key[1]),)
    at_last = cursor.position + len(run) - 1
    is_shown = match(cursor.reader.notations, cursor.units, at_last) is not None
    return is_shown or cursor.reader.look_up(declared(cursor.reader, last, names)[0]) is not None


def _unclear(cursor: Cursor, run: list[Unit], word: str) -> Misread:
    reader, start, end = cursor.reader, run[0].start, run[-1].end
    if reader.scope.head(word) is not None:
        return Misread(f"the argument of {word} is missing", start, end, cure=rf"write {word}(x)")
    message, cure = _runs_together(reader, run, word)
    return Misread(message, start, end, error=UnknownName, cure=cure)


def _runs_together(reader: Reader, run: list[Unit], word: str) -> tuple[str, str]:
    """What to say of letters that are no product, and the cure."""
    function = _function_in_front(reader, word)
    if function:
        rest = word[len(function) :]
        return f"{word} runs together", rf"write {function}({rest}) or {_command(function)} {rest}"
    if any(unit.base.key[0] == "NUMBER" for unit in run):
        return f"{word} isn't declared", "write a number before the name, or an index as x_1"
    letters = (str(unit.base.key[1]) for unit in run)
    unknown = next((letter for letter in letters if not reader.is_known(letter)), "")
    guesses = " or ".join(guess for guess in reader.scope.suggest(word)[:3] if reader.look_up(guess))
    message = f"{word} runs together, and {unknown or word} isn't declared"
    if unknown and not guesses:
        return message, rf"declare {unknown} for the product, or write \mathrm{{{word}}} for a name"
    dotted = r" \cdot ".join(word)
    return message, f"did you mean {guesses or dotted}?"


def _function_in_front(reader: Reader, word: str) -> str:
    """The longest function with which the word begins, "" if there is none."""
    fronts = (word[:cut] for cut in range(len(word) - 1, 1, -1))
    return next((front for front in fronts if front.isalpha() and reader.scope.head(front) is not None), "")


def _command(word: str) -> str:
    return (
        f"\\{word}"
        if word in ("exp", "log", "ln", "sin", "cos", "tan", "tanh", "max", "min")
        else (rf"\operatorname{{{word}}}")
    )
