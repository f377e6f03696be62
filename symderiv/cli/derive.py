"""``symderiv derive``: a derivative, and how it comes about."""

from __future__ import annotations

import sys
from typing import Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.expressions import ExpressionCommand
from symderiv.cli.options import argument_or_stdin, read_arguments, reading_options, timeout_option

_EXAMPLES = examples(
    "symderiv derive 'x^2*exp(x)' --wrt x",
    "symderiv derive 'softmax(x)' --wrt x --given 'x: vector(3)'",
    "symderiv derive 'A*x' --wrt x --given 'A: matrix(2,3)' --given 'x: vector(3)' --format latex",
)


@click.command(cls=ExpressionCommand, epilog=_EXAMPLES, short_help="Derive an expression, step by step.")
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
@timeout_option
def derive(expression: str, wrt: str, form: str, timeout: float, **options: Any) -> int:
    """Derive EXPRESSION (- for standard input) with respect to a name, step by step.

    Each step names its rule and is proved equal to the one before; where one can't be proved, the
    command says so and ends in 3.
    """
    from symderiv.bulk.printing import printed_derivation
    from symderiv.reports.paint import Paint
    from symderiv.worker import Died, TimedOut

    colour = Paint.for_stream(sys.stdout).on
    arguments = read_arguments(**options)
    try:
        text, proved, hint = printed_derivation(
            argument_or_stdin(expression), wrt, arguments, form, colour, timeout
        )
    except (TimedOut, Died) as error:
        click.echo(f"not derived: {error}", err=True)
        return exit_codes.UNDECIDED
    click.echo(text)
    if hint:
        click.echo(f"hint: {hint}", err=True)
    return exit_codes.CORRECT if proved else exit_codes.UNDECIDED
