"""Verdicts, readings, derivations and checks as JSON: the shapes that scripts of others rest on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from symderiv.equality.verdict import Different, Equal, Invalid, Undecided, Verdict, Witness
from symderiv.errors import Place, SymderivError

if TYPE_CHECKING:
    from symderiv.derivation import Comparison, Reading

Json = dict[str, Any]


def dumps(value: Any, *, indent: int | None = 2) -> str:
    """JSON text, letters beyond ASCII kept as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def verdict_json(verdict: Verdict) -> Json:
    """``verdict``, ``message``, and what the verdict carries: by, scope, witness, tried, error.

    >>> verdict_json(Equal("structure"))
    {'verdict': 'equal', 'by': 'structure', 'scope': 'everywhere', 'message': 'equal, proved by structure'}
    """
    return {"verdict": verdict.verdict, **_details(verdict), "message": str(verdict)}


def _details(verdict: Verdict) -> Json:
    match verdict:
        case Equal(by=by, scope=scope):
            return {"by": by, "scope": scope}
        case Different(by=by, witness=witness):
            return {"by": by, "witness": witness_json(witness)}
        case Undecided(tried=tried, evidence=evidence):
            return {"tried": list(tried), "evidence": evidence}
        case Invalid(error=error):
            return {"error": error_json(error)}


def witness_json(witness: Witness) -> Json:
    return {"point": dict(witness.point), "left": witness.left, "right": witness.right}


def error_json(error: SymderivError) -> Json:
    """What is wrong, where, what was expected, and the cure."""
    place = {} if error.place is None else {"place": _place_json(error.place)}
    return {
        "code": error.code,
        "message": error.message,
        **place,
        "expected": error.expected,
        "cure": error.cure,
    }


def _place_json(place: Place) -> Json:
    return {"source": place.source, "line": place.line, "column": place.column, "length": place.length}


def reading_json(reading: Reading | None) -> Json | None:
    """How an expression was understood."""
    if reading is None:
        return None
    found: Json = {
        "text": reading.text,
        "latex": reading.latex,
        "shape": reading.shape,
        "free": list(reading.free),
    }
    left_out = {"left_out": list(reading.left_out)} if reading.left_out else {}
    hint = {"hint": reading.hint} if reading.hint else {}
    return {**found, **left_out, **hint}


def comparison_json(comparison: Comparison) -> Json:
    read = {"a": reading_json(comparison.a), "b": reading_json(comparison.b)}
    hint = {"hint": comparison.hint} if comparison.hint else {}
    return {**verdict_json(comparison.verdict), **hint, "read": read}
