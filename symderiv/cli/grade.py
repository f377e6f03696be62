"""``symderiv grade``: a class. Results on disk as they come, reports at the end, progress on stderr."""

from __future__ import annotations

import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.grading import cluster, collected, of_students, prepare
from symderiv.cli.options import exercises_option, part_timeout_option
from symderiv.cli.progress import progress_bar
from symderiv.cli.stopping import stoppable
from symderiv.reports.classroom.some import some

if TYPE_CHECKING:
    from symderiv.reports.classroom.results import ClassResults

REPORTS = (
    "json",
    "csv",
    "html",
    "junit",
    "github",
    "gradescope",
    "autograder",
    "prairielearn",
    "nbgrader",
)

MOST_FAULTS = 20
"""How many reasons why submissions could not be used the terminal names."""

_EXAMPLES = examples(
    "symderiv grade submissions/ --out results",
    "symderiv grade export.zip --out results --report gradescope,csv,html --jobs 4",
    "symderiv grade submissions/ --out results --resume",
    "symderiv grade submissions/ --out results --moodle worksheet.csv",
    "symderiv grade submissions/ --out results --students class.csv",
    "cat answers.jsonl | symderiv grade - --out results --report json",
)


def _reports(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in chosen if name not in REPORTS]
    if unknown:
        raise click.BadParameter(f"'{unknown[0]}' is no report; expected some of {', '.join(REPORTS)}")
    return chosen


@click.command(epilog=_EXAMPLES, short_help="Grade a class: folders, ZIP files, JSON Lines.")
@click.argument("paths", nargs=-1, required=True, metavar="DIR|FILES")
@click.option(
    "--out",
    "out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where results and reports go.",
)
@exercises_option
@click.option(
    "--jobs",
    default=os.cpu_count() or 1,
    show_default="one a core",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many workers.",
)
@part_timeout_option
@click.option(
    "--memory",
    default=2000,
    show_default=True,
    type=click.IntRange(min=200),
    metavar="MB",
    help="Memory that a worker may use.",
)
@click.option(
    "--students",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The list that the sheets were made from: everyone is judged on their own numbers.",
)
@click.option("--resume", is_flag=True, help="Go on where an earlier run into the same folder stopped.")
@click.option(
    "--report",
    "forms",
    default="json,csv,html",
    show_default=True,
    callback=_reports,
    metavar="FORMATS",
    help=f"Comma-separated: {', '.join(REPORTS)}.",
)
@click.option(
    "--decide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A person's decisions on undecided answers (JSON, by key).",
)
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="OLD",
    help="List whose marks differ from an earlier run's results.",
)
@click.option(
    "--moodle",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="Fill in a grading worksheet, or a gradebook, exported from Moodle.",
)
@click.option(
    "--canvas",
    nargs=2,
    metavar="CSV ASSIGNMENT",
    help="Fill in an assignment's column of a gradebook exported from Canvas.",
)
@click.option(
    "--scheduler", metavar="tcp://…", help="Judge on a Dask cluster (pip install 'symderiv[cluster]')."
)
def grade(
    paths: tuple[str, ...],
    out: Path,
    folders: tuple[str, ...],
    jobs: int,
    timeout: float,
    memory: int,
    listed: Path | None,
    resume: bool,
    forms: tuple[str, ...],
    decide: Path | None,
    against: Path | None,
    moodle: Path | None,
    canvas: tuple[str, str] | None,
    scheduler: str | None,
) -> int:
    """Grade submissions: folders of answer files, exports of learning platforms, ZIP files, JSON Lines, or -.

    Each distinct answer is judged once. Results are kept in DIR/results.sqlite as they come; a run that
    was stopped goes on with --resume and ends in the same reports.
    """
    from symderiv.batch import Store, submissions
    from symderiv.batch import grade as graded
    from symderiv.batch.against import read_old
    from symderiv.batch.counting import count
    from symderiv.batch.decisions import keep_decisions
    from symderiv.batch.passed_over import passed_over
    from symderiv.batch.submissions import check_paths
    from symderiv.exercise.bank import exercise_folders
    from symderiv.reports.classroom.files import write_reports

    check_paths(paths)
    exercise_folders(folders)  # refuses one that isn't there, before each submission would
    old = None if against is None else read_old(against)  # it may lie in the folder that is written to
    prepare(out, resume)
    decisions = keep_decisions(out / "decisions.json", decide)
    file = out / "results.sqlite"
    strange: list[str] = []
    with stoppable(lambda: f"what was judged is kept in {file}: go on with --resume"):
        with (
            Store(file) as store,
            progress_bar(count(paths)) as progress,
            cluster(scheduler, jobs) as (executor, workers),
        ):
            found = graded(
                of_students(listed, submissions(paths, sys.stdin.buffer), strange.append),
                folders,
                jobs=workers,
                timeout=timeout,
                memory=memory,
                store=store,
                executor=executor,
                decisions=decisions,
                progress=progress.judged,
            )
            results = collected(found, progress)
        written = write_reports(results, forms, out)
        written += _gradebooks(results, out, moodle, canvas)
    if old is not None:
        _tell_changes(results, old)
    _tell(results, written)
    _tell_of_strange_seeds(strange)
    _tell_of_others(list(passed_over(paths, out)))
    return _code(results)


