"""A stream of comparisons: one JSON line in, one verdict a line out, in order, each without delay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from symderiv.bulk.answer import answer_json, unanswered
from symderiv.bulk.budget import within_budget
from symderiv.bulk.request import MAX_LINE, parse
from symderiv.equality.verdict import Invalid
from symderiv.errors import ReadError
from symderiv.reports.json import Json, dumps
from symderiv.worker import Worker, stopwatch

WARMING = (
    '{"a": "x + 1", "b": "x"}',
    r'{"a": "\\frac{1}{x}", "b": "1/x"}',
    '{"a": "exp(x - max(x, y))/(exp(x - max(x, y)) + exp(y - max(x, y)))", "b": "1/(1 + exp(y - x))"}',
    '{"a": "x/sqrt((x^2 + y^2)/2 + c)", "b": "sqrt(2)*x/sqrt(x^2 + y^2 + 2*c)", "given": ["c: positive"]}',
    '{"a": "sum(x[i]^2, (i, 0, n))", "b": "sum(x[i]*x[i + 1], (i, 0, n))"}',
)
"""Answered before the worker is forked, so that it, and whatever replaces it, has its grammars made and what
most lines need imported.
"""


def answer_lines(lines: Iterable[str], timeout: float | None) -> Iterator[str]:
    """A verdict for each line that isn't blank; ``ms`` runs from the line read to the verdict written."""
    for warming in WARMING:
        _work((warming, None))
    with Worker(_work) as worker:
        worker.run((WARMING[0], None))  # the first line doesn't wait until there is a process
        for line in lines:
            elapsed = stopwatch()
            if line.strip():
                body = _body(worker, line, timeout)
                yield f'{body[:-1]}, "ms": {elapsed():.3f}}}'


def _body(worker: Worker, line: str, timeout: float | None) -> str:
    result = within_budget(worker, (line, timeout), timeout)
    return result if isinstance(result, str) else _dump(_id_of(line), result.json)


def _work(task: tuple[str, float | None]) -> str:
    """What the worker does with a line: all of the work, so that only text goes through the pipe."""
    line, timeout = task
    try:
        request = parse(line)
    except ReadError as error:
        return _dump(_id_of(line), unanswered(Invalid(error)).json)
    return _dump(request.id, answer_json(request, timeout))


def _dump(identifier: Any, result: Json) -> str:
    return dumps({"id": identifier, **result}, indent=None)


def _id_of(line: str) -> Any:
    """The id of a line that can't be used otherwise, where it has one."""
    with suppress(ValueError, RecursionError):
        fields = json.loads(line[:MAX_LINE])
        return fields.get("id") if isinstance(fields, dict) else None
    return None
