"""Readings and derivations printed in a process that can be killed: what the commands read and derive do."""

from __future__ import annotations

from typing import Any

from symderiv import api
from symderiv.reports import derivation as report
from symderiv.reports.derivation_html import derivation_html
from symderiv.reports.json import dumps, reading_json
from symderiv.reports.paint import Paint
from symderiv.reports.text import reading_text
from symderiv.worker import within

Arguments = dict[str, Any]


def printed_reading(expression: str, arguments: Arguments, form: str, timeout: float) -> str:
    """How an expression is understood, as text or JSON; raises what reading raises, or `TimedOut`."""
    return str(within(_read, (expression, arguments, form), timeout))


def _read(task: tuple[str, Arguments, str]) -> str:
    expression, arguments, form = task
    reading = api.read(expression, **arguments)
    return dumps(reading_json(reading)) if form == "json" else reading_text(reading)


def printed_derivation(
    expression: str, wrt: str, arguments: Arguments, form: str, colour: bool, timeout: float
) -> tuple[str, bool, str]:
    """A derivation in a format, whether each of its steps is proved, and what may have been meant instead."""
    text, proved, hint = within(_derive, (expression, wrt, arguments, form, colour), timeout)
    return str(text), bool(proved), str(hint)


def _derive(task: tuple[str, str, Arguments, str, bool]) -> tuple[str, bool, str]:
    expression, wrt, arguments, form, colour = task
    hint = api.read(expression, **arguments).hint
    derivation = api.derive(expression, wrt, **arguments)
    match form:
        case "json":
            text = dumps(report.derivation_json(derivation))
        case "latex":
            text = report.derivation_document(derivation)
        case "html":
            text = derivation_html(derivation)
        case _:
            text = report.derivation_text(derivation, Paint(colour))
    return str(text), derivation.is_proved, hint
