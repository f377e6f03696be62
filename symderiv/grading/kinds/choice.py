"""One or several of the choices."""

from __future__ import annotations

import re

from symderiv.equality.verdict import Different, Equal, Witness
from symderiv.errors import FileFault
from symderiv.exercise import Formula, Question
from symderiv.exercise.format.models import ChoicePart
from symderiv.grading.judgement import Judgement, invalid

_CALLED = re.compile(
    r"(?:choice|set|dict)\((.*)\)"
    r"|(?:case|choice|option|class|label|klasse|antwort)(?:\s*_?(\d+)|(?:\s+|\s*:\s*)(\w+))",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?<!\w)(?:and|und)(?!\w)\s*|\s*[&+]\s*")
_BULLET = re.compile(r"\A\s*[-*•]\s+")
_TEXT = re.compile(r"\\(?:text|textrm|mathrm|texttt)\{([^{}]*)\}")


def judge_choice(question: Question, answer: Formula) -> Judgement:
    """Right where exactly the right choices are named, or ``choose`` of them, in whatever order.

    An unknown choice is an error with the choices listed.
    """
    part = question.part
    assert isinstance(part, ChoicePart)
    known = {normal(name): name for name in part.choices} | {
        normal(text): name for name, text in part.choices.items()
    }
    known |= _truths(set(map(normal, part.choices)))
    is_one = not answer.items and not answer.entries and normal(answer.text) in known
    chosen = [answer.text] if is_one else _parted(names_in(answer), known)
    unknown = [name for name in chosen if normal(name) not in known]
    if unknown or not chosen:
        message = f"'{unknown[0]}' is none of the choices" if unknown else "no choice is made"
        return invalid(FileFault(message, answer.place_of(None), ", ".join(part.choices)))
    picked, right = {known[normal(name)] for name in chosen}, set(part.answer)
    wanted = part.choose or len(right)
    if picked <= right and len(picked) == wanted:
        return Judgement(Equal("the choice"), right=wanted, total=wanted)
    witness = Witness((), ", ".join(sorted(picked)), "another choice")
    return Judgement(
        Different("the choice", witness),
        where=(fault_of(picked, right),),
        right=len(picked & right),
        total=wanted,
    )


def _truths(known: set[str]) -> dict[str, str]:
    """Of *true* and *false*, their first letters, and *yes* and *no*."""
    if known != {"true", "false"}:
        return {}
    meant = {
        "true": "t yes y correct wahr w ja richtig",
        "false": "f no n wrong incorrect falsch nein",
    }
    return {word: choice for choice, words in meant.items() for word in words.split()}


def _parted(names: list[str], known: dict[str, str]) -> list[str]:
    """``a and b`` and ``a + b`` as two choices, where no choice is called so."""
    found: list[str] = []
    for name in names:
        bare = _BULLET.sub("", name)
        pieces = [piece for piece in _AND.split(bare) if piece]
        is_list = normal(bare) not in known and all(normal(piece) in known for piece in pieces)
        found += pieces if is_list else [bare]
    return found


def fault_of(picked: set[str], right: set[str]) -> str:
    """What is wrong with a choice, without saying which would be right."""
    wrong = sorted(picked - right)
    if not wrong:
        return "more than asked is chosen" if picked == right else "a choice is missing"
    return f"{', '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong"


def normal(text: str) -> str:
    """Quotes, blanks, capitals and a full stop don't matter, nor does the module a name is imported from.

    >>> normal("'K00 up':'L  down'")
    'k00 up: l down'
    """
    bare = re.sub(r"['\"]|\b(?:torch\.)?nn\.|(?<=[^\s.])\.\s*\Z", "", text)
    return re.sub(r"\s*:\s*", ": ", " ".join(bare.split())).casefold()


def names_in(answer: Formula) -> list[str]:
    """The choices that an answer names: a word, a list, ``a, b``, ``{a: b}`` or ``choice('a')``."""
    if answer.items:
        return [name for item in answer.items for name in names_in(item)]
    if answer.entries:
        return [f"{name}: {value.text}" for name, value in answer.entries]
    text = _TEXT.sub(r"\1", answer.text).strip().strip("$").strip()
    called = _CALLED.fullmatch(text)
    text = (called[1] or called[2] or called[3] if called else text).strip()
    if text[:1] in "[{(" and text[-1:] in "]})":
        text = text[1:-1]
    parts = (part.strip() for part in re.split(r"[,;\n]", text))
    return [part for part in parts if part]
