"""A verdict in one sentence, for every report alike."""

from __future__ import annotations

from symderiv.equality.verdict import EVERYWHERE, Different, Equal, Invalid, Undecided, Verdict, Witness


def sentence(verdict: Verdict) -> str:
    """What was decided, and why.

    >>> sentence(Equal("rational functions", "except where x = 0"))
    'equal except where x = 0, proved by rational functions'
    """
    match verdict:
        case Equal(by=by, scope=scope):
            where = "" if scope == EVERYWHERE else f" {scope}"
            return f"equal{where}, proved by {by}"
        case Different(by=by, witness=witness):
            return f"different: {witness_sentence(witness)} (found by {by})"
        case Undecided(tried=tried, evidence=evidence):
            attempts = f" after {', '.join(tried)}" if tried else ""
            return f"undecided{attempts}" + (f"; {evidence}" if evidence else "")
        case Invalid(error=error):
            return f"invalid: {error.in_one_line()}"


def witness_sentence(witness: Witness) -> str:
    """The point, and both values there.

    >>> witness_sentence(Witness((("x", "1/3"),), "2/3", "1/9"))
    'at x = 1/3 the first is 2/3, the second 1/9'
    """
    at = ", ".join(f"{name} = {value}" for name, value in witness.point)
    return f"at {at} the first is {witness.left}, the second {witness.right}" if at else (
        f"the first is {witness.left}, the second {witness.right}"
    )
