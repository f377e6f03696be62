"""``symderiv derive``: a derivative, and how it comes about."""

from __future__ import annotations

from typing import Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.options import argument_or_stdin, read_arguments, reading_options

_EPILOG = """
\b
Examples:
  symderiv derive 'x^2*exp(x)' --wrt x
  symderiv derive 'softmax(x)' --wrt x --given 'x: vector(3)'
  symderiv derive 'A*x' --wrt x --given 'A: matrix(2,3)' --given 'x: vector(3)' --format latex
"""


@click.command(epilog=_EPILOG, short_help="Derive an expression, step by step.")
@click.argument("expression")
@click.option("--wrt", required=True, metavar="NAME", help="The name by which to differentiate.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "latex", "html", "json"]),
    default="text",
    show_default=True,
)
@reading_options
def derive(expression: str, wrt: str, form: str, **options: Any) -> int:
    """Derive EXPRESSION (- for standard input) with respect to a name, step by step.

    Each step names its rule and is proved equal to the one before; where one can't be proved, the
    command says so and ends in 3.
    """
    from symderiv import api

    derivation = api.derive(argument_or_stdin(expression), wrt, **read_arguments(**options))
    click.echo(_printed(derivation, form))
    return exit_codes.CORRECT if derivation.is_proved else exit_codes.UNDECIDED


def _printed(derivation: Any, form: str) -> str:
    import sys

    from symderiv.reports import derivation as report
    from symderiv.reports.json import dumps
    from symderiv.reports.paint import Paint

    match form:
        case "json":
            return dumps(report.derivation_json(derivation))
        case "latex":
            return report.derivation_latex(derivation)
        case "html":
            from symderiv.reports.derivation_html import derivation_html

            return derivation_html(derivation)
    return report.derivation_text(derivation, Paint.for_stream(sys.stdout))
