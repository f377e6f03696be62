"""``symderiv schema``: JSON Schema of the files, for editors."""

from __future__ import annotations

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples

_EXAMPLES = examples(
    "symderiv schema exercise > exercise.schema.json",
    "symderiv schema answer > answer.schema.json",
)


@click.command(epilog=_EXAMPLES, short_help="JSON Schema of the files, for editors.")
@click.argument("kind", type=click.Choice(["exercise", "answer"]))
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
def schema(kind: str, form: str) -> int:
    """Print the JSON Schema of exercise or answer files, for editors.

    An editor finds it by a line at the top of a file: # yaml-language-server: $schema=exercise.schema.json
    """
    from symderiv.exercise import schema as schema_of
    from symderiv.reports.json import dumps

    click.echo(dumps(schema_of(kind)))
    return exit_codes.CORRECT
