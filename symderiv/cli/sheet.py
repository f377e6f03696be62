"""``symderiv sheet``: question and solution sheets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symderiv.cli import exit_codes
from symderiv.cli.examples import examples
from symderiv.cli.finding import find
from symderiv.cli.options import exercises_option
from symderiv.cli.sheets_for_all import write_all, write_feedback

if TYPE_CHECKING:
    from symderiv.exercise import Exercise
    from symderiv.grading import Report
    from symderiv.reports.sheets.content import Sheet
    from symderiv.reports.sheets.settings import Settings

_EXAMPLES = examples(
    "symderiv sheet conv2d-kernel-gradient > sheet.tex",
    "symderiv sheet conv2d-kernel-gradient --solutions --format pdf -o solutions.pdf",
    "symderiv sheet --solutions --format html -o bank.html",
    "symderiv sheet conv2d-kernel-gradient --marking --format pdf -o marking.pdf",
    "symderiv sheet conv2d-kernel-gradient --students class.csv --format pdf -o sheets",
    "symderiv sheet --feedback answers/4711.yaml --format html -o 4711.html",
    "symderiv sheet --feedback answers/*.yaml --format html -o feedback/",
    "symderiv sheet conv2d-kernel-gradient --answers yaml -o 4711.yaml",
)

TIMEOUT = 120.0
_SHEETS, _ANSWERS = ("tex", "pdf", "html", "md"), ("yaml", "md", "ipynb", "tex")
_ENDINGS = {f".{form}": form for form in (*_SHEETS, *_ANSWERS)} | {
    ".htm": "html",
    ".markdown": "md",
    ".yml": "yaml",
}


@click.command(epilog=_EXAMPLES, short_help="Typeset question and solution sheets.")
@click.argument("names", nargs=-1, metavar="EXERCISE...")
@click.option("--solutions", is_flag=True, help="With every answer derived, step by step.")
@click.option("--marking", is_flag=True, help="For markers: solutions, common mistakes, what they cost.")
@click.option(
    "--feedback",
    "answered",
    multiple=True,
    metavar="ANSWER.yaml",
    help="Checked answers, told to the student (more files may follow; of several students: -o FOLDER/).",
)
@click.option(
    "--answers",
    type=click.Choice(_ANSWERS),
    help="The file that students fill in, instead of a sheet.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_SHEETS),
    help="What to write (default: what the ending of -o says, else tex).",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write (default: standard output).")
@click.option("--seed", type=int, help="A student's own variant of the numbers.")
@click.option(
    "--students",
    "listed",
    metavar="FILE",
    help="A list, a student a line: a variant for each, written into the folder named with -o.",
)
@exercises_option
@click.option("--config", metavar="FILE", help="A sheet.yaml with title, course, date, words, class_options.")
@click.option("--title", help="Title of the sheet.")
@click.option("--course", help="Name of the course.")
@click.option("--date", help="Date as it should stand there.")
@click.option("--student", help="Whose sheet it is.")
@click.option("--words", help="Language of the fixed words: en, de, or a file of words.")
def sheet(
    names: tuple[str, ...],
    solutions: bool,
    marking: bool,
    answered: tuple[str, ...],
    answers: str | None,
    form: str | None,
    output: str | None,
    seed: int | None,
    listed: str | None,
    folders: tuple[str, ...],
    config: str | None,
    **settings: Any,
) -> int:
    """Typeset EXERCISEs (files, folders, or ids; default: all that are known) as a sheet.

    Where pdflatex is missing, --format pdf writes the .tex file and says what to install. A part whose key
    means nothing has no solution: it is named, and the command ends in 2.
    """
    from symderiv.reports.sheets.settings import Settings, load_settings

    form = _form(form, answers, output)
    chosen = (load_settings(Path(config)) if config else Settings()).but(**settings)
    if answered:
        checked = _checked((*answered, *names), folders)
        return write_feedback(checked, form, output, lambda mine, path: _feedback(mine, chosen, form, path))

    def write(settings: Settings, seed: int | None, path: str | None) -> int:
        exercises = find(names, folders, seed)
        if not exercises:
            raise click.UsageError("no exercise was found")
        if answers is not None:
            return _write_answers(exercises, answers, seed, settings, path)
        varied = settings.but(variant=str(seed) if seed is not None else None)
        code = _render(_sheet(exercises, varied, solutions, marking), form, path)
        return _without_solution(exercises) or code if solutions or marking else code

    if listed is None:
        return write(chosen, seed, output)
    return write_all(
        listed,
        answers or form,
        output,
        lambda student, path: write(chosen.but(student=student.name), student.seed, path),
    )


def _form(form: str | None, answers: str | None, output: str | None) -> str:
    """What to write: what was asked for, else what the name of the file says; raises where the two differ."""
    ending = Path(output or "").suffix.lower()
    asked, said = answers or form, _ENDINGS.get(ending, "")
    is_known = said in (_ANSWERS if answers else _SHEETS)
    if (said and (asked or said) != said) or (said and not is_known):
        option = f"--answers {answers}" if answers else f"--format {form}" if form else "a sheet"
        raise click.UsageError(f"{output} ends in {ending}, which {option} is not: change one of the two")
    return form or (said if not answers else "") or "tex"


def _without_solution(exercises: list[Exercise]) -> int:
    """Says which parts have a key that means nothing: what stands on the sheet there is no solution."""
    from symderiv.grading.authoring.lint import key_without_meaning

    found = [
        (exercise, fault) for exercise in exercises for q in exercise for fault in key_without_meaning(q)
    ]
    for exercise, fault in found:
        click.echo(f"{exercise.id}: {fault}", err=True)
    return exit_codes.UNUSABLE if found else exit_codes.CORRECT


def _write_answers(
    exercises: list[Exercise], answers: str, seed: int | None, settings: Settings, path: str | None
) -> int:
    from symderiv.reports.sheets.answers import answer_template

    return _write(answer_template(exercises, answers, seed, settings).encode(), path)


def _sheet(exercises: list[Exercise], settings: Settings, solutions: bool, marking: bool) -> Sheet:
    from symderiv.reports.sheets.build import build_marking_sheet, build_sheet

    if marking:
        return build_marking_sheet(exercises, settings)
    return build_sheet(exercises, settings, solutions=solutions)


def _checked(files: tuple[str, ...], folders: tuple[str, ...]) -> list[tuple[Exercise, Report]]:
    """Answer files with their exercises; each is checked in a process of its own, as by ``check``."""
    from symderiv.bulk.checking import check_file, checker
    from symderiv.exercise import find_exercise, load_answers

    for path in files:
        if path != "-" and not Path(path).suffix and not Path(path).exists():
            raise click.UsageError(f"'{path}' is no file; with --feedback all that is named is answer files")
    with checker() as worker:
        reports = [check_file(worker, path, None, folders, TIMEOUT) for path in files]
    asked = map(load_answers, map(Path, files))
    exercises = [find_exercise(each.exercise, folders, seed=each.seed) for each in asked]
    return list(zip(exercises, reports, strict=True))


def _feedback(checked: list[tuple[Exercise, Report]], settings: Settings, form: str, path: str | None) -> int:
    from symderiv.reports.sheets.build import build_feedback_sheet

    return _render(build_feedback_sheet(checked, settings), form, path)


def _render(content: Sheet, form: str, output: str | None) -> int:
    from symderiv.reports.sheets.pdf import PdfUnavailable, compile_pdf
    from symderiv.reports.sheets.render import render

    if form != "pdf":
        return _write(render(content, form).encode(), output)
    tex = render(content, "tex")
    if output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text: name a file with -o")
    try:
        return _write(compile_pdf(tex).pdf, output)
    except PdfUnavailable as error:
        beside = Path(output or "sheet.pdf").with_suffix(".tex")
        beside.write_text(tex, encoding="utf-8")
        click.echo(f"{error.in_one_line()}; wrote {beside} instead", err=True)
        return exit_codes.UNUSABLE


def _write(content: bytes, output: str | None) -> int:
    if output is None or output == "-":
        sys.stdout.buffer.write(content)
    else:
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise click.FileError(output, error.strerror or str(error)) from None
    return exit_codes.CORRECT
