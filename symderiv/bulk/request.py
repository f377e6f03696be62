"""One line of a stream of comparisons: what it may hold, and what is wrong with one that doesn't fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symderiv.errors import ReadError
from symderiv.language.scope import Syntax

MAX_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """``{"id", "a", "b", "given", "syntax", "index_from", "entry", "strict"}``, all but a and b optional."""

    a: str
    b: str
    id: Any = None
    given: tuple[str, ...] = ()
    syntax: Syntax = "auto"
    index_from: int = 0
    entry: tuple[str, ...] = ()
    strict: bool = False


def parse(line: str) -> Request:
    """The request on a line; `ReadError` says what is wrong with it.

    >>> parse('{"a": "x", "b": "y", "index_from": 1}').index_from
    1
    """
    return request_of(load(line))


def request_of(fields: Mapping[str, Any]) -> Request:
    """The request in plain data."""
    unknown = sorted(set(fields) - set(Request.__slots__))
    if unknown:
        raise ReadError(f"unknown field {unknown[0]!r}", expected=", ".join(Request.__slots__))
    missing = [name for name in ("a", "b") if name not in fields]
    if missing:
        raise ReadError(f"the field {missing[0]!r} is missing", expected='{"a": "…", "b": "…"}')
    return Request(**{name: _checked(name, value) for name, value in fields.items()})


def load(line: str) -> dict[str, Any]:
    """The JSON object on a line."""
    if len(line) > MAX_LINE:
        raise ReadError(f"a line of {len(line)} characters", expected=f"at most {MAX_LINE}")
    try:
        fields = json.loads(line, object_pairs_hook=each_once)
    except RepeatedKey as error:
        raise ReadError(str(error), expected="each field once") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no JSON: {error}", expected='{"a": "…", "b": "…"}') from None
    if not isinstance(fields, dict):
        raise ReadError(f"a JSON {type(fields).__name__}", expected="a JSON object")
    return fields


class RepeatedKey(ValueError):
    """An object in which a key stands twice: JSON's own readers keep the last value and lose the others."""


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs, for `json.loads`; raises RepeatedKey."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise RepeatedKey(f"{next(name for name in names if names.count(name) > 1)!r} is given twice")
    return found


def _checked(name: str, value: Any) -> Any:
    match name, value:
        case ("id", _) | ("a" | "b", str()) | ("strict", bool()):
            return value
        case ("given" | "entry", None):
            return ()
        case ("given" | "entry", str()):
            return tuple(part.strip() for part in value.split(",")) if name == "entry" else (value,)
        case ("given" | "entry", list()) if all(isinstance(item, str) for item in value):
            return tuple(value)
        case ("syntax", "auto" | "text" | "latex") | ("index_from", 0 | 1):
            return value
    raise ReadError(f"the field {name!r} is {json.dumps(value)[:80]}", expected=_EXPECTED[name])


_EXPECTED = {
    "a": "an expression in quotes",
    "b": "an expression in quotes",
    "given": "a list of declarations in quotes",
    "entry": "a list of index names in quotes",
    "syntax": '"auto", "text" or "latex"',
    "index_from": "0 or 1",
    "strict": "true or false",
}
