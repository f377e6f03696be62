"""Hostile input is answered within 200 MB: in the process of the command and in the one that it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTES = 200

# Linux counts a parent's memory as that of a process that it starts: so a small process starts the command.
MEASURED = """
import os, sys
pid = os.posix_spawn(sys.executable, [sys.executable, "-m", "symderiv", *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, file=sys.stderr)
"""

EXPRESSIONS = {
    "a tower": "9**9**9**9",
    "a factorial": "factorial(factorial(50))",
    "zeros": "zeros(100000, 100000)*zeros(100000, 100000)",
    "an identity": "trace(eye(1000000))",
    "a list": "[x^i for i in range(10^9)]",
    "a sum": "sum(i^i for i in range(10^7))",
    "powers": "((((x+y+z+1)^40)^40)^40)^40",
    "a matrix power": "[[1,2],[3,4]]^(10^9)",
    "digits": "1" * 1_000_000,
    "brackets": "[" * 1_000_000,
    "names": "+".join(f"x{k}" for k in range(150_000)),
}

TEX = "% exercise: tiny\n"
FILES = {
    "doubling.tex": TEX
    + "".join(f"\\newcommand{{\\{chr(98 + k)}}}{{\\{chr(97 + k)}\\{chr(97 + k)}}}\n" for k in range(25))
    + "\\newcommand{\\a}{xx}\\begin{answer}{a}$\\z$\\end{answer}\n",
    "definitions.tex": TEX + "\\newcommand{\\a}{" * 60_000,
    "answers.tex": TEX + "\\begin{answer}{a}x\\end{answer}\n" * 30_000,
    "headings.md": "---\nexercise: tiny\n---\n" + "## Answer a\n" * 80_000,
    "fences.md": "---\nexercise: tiny\n---\n## Answer a\n" + "```\n" * 200_000,
    "comments.md": "---\nexercise: tiny\n---\n## Answer a\n" + "<!--" * 200_000,
    "deep.ipynb": "[" * 900_000,
    "wide.ipynb": '{"cells": [' + ",".join(["[]"] * 300_000) + "]}",
    "cells.ipynb": json.dumps({"cells": [{"source": "## Answer a\n"}] * 25_000}),
    "text.ipynb": json.dumps(
        {"cells": [{"source": "---\nexercise: tiny\n---\n## Answer a\n" + "x" * 900_000}]}
    ),
    "lists.yaml": "exercise: tiny\nanswers:\n  a: " + "[1, " * 200_000 + "\n",
    "many.yaml": "exercise: tiny\nanswers: {" + ", ".join(f"a{k}: 1" for k in range(80_000)) + "}\n",
}


def megabytes(folder: Path, *arguments: str, stdin: str = "") -> tuple[int, int, str]:
    """The exit code, the most memory that any process took, and what was said on standard error."""
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=folder, input=stdin, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    *said, measured = ended.stderr.strip().split("\n")
    code, peak = map(int, measured.split())
    return code, peak, "\n".join(said)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expressions(name: str, tmp_path: Path) -> None:
    code, peak, _ = megabytes(tmp_path, "compare", "-", "1", "--timeout", "3", stdin=EXPRESSIONS[name])
    assert peak < MEGABYTES and code in (1, 2, 3)


@pytest.mark.parametrize("name", FILES)
def test_answer_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "tiny.yaml").write_text("id: tiny\nparts: [{id: a, answer: 1 + 1}]\n")
    (tmp_path / name).write_text(FILES[name])
    code, peak, said = megabytes(tmp_path, "check", name, "--timeout", "5")
    assert peak < MEGABYTES and code in (1, 2), said[-300:]
