"""What a text that no rule fits is told: what stands wrong, what was expected, and the cure."""

from __future__ import annotations

import re

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from symderiv.language.source import Misread

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_BRACKET_TYPES = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_OPERAND = "a number, a name or a bracket"
_FINISH = "write what belongs here, or delete the sign"

_CHARACTERS = {
    "\\": "LaTeX is read where a command such as \\frac, a $ or ^{…} tells it apart",
    "$": "write the formula alone, or the whole of it between $ and $",
    "#": "there are no comments in a formula",
    ";": "write one formula, a list [a, b], or a matrix [[a, b], [c, d]]",
    "?": "replace it by what is meant",
    '"': "close the quotes",
    "'": "close the quotes, or write a prime right after the name of a function",
    "=": "write == for a condition",
    "⊗": "write kron(A, B) or outer(a, b)",
    "∘": "write hadamard(A, B), or f(g(x))",
    "★": "write the name of the operation, as in correlate(x, w)",
    "⋆": "write the name of the operation, as in correlate(x, w)",
    "±": "write a list of the two values",
    "≈": "write == for a condition",
    "∂": "write diff(f, x)",
    "∇": "write gradient(L, x)",
    "…": "write the terms out, or a sum",
    "←": "write the new value alone",
    "→": "write the value alone",
    "⇒": "write one formula",
    "‖": "write norm(x)",
    "⌊": "write floor(x)",
    "⌈": "write ceil(x)",
}

_TOKENS = {
    "COMMA": ("a comma stands outside of brackets", "write (a, b) or [a, b]"),
    "EQUAL": ("= is not a comparison", "write == for a condition, or the right-hand side alone"),
    "COLON": ("a colon stands here", "a slice stands in brackets, as in x[1:3]"),
    "FOR": ("'for' stands outside of brackets", "write [f(i) for i in range(a, b)]"),
    "ELSE": ("'else' without its 'if'", "write a if c else b"),
    "IF": ("'if' stands where nothing can be chosen", "write a if c else b"),
    "ABS_CLOSE": ("a bar that closes nothing", "write abs(x)"),
    "CHOOSE": ("how far this 'choose' reaches isn't said", "write (n choose k)"),
    "NUMBER": ("a number stands here", "write an operator before it"),
    "STRING": ("a word in quotes stands here", "leave the quotes out"),
}


_UPDATE = re.compile(r"<-(?=\s)")
_ARROW = re.compile(r"<->|\|->|->|=>")


def refuse_updates(text: str) -> None:
    """``w <- w - g`` would be read as w < -w - g."""
    found = _UPDATE.search(text) if "<-" in text else None
    if found is not None:
        message = "an arrow, or < before a minus sign?"
        raise Misread(message, *found.span(), cure="write the new value alone, or < -x for a comparison")


def refuse_arrows(text: str) -> None:
    """What can't be read may be so for its arrow."""
    found = _ARROW.search(text)
    if found is not None:
        cure = "write >= for a comparison" if found.group() == "=>" else "write the value alone"
        raise Misread("an arrow stands here", *found.span(), expected="one formula", cure=cure)


def explain(text: str, error: UnexpectedInput) -> Misread:
    """The fault that Lark found, in words."""
    if isinstance(error, UnexpectedCharacters):
        return _character(text, error.pos_in_stream or 0)
    if isinstance(error, UnexpectedToken):
        return _token(text, error)
    return Misread("this can't be read", 0, len(text), expected="a formula", cure="write it anew")


def _character(text: str, at: int) -> Misread:
    character = text[at]
    cure = _CHARACTERS.get(character, "write it with + - * / ^, brackets and names of functions")
    return Misread(f"'{character}' has no meaning here", at, at + 1, expected="a formula", cure=cure)


def _token(text: str, error: UnexpectedToken) -> Misread:
    token: Token = error.token
    if token.type == "$END":
        return _ended(text)
    start = token.start_pos or 0
    end = token.end_pos or start + 1
    if token.type in _BRACKET_TYPES:
        return _closing(text, start, _BRACKET_TYPES[token.type])
    if "ELSE" in error.expected and "IF" not in error.expected:
        return Misread("this 'if' has no 'else'", start, end, expected="else", cure="write a if c else b")
    if token.type == "NAME" and str(token).startswith("_"):
        return Misread(f"'{token}' can't stand here", start, end, cure="write digits without _")
    shown = str(token) if len(token) <= 20 else f"{token[:20]}…"
    message, cure = _TOKENS.get(
        token.type, (f"'{shown}' can't stand here", "delete it, or write an operator before it")
    )
    opened = _unclosed(text[:start])
    if token.type == "COMMA" and opened:
        return Misread("nothing stands before this comma", start, end, expected=_OPERAND, cure=_FINISH)
    if token.type == "COMMA" and text[start - 1 : start].isdigit() and text[end : end + 1].isdigit():
        message, cure = (
            "a comma inside a number",
            "write a point for decimals, 1000 for thousands, (a, b) for a pair",
        )
    if token.type == "COLON" and not opened:
        cure = "write the right-hand side alone"
    return Misread(message, start, end, expected=_expected(error), cure=cure)


def _expected(error: UnexpectedToken) -> str:
    wanted = error.expected
    if "NUMBER" in wanted and "OPERATOR" not in wanted:
        return _OPERAND
    if wanted == {"NAME"}:
        return "a name"
    if "IN" in wanted and "NUMBER" not in wanted:
        return "in"
    return ""


def _ended(text: str) -> Misread:
    if not text.strip():
        return Misread("nothing is written here", 0, 1, expected="a formula", cure="write it, as in 2*x + 1")
    opened = _unclosed(text)
    if opened:
        at = opened[-1]
        closing = _CLOSING[text[at]]
        return Misread(
            "this bracket is never closed",
            at,
            at + 1,
            expected=closing,
            cure=f"write {closing} where it ends",
        )
    if text.count("|") % 2:
        at = text.rfind("|")
        return Misread("this bar is never closed", at, at + 1, expected="|", cure="write abs(x)")
    end = len(text.rstrip())
    expected = "else" if " if " in text else _OPERAND
    cure = "write a if c else b" if expected == "else" else _FINISH
    return Misread("the formula ends too early", max(0, end - 1), end, expected=expected, cure=cure)


def _unclosed(text: str) -> list[int]:
    """Where brackets stand open at the end of the text."""
    opened: list[int] = []
    for at, character in enumerate(text):
        if character in _CLOSING:
            opened.append(at)
        elif character in ")]}" and opened and _CLOSING[text[opened[-1]]] == character:
            opened.pop()
    return opened


def _closing(text: str, at: int, bracket: str) -> Misread:
    opened = _unclosed(text[:at])
    if not opened:
        return Misread("this bracket was never opened", at, at + 1, cure=f"delete {bracket}")
    wanted = _CLOSING[text[opened[-1]]]
    if wanted != bracket:
        half_open = {wanted, bracket} == {")", "]"} and re.search(r"∈|(?<!\w)in(?!\w)", text[:at])
        return Misread(
            f"{bracket} closes a {text[opened[-1]]}",
            at,
            at + 1,
            expected=wanted,
            cure="write a half-open interval as in x ∈ [0, 1), or with inequalities, 0 <= x < 1"
            if half_open
            else f"write {wanted} here, or open with {_OPENING[bracket]}",
        )
    return Misread(f"nothing stands before this {bracket}", at, at + 1, expected=_OPERAND, cure=_FINISH)
