"""What stands beside a value in a sentence: the conditions under which it holds, and words that only remark.

Of ``1/x for x ≠ 0`` the condition is read as the condition: a value that is undefined elsewhere. A remark
(``(valid)``) says nothing that could be judged; it is left out of the reading and named in the echo.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symderiv.language.source import Misread
from symderiv.language.syntax import Choice, Name, Node, Operation, Pairs

MAX_CLAUSES = 20
"""How many clauses a sentence may have: nobody writes more, and each is read by itself."""
UNDER = frozenset("if for when where whenever provided assuming given with on falls für wenn mit".split()) | {
    "as long as",
    "assuming that",
    "for all",
    "für alle",
    "for any",
    "for each",
    "for every",
    "given that",
    "in case",
    "only for",
    "only if",
    "only when",
    "provided that",
    "such that",
    "valid for",
    "valid if",
    "valid when",
}
"""Words that a condition stands behind."""
DEFINING = frozenset(("where", "with", "mit"))
"""Words behind which ``s = …`` says what s stands for."""
ELSE = frozenset(
    (
        "otherwise",
        "else",
        "or else",
        "elsewhere",
        "everywhere else",
        "in all other cases",
        "for all other values",
        "sonst",
    )
)
"""Words that stand for all other cases."""
NOT_DEFINED = (
    "undefined",
    "not defined",
    "is undefined",
    "is not defined",
    "does not exist",
    "doesn't exist",
    "not differentiable",
    "no derivative",
    "and undefined",
    "but undefined",
    "nicht definiert",
)
"""How words begin that say where there is no value."""
WHERE_IT_EXISTS = (
    r"(?:almost everywhere|a\.\s?e\.?|fast überall|f\.\s?ü\.?"
    r"|where(?:ver)? (?:(?:it|this) )?(?:exists|is defined|defined|is differentiable|differentiable))"
)
"""What is said of a value that has none on a null set: a remark, for these are the exercise's to count."""
_ARITHMETIC = frozenset(
    """and or not unless times plus minus divided over squared cubed mod modulo per percent choose transposed
    transpose inverse elementwise element-wise entrywise half twice dozen hundred thousand million billion
    k m g kb mb gb tb kib mib gib kilo mega giga about approximately approx roughly circa almost nearly least
    most less more greater smaller wrong incorrect false never ignore
    double trillion dozens hundreds thousands millions billions mio mrd tsd tausend hundert dutzend millionen
    mal geteilt durch quadrat prozent ungefähr etwa mindestens höchstens mehr weniger nicht falsch
    pi degrees nat nats bit bits mflop mflops gflop gflops tflop tflops""".split()
)
"""Words that may belong to what is said: never passed over."""
TELLING = frozenset(
    """the is are in by of since because as so this that from to only we it our see note missing valid const
    constant scalar done qed checked""".split()
)
"""Words that no name is spelt like: a bracket that holds one of them is a remark."""
COUNTED = frozenset(
    """parameter parameters weights biases neurons units layers filters channels kernels pixel pixels entries
    elements values classes tokens words samples examples images batches step steps iterations epochs updates
    multiplications additions operations nodes edges points schritte schritten parametern gewichte neuronen
    werte bilder""".split()
)
"""What a number counts, whatever it is: words that don't change it, as *bits* for *nats* would."""


def plain(words: str) -> str:
    """Words without the punctuation around them, in small letters."""
    return " ".join(words.lower().split()).strip(" .,:;()")


def is_remark(words: str) -> bool:
    """Do these words say nothing that a formula could?

    >>> is_remark("valid"), is_remark("times two"), is_remark("for x")
    (True, False, False)
    """
    text = plain(words)
    if re.fullmatch(WHERE_IT_EXISTS, text):
        return True
    said = text.split()
    if not said or not any(character.isalpha() for character in text):
        return False
    return text not in ELSE and said[0] not in UNDER and not _ARITHMETIC.intersection(said)


def is_unit(words: str) -> bool:
    """Do words right behind a value perhaps say in what it is counted?

    >>> is_unit("nats"), is_unit("GFLOPs"), is_unit("parameters"), is_unit("by the chain rule")
    (True, True, False, False)
    """
    said = plain(words).split()
    is_short = 0 < len(said) <= 2 and words.lstrip()[:1] not in "([,;"
    counts = TELLING.isdisjoint(said) and not COUNTED.issuperset(said)
    return is_short and counts and not re.fullmatch(WHERE_IT_EXISTS, plain(words))


def says_undefined(words: str) -> bool:
    """``undefined at``, ``does not exist for``."""
    return plain(words).startswith(NOT_DEFINED)


def under(value: Node, conditions: Sequence[Node]) -> Node:
    """The value where all conditions hold, undefined elsewhere."""
    if not conditions:
        return value
    if isinstance(value, Pairs):
        raise several(value.start, conditions[-1].end)
    return Choice(((conjunction(conditions), value),), None, value.start, max(value.end, conditions[-1].end))


def conjunction(conditions: Sequence[Node]) -> Node:
    if len(conditions) == 1:
        return conditions[0]
    return Operation("and", tuple(conditions), conditions[0].start, conditions[-1].end)


def several(start: int, end: int) -> Misread:
    return Misread(
        "which of several results this condition belongs to isn't said",
        start,
        end,
        cure="write the condition behind each of them, or leave it out",
    )


def defined_name(node: Node) -> tuple[Name, Node] | None:
    """``s = …``: the name and what it stands for."""
    if isinstance(node, Operation) and node.head == "eq" and isinstance(node.args[0], Name):
        return node.args[0], node.args[1]
    return None