def _gradebooks(
    results: ClassResults, out: Path, worksheet: Path | None, canvas: tuple[str, str] | None
) -> list[Path]:
    from symderiv.reports.classroom.files import write_whole
    from symderiv.reports.classroom.gradebooks import canvas_gradebook, moodle

    filled: dict[Path, str] = {}
    if worksheet is not None:
        text = moodle(_raw(worksheet), results, str(worksheet), _aside)
        filled[out / f"moodle-{worksheet.name}"] = text
    if canvas is not None:
        path, column = Path(canvas[0]), canvas[1]
        filled[out / f"canvas-{path.name}"] = canvas_gradebook(_raw(path), results, column, str(path), _aside)
    for path, text in filled.items():
        write_whole(path, (text,), newline="")
    return list(filled)


def _aside(said: str) -> None:
    click.echo(said, err=True)


def _raw(path: Path) -> str:
    from symderiv.errors import FileFault, Place

    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(f"can't be read: {error}", Place(str(path))) from None


def _tell_changes(results: ClassResults, old: list[dict[str, Any]]) -> None:
    from symderiv.batch.against import changes

    found = list(changes(old, results.reports))
    for change in found:
        click.echo(str(change))
    click.echo(f"{len(found)} parts are judged otherwise than before", err=True)


def _tell_of_strange_seeds(students: list[str]) -> None:
    if students:
        click.echo(
            f"judged on their own numbers, where the file names another seed: {some(students)}", err=True
        )


def _tell_of_others(files: list[str]) -> None:
    if files:
        apart = any(file.lower().endswith((".jsonl", ".ndjson", ".zip")) for file in files)
        cure = "; JSON Lines and ZIP files are read where they are named themselves" if apart else ""
        click.echo(f"no answer files, passed over: {some(files)}{cure}", err=True)


def _tell(results: ClassResults, written: list[Path]) -> None:
    click.echo(f"{len(results)} submissions graded, {results.unusable_count} could not be used", err=True)
    faults = list(islice(results.told_faults, MOST_FAULTS + 1))
    for told in faults[:MOST_FAULTS]:
        click.echo(f"  {told.students}: {_in_brief(told.fault)}", err=True)
    if len(faults) > MOST_FAULTS:
        click.echo("  … and more, in the reports", err=True)
    again = results.handed_in_again()
    if again:
        click.echo(f"handed in more than once (gradebooks count the best): {some(again)}", err=True)
    shown = written if len(written) <= 12 else [*written[:12], Path(f"… {len(written) - 12} more")]
    click.echo("written: " + ", ".join(str(path) for path in shown), err=True)


def _in_brief(fault: str) -> str:
    first, *others = fault.splitlines()
    return f"{first} (and {len(others)} more)" if others else first


def _code(results: ClassResults) -> int:
    codes = [exit_codes.OF_VERDICT[verdict] for verdict in results.verdicts]
    return exit_codes.gravest([*codes, *([exit_codes.UNUSABLE] if results.unusable_count else [])])
