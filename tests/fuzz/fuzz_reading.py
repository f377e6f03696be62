"""A coverage-guided fuzzer of the readers, run by hand (docs/design/fuzzing.md says how, and what it found).

    python tests/fuzz/fuzz_reading.py text|latex|answers FOLDER [options of libFuzzer]

Whatever bytes come, a reader ends in a tree or in a `SymderivError` with a place, within two seconds. What
breaks that is kept in FOLDER/found, one file for each exception and line of code, and the run goes on.
"""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris
import yaml

with atheris.instrument_imports(include=["symderiv"]):
    from symderiv.errors import FileFaults, SymderivError
    from symderiv.exercise import exercise_paths, load_exercise, parse_answers
    from symderiv.language import Scope, read_declaration, read_text
    from symderiv.language.latex.reading import read_latex, read_latex_chain

SECONDS = 2.0
CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = "x: vector(n)", "A: matrix(n, m)", "H: matrix(2, 2)", "sigma: function", "w2: real", "i: index"
OPEN = Scope(strict=False)
DECLARED = Scope(notation={"w2": "w^2", "g": r"\nabla_{h} L"}).declare(map(read_declaration, NAMES))


def text(data: str) -> None:
    refused_or_read(lambda: read_text(data, OPEN))
    refused_or_read(lambda: read_text(data, DECLARED))


def latex(data: str) -> None:
    refused_or_read(lambda: read_latex(data, OPEN))
    refused_or_read(lambda: read_latex(data, DECLARED))
    refused_or_read(lambda: read_latex_chain(data, OPEN))


def answers(data: str) -> None:
    """An answer file in each of its formats: the first letter says which."""
    name = "answer" + {"t": ".tex", "m": ".md", "n": ".ipynb"}.get(data[:1], ".yaml")
    refused_or_read(lambda: parse_answers(data[1:], name))


def refused_or_read(reading: Callable[[], object]) -> None:
    begun = time.process_time()
    try:
        reading()
    except FileFaults as error:
        error.in_full()
        assert error.faults and all(fault.place is not None for fault in error.faults), "no place"
    except SymderivError as error:
        error.in_full()
        assert error.place is not None, "no place"
    if time.process_time() - begun > SECONDS:
        raise TimeoutError("slow")


def seeds(target: str) -> list[str]:
    """What the fuzzer starts from: the corpora of the tests, and the answers of the bank."""
    if target == "latex":
        groups = yaml.safe_load((CORPUS / "latex.yaml").read_text("utf-8"))
        return [str(row[0]) for group in groups for row in group.get("rows", [])]
    if target == "text":
        hostile = yaml.safe_load((CORPUS / "hostile.yaml").read_text("utf-8"))
        parts = [q.part for path in exercise_paths() for q in load_exercise(path).questions]
        own = [getattr(getattr(part, "answer", None), "text", "") for part in parts]
        own += [formula.text for part in parts for formula in part.accept]
        return [case["text"] for case in hostile if "text" in case] + [each for each in own if each]
    head = "exercise: conv1d\nstudent: '1'\nanswers:\n"
    values = "[[1, 2], [x[0], 1]]", "'x + 1'", "{latex: '\\frac{1}{2}'}", "|\n    a = 1\n    b = 2", "{a: 1}"
    marked = "exercise: conv1d\n% student: 1\n\\begin{answer}{i}\n$\\frac{1}{2}$ % half\n\\end{answer}\n"
    cell = '{"cells": [{"cell_type": "markdown", "source": ["## Answer i\\n", "$x^2$"]}]}'
    return [f"y{head}  i: {v}\n" for v in values] + [
        "t% " + marked,
        "m---\nexercise: conv1d\n---\n## Answer i\n\n$x^2$\n",
        "n" + cell,
    ]


def main() -> None:
    target, folder, *options = sys.argv[1:]
    known = {"text": text, "latex": latex, "answers": answers}
    corpus, found = Path(folder) / "corpus", Path(folder) / "found"
    for each in (corpus, found):
        each.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed{number}").write_bytes(seed.encode("utf-8", "surrogatepass"))

    def one(data: bytes) -> None:
        try:
            known[target](data.decode("utf-8", "surrogateescape"))
        except Exception as error:
            keep(found, data, error)

    atheris.Setup([sys.argv[0], str(corpus), *options], one)
    atheris.Fuzz()


def keep(found: Path, data: bytes, error: Exception) -> None:
    """The shortest input for each exception at each line of code."""
    trace = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} {trace.filename}:{trace.lineno}"
    path = found / hashlib.sha1(where.encode()).hexdigest()[:12]
    if not path.exists() or len(path.read_bytes()) > len(data):
        path.write_bytes(data)
        path.with_suffix(".why").write_text("".join(traceback.format_exception(error)))
        print(f"FOUND {path.name}: {where} {str(error)[:100]}", file=sys.stderr)


if __name__ == "__main__":
    main()
