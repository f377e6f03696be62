"""``symderiv compare``: are two expressions equal?"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.expressions import ExpressionCommand
from symderiv.cli.options import argument_or_stdin, reading, reading_options, timeout_option

_EXAMPLES = examples(
    "symderiv compare 'sin(x)^2' '1 - cos(x)^2'",
    "symderiv compare 'p[i]*(delta(i,j) - p[j])' 'diag(p) - p*p.T' --given 'p: vector(n)' --entry i,j",
    r"symderiv compare '\frac{1}{1+e^{-x}}' 'sigmoid(x)' --format json",
    """echo '{"a": "x/x", "b": "1"}' | symderiv compare --jsonl -""",
)


@click.command(cls=ExpressionCommand, epilog=_EXAMPLES, short_help="Are two expressions equal?")
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--jsonl", metavar="FILE", help="One comparison a line in (-: stdin), one verdict a line out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@reading_options
@timeout_option
def compare(
    a: str | None, b: str | None, jsonl: str | None, form: str, timeout: float, **options: Any
) -> int:
    """Are the expressions A and B equal? (One of them may be -, for standard input.)

    Equal is proved; different comes with a point where the two differ; else it is undecided.
    """
    if jsonl is not None:
        if a is not None:
            raise click.UsageError("--jsonl takes its expressions from the stream, not from arguments")
        return _stream(jsonl, timeout)
    if a is None or b is None:
        raise click.UsageError("two expressions are expected (or --jsonl FILE)")
    if a == b == "-":
        raise click.UsageError("only one of the two expressions can be standard input")
    return _pair(argument_or_stdin(a), argument_or_stdin(b), form, timeout, options)


def _pair(a: str, b: str, form: str, timeout: float, options: dict[str, Any]) -> int:
    from symderiv.bulk import Request, compare_within
    from symderiv.reports.json import dumps
    from symderiv.worker import stopwatch

    elapsed = stopwatch()
    answer = compare_within(Request(a, b, **reading(**options)), timeout)
    if form == "json":
        click.echo(dumps({**answer.json, "ms": round(elapsed(), 3)}))
    elif not answer.fault:
        click.echo(answer.text)
    if answer.fault:
        click.echo(answer.fault, err=True)
        return exit_codes.UNUSABLE
    return exit_codes.OF_VERDICT[answer.verdict]


def _stream(path: str, timeout: float) -> int:
    from symderiv.bulk import answer_lines, bounded_lines

    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise click.FileError(path, error.strerror or str(error)) from None
    # a reader that goes (head) has seen enough; click would make a failure of it
    with stream, suppress(BrokenPipeError):
        for verdict in answer_lines(bounded_lines(stream), timeout):
            sys.stdout.write(verdict + "\n")
            sys.stdout.flush()
        return exit_codes.CORRECT
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exit_codes.CORRECT
