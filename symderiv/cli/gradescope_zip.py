"""``symderiv gradescope-zip``: exercises as an autograder to upload to Gradescope."""

from __future__ import annotations

from pathlib import Path

import click

from symderiv import __version__
from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.finding import find
from symderiv.cli.options import exercises_option, part_timeout_option

_EXAMPLES = examples(
    "symderiv gradescope-zip conv2d-kernel-gradient softmax-jacobian -o autograder.zip",
    "symderiv gradescope-zip course/exercises/sheet3.yaml -o sheet3.zip --install 'symderiv==0.1.0'",
)


@click.command("gradescope-zip", epilog=_EXAMPLES, short_help="An autograder to upload to Gradescope.")
@click.argument("names", nargs=-1, required=True, metavar="EXERCISE...")
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)
)
@exercises_option
@click.option(
    "--install",
    default=f"symderiv=={__version__}",
    show_default=True,
    metavar="REQUIREMENT",
    help="What pip installs on Gradescope's machine.",
)
@part_timeout_option
def gradescope_zip(
    names: tuple[str, ...], output: Path, folders: tuple[str, ...], install: str, timeout: float
) -> int:
    """Pack exercises with what Gradescope needs to grade them: setup.sh, run_autograder, the exercises."""
    from symderiv.errors import FileFault, Place
    from symderiv.reports.classroom.autograder import autograder_zip

    paths = [exercise.path for exercise in find(names, folders) if exercise.path is not None]
    data = autograder_zip(paths, install, timeout)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise FileFault(f"can't be written: {error.strerror}", Place(str(output))) from None
    click.echo(
        f"{output}: {len(paths)} exercise{'s' * (len(paths) > 1)}; upload it as the autograder's ZIP",
        err=True,
    )
    return exit_codes.CORRECT
