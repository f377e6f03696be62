"""Labelled answers in LaTeX, Markdown and notebooks: read alike, and placed where they stand in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symderiv.errors import FileFaults
from symderiv.exercise import Exercise, load_answers, parse_answers, parse_exercise
from symderiv.exercise.loading import READERS
from symderiv.grading import PartReport, check

EXERCISE = """
id: small
let: {x: real, n: size, y: vector(2)}
parts:
  - {id: i, answer: 2*x}
  - {id: ii, answer: x/2}
  - {id: s, kind: steps, steps: {from: (x + 1)**2, to: x**2 + 2*x + 1}}
  - {id: p, kind: program, inputs: [x], calls: {g: 1, h: 1}, returns: 'h(g(x))'}
"""

TEX = r"""\documentclass{article}
% exercise: small
% student: Ada
% seed: 7
\newcommand{\half}[1]{\frac{#1}{\two}}  % used below
\newcommand{\two}{2}
\newenvironment{answer}[1]{\par}{\par}
\begin{document}
50\% of the questions:
\begin{answer}{i}
  $x + x$ % not $3x$
\end{answer}
%\begin{answer}{ii} old \end{answer}
\begin{answer}{ii}
  \[ \half{x} \]
\end{answer}
\begin{answer}{s}
\begin{align*}
(x+1)^2 &= (x+1)(x+1) \\ % as x^2
        &= x^2 + 2x + 1
\end{align*}
\end{answer}
\begin{answer}{p}
\begin{verbatim}
a = g(x)  # 50% done
return h(a)
\end{verbatim}
\end{answer}
\end{document}
"""

MARKDOWN = r"""---
exercise: small
student: "Ada"
seed: 7
---

# A sheet

exercise: is no head here

## Answer i

<!-- not $3x$ -->
`x + x`

## Answer (ii)

$\frac{x}{2}$

### Answer s

```latex
(x+1)^2 &= (x+1)(x+1) \\
        &= x^2 + 2x + 1
```

## Answer p

```python
# a comment
a = g(x)
return h(a)
```

## Notes

## What stands here is no answer
"""


def notebook() -> str:
    cells = [
        ("raw", "---\nexercise: small\nstudent: Ada\nseed: 7\n---"),
        ("markdown", "# A sheet\n\nWith 'quotes', \"quotes\" and \U0001d54f."),
        ("markdown", "## Answer i\n\n$x + x$"),
        ("code", "x = 3\nplot(x)"),
        ("code", ""),
        ("markdown", "## Answer ii\n\n$$\\frac{x}{2}$$"),
        ("markdown", "## Answer s"),
        ("markdown", "$(x+1)^2 = (x+1)(x+1)$\n\n$= x^2 + 2x + 1$"),
        ("markdown", "## Answer p"),
        ("code", "a = g(x)\nreturn h(a)"),
    ]
    written: list[dict[str, Any]] = [
        {"cell_type": kind, "metadata": {"tags": ["cells"]}, "source": text.splitlines(keepends=True)}
        for kind, text in cells
    ]
    for cell in written:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "text": ["## Answer i\n", "9"]}]
    return json.dumps({"metadata": {"a": [1.5, None]}, "cells": written, "nbformat": 4}, indent=1)


FILES = {"a.tex": TEX, "a.md": MARKDOWN, "a.ipynb": notebook()}


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return parse_exercise(EXERCISE)


def test_cells_written_on_windows_read_alike(exercise: Exercise, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook().replace("\\n", "\\r\\n"), "utf-8")
    mine, theirs = (load_answers(each).answers["ii"] for each in (path, _written(tmp_path)))
    assert mine is not None and theirs is not None and mine.text == theirs.text


def _written(folder: Path) -> Path:
    path = folder / "plain.ipynb"
    path.write_text(notebook(), "utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_format_says_the_same(name: str, exercise: Exercise, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], "utf-8")
    answers = load_answers(path)
    assert (answers.exercise, answers.student, answers.seed, answers.path) == ("small", "Ada", 7, path)
    report = check(exercise, answers)
    assert [(part.id, part.verdict) for part in report.parts if part.verdict != "equal"] == []


def part_of(exercise: Exercise, text: str, name: str, part: str = "i") -> PartReport:
    return check(exercise, parse_answers(text, name)).part(part)


def pointed_at(part: PartReport, text: str) -> str:
    """What the error's place points at in the file."""
    assert part.verdict == "invalid" and part.error is not None and part.error.place is not None
    place = part.error.place
    line = text.split("\n")[place.line - 1]
    assert place.text == line and place.caret().split("\n")[1].strip("^ ") == ""
    return line[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("wrong", [r"\frac{1}{2} + \foo", "x + q", r"\frac{x}{q}"])
def test_errors_point_into_the_file(name: str, wrong: str, exercise: Exercise) -> None:
    shown = json.dumps(wrong)[1:-1] if name == "a.ipynb" else wrong
    text = FILES[name].replace("x + x", shown)
    if name == "a.md":
        text = text.replace(f"`{wrong}`", f"${wrong}$")
    expected = json.dumps(r"\foo")[1:-1] if name == "a.ipynb" else r"\foo"
    part = part_of(exercise, text, name)
    assert part.error is not None and part.error.place is not None and part.error.place.source == name
    assert pointed_at(part, text) == (expected if "foo" in wrong else "q")


def test_a_comment_is_no_part_of_an_answer_and_shows_in_its_caret(exercise: Exercise) -> None:
    text = TEX.replace("$x + x$ % not $3x$", "$x % one\n  + q$ % two")
    part = part_of(exercise, text, "a.tex")
    assert pointed_at(part, text) == "q"


@pytest.mark.parametrize("name", FILES)
def test_an_empty_answer_is_missing(name: str, exercise: Exercise) -> None:
    text = (
        FILES[name].replace("$x + x$ % not $3x$", "% nothing").replace("`x + x`", "").replace("$x + x$", "")
    )
    if name == "a.ipynb":
        text = text.replace("x = 3\\n", "").replace('"plot(x)"', '""')
    assert part_of(exercise, text, name).verdict == "missing"


def test_environments_label_answers_in_markdown_too(exercise: Exercise) -> None:
    text = "---\nexercise: small\n---\n\\begin{answer}{i}\n$2x$\n\\end{answer}\n"
    assert part_of(exercise, text, "a.md").verdict == "equal"
    below = text.replace("\\begin", "## Answer i\n\n\\begin")
    assert part_of(exercise, below, "a.markdown").verdict == "equal"


FAULTY = [
    ("a.tex", "\\begin{answer}{i} 1 \\end{answer}", (1, 1), "'exercise' is missing"),
    ("a.tex", "% exercise: e\n", (1, 1), "no answer in this file"),
    ("a.tex", "% exercise: e\n\n \\begin{answer}{i} 1", (3, 2), "this answer has no end"),
    ("a.tex", "% exercise: e\n\\begin{answer} 1 \\end{answer}", (2, 1), "an answer without its label"),
    ("a.tex", "% exercise: e\n1 \\end{answer}", (2, 3), "the end of no answer"),
    (
        "a.tex",
        "% exercise: e\n\\begin{answer}{i}\\begin{answer}{ii}\\end{answer}",
        (2, 18),
        "an answer inside of an answer",
    ),
    (
        "a.tex",
        "% exercise: e\n\\begin{answer}{i}1\\end{answer}\n\\begin{answer}{i}2\\end{answer}",
        (3, 1),
        "the part 'i' is answered here twice",
    ),
    ("a.tex", "% exercise: e\n% seed: x\n\\begin{answer}{i}1\\end{answer}", (1, 1), "seed: 'x'"),
    ("a.tex", "% exercise: e\n\\begin{answer}{i}\x00\\end{answer}", (2, 18), "a control character"),
    ("a.tex", "% exercise: e\n\\newcommand{\\a}{1\n", (2, 16), "this definition has no end"),
    ("a.md", "## Answer i\n\n1", (1, 1), "'exercise' is missing"),
    ("a.md", "---\nexercise: e\n---\n## Answer i\n1\n## Answer i\n2", (6, 1), "the part 'i' is answered"),
    ("a.ipynb", "{\n 1}", (2, 2), "no notebook"),
    ("a.ipynb", "[" * 100_000, (1, 1), "no notebook"),
    ("a.ipynb", "[1]", (1, 1), "no notebook"),
    ("a.ipynb", '{"cells": [1]}', (1, 1), "no notebook"),
    ("a.ipynb", '{"nbformat": 3, "worksheets": [{"cells": []}]}', (1, 1), "old format 3"),
    ("a.ipynb", '{"cells": []}', (1, 1), "'exercise' is missing"),
    ("a.ipynb", '{"cells": [{"source": "a\\u0000b"}]}', (1, 25), "a control character"),
    ("a.ipynb", '{"cells": [{"source": "a\\ud800b"}]}', (1, 25), "a control character"),
    ("a.ipynb", '{"n": ' + "1" * 5000 + "}", (1, 1), "no notebook"),
]


@pytest.mark.parametrize(("name", "text", "place", "message"), FAULTY, ids=range(len(FAULTY)))
def test_faults_have_their_places(name: str, text: str, place: tuple[int, int], message: str) -> None:
    with pytest.raises(FileFaults) as caught:
        parse_answers(text, name)
    first = caught.value.faults[0]
    assert message in first.message
    assert first.place is not None and (first.place.line, first.place.column) == place


def test_the_table_names_every_format() -> None:
    assert set(READERS) == {".yaml", ".yml", ".tex", ".md", ".markdown", ".ipynb"}


def test_many_answers_take_no_more_than_their_length() -> None:
    text = "% exercise: e\n" + "\\begin{answer}{i" * 30_000
    with pytest.raises(FileFaults):
        parse_answers(text, "a.tex")


BARE = {
    "4711.md": "# My answers\n\nexercise: small\nstudent: Ada\n\n## Answer i\n\n$2x$\n\nexercise: other\n",
    "4711.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": ["exercise: small\n", "student: Ada"]},
                {"cell_type": "markdown", "source": "## Answer i\n\n$2x$"},
            ]
        }
    ),
}


@pytest.mark.parametrize("name", BARE)
def test_a_head_needs_no_lines_around_it(name: str) -> None:
    found = parse_answers(BARE[name], name)
    assert (found.exercise, found.student) == ("small", "Ada")
    assert found.answers["i"] is not None and found.answers["i"].text.startswith("$2x$")
