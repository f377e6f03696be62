"""``symderiv read``: how an expression is understood."""

from __future__ import annotations

from typing import Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.expressions import ExpressionCommand
from symderiv.cli.options import argument_or_stdin, read_arguments, reading_options, timeout_option

_EXAMPLES = examples(
    "symderiv read '2x^2 + sigma(w[i])'",
    "symderiv read 'conv2d(X, K)' --given 'X: matrix(4, 2)' --given 'K: matrix(2, 2)'",
    r"symderiv read '\frac{\partial L}{\partial W}' --given 'dL: real' --format json",
)


@click.command(cls=ExpressionCommand, epilog=_EXAMPLES, short_help="How is an expression understood?")
@click.argument("expression")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@reading_options
@timeout_option
def read(expression: str, form: str, timeout: float, **options: Any) -> int:
    """How is EXPRESSION (- for standard input) understood: text, LaTeX, shape, free indices?

    Where it can't be read, the place is shown, with what was expected.
    """
    from symderiv.bulk.printing import printed_reading
    from symderiv.worker import Died, TimedOut

    try:
        click.echo(printed_reading(argument_or_stdin(expression), read_arguments(**options), form, timeout))
    except (TimedOut, Died) as error:
        click.echo(f"not understood: {error}", err=True)
        return exit_codes.UNDECIDED
    return exit_codes.CORRECT
