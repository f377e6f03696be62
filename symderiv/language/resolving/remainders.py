"""``n mod 2`` as a word or ``\\bmod``: an infix sign, of which people don't agree how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symderiv.expression.operators import INFIX, Operator
from symderiv.language.sign import Sign
from symderiv.language.source import Misread

MODULO = "mod"
REMAINDER = INFIX["%"]
Pending = Sequence[tuple[Operator, Any]]


def refuse_unclear_modulo(pending: Pending, word: Sign) -> None:
    """``n - k mod s``: the remainder of k, or of n - k? ``n = 1 mod 2`` may be a congruence, too."""
    waiting = next((sign for operator, sign in reversed(pending) if operator.head in ("add", "sub")), None)
    if waiting is not None:
        message = "the remainder of the sum, or of its last term?"
        raise Misread(message, waiting.start, word.end, cure="write brackets around what is divided")


def refuse_behind_modulo(pending: Pending, sign: Sign) -> None:
    """``n mod 2 * k``: times k, or modulo 2k?"""
    if pending and pending[-1][0] is REMAINDER and pending[-1][1].symbol == MODULO:
        message = "how far does the modulus reach?"
        raise Misread(message, pending[-1][1].start, sign.end, cure="write brackets around the remainder")


def refuse_congruence(pending: Pending, word: Sign) -> None:
    """``n = 1 mod 2`` in text."""
    equals = next((sign for operator, sign in pending if operator.head == "eq"), None)
    if equals is not None:
        message = "a congruence, or equal to a remainder?"
        raise Misread(message, equals.start, word.end, cure="write (a - b) % m == 0, or a % m == b")
