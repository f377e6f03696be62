"""Answers a second: distinct ones on one worker and two, repeated ones, and a loop of SymPy beside them.

Run: python benchmarks/grading.py [how many]
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from symderiv.batch import Submission, grade
from symderiv.exercise import AnswerFile, Formula

EXERCISE = """
id: sigmoid-derivative
let: {x: real}
parts:
  - {id: a, ask: The derivative of the sigmoid., answer: 'diff(sigmoid(x), x)'}
"""
FORMS = (
    "sigmoid(x)*(1 - sigmoid(x)) + {c} - {c}",
    "exp(-x)/(1 + exp(-x))^2*{c}/{c}",
    "1/(2 + 2*cosh(x)) + ({c}*x - x*{c})",
    "sigmoid(x)*(1 - sigmoid(x)) + 1/{c}",
    "sigmoid(x)^2 - sigmoid(x) + {c} - {c}",
    "\\frac{{e^{{-x}}}}{{(1+e^{{-x}})^2}} + {c} - {c}",
    "{c}*(1 - sigmoid(x))",
)


def students(count: int, distinct: bool) -> list[Submission]:
    """Right and wrong answers, each written in its own way, or a few that all students share."""
    chance = random.Random(7)
    found = []
    for number in range(count):
        constant = number + 2 if distinct else 2
        text = FORMS[number % len(FORMS) if distinct else chance.randrange(3)].format(c=constant)
        answers = AnswerFile("sigmoid-derivative", {"a": Formula(text)}, str(number))
        found.append(Submission(str(number), f"student {number}", answers))
    return found


def rate(submitted: list[Submission], folder: Path, jobs: int) -> float:
    start = time.perf_counter()
    graded = list(grade(submitted, [folder], jobs=jobs))
    seconds = time.perf_counter() - start
    assert len(graded) == len(submitted)
    assert all(each.report is not None for each in graded)
    return len(graded) / seconds


def processor_ms(submitted: list[Submission], folder: Path, jobs: int) -> tuple[float, float]:
    """What an answer costs the workers and the main process: load on the machine leaves it alone."""
    before = [_seconds(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    rate(submitted, folder, jobs)
    after = [_seconds(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    workers, main = (1000 * (b - a) / len(submitted) for a, b in zip(before, after, strict=True))
    return workers, main


def _seconds(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def sympy_rate(count: int) -> float:
    import sympy

    x = sympy.Symbol("x", real=True)
    key = sympy.diff(1 / (1 + sympy.exp(-x)), x)
    s = 1 / (1 + sympy.exp(-x))
    start = time.perf_counter()
    for number in range(count):
        quotient = sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2
        answers = (s * (1 - s) + number, quotient, 1 / (2 + 2 * sympy.cosh(x)))
        _ = sympy.simplify(answers[number % 3] - key) == 0
    return count / (time.perf_counter() - start)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sigmoid-derivative.yaml").write_text(EXERCISE)
        rate(students(20, True), folder, 1)
        one, two = (rate(students(count, True), folder, jobs) for jobs in (1, 2))
        repeated = rate(students(count, False), folder, 1)
        workers, main_process = processor_ms(students(count, True), folder, 2)
    plain = sympy_rate(60)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} answers, answers a second")
    print(f"  distinct, one worker   {one:8.0f}")
    print(f"  distinct, two workers  {two:8.0f}   ({two / one:.2f} x one worker)")
    print(f"  repeated               {repeated:8.0f}")
    print(f"  processor time of a distinct answer, workers {workers:.2f} ms, main {main_process:.2f} ms")
    print(f"  load of the machine at the end: {os.getloadavg()[0]:.1f}")
    print(f"  sympy.simplify loop    {plain:8.0f}   (ours on one worker: {one / plain:.0f} x)")
    print(f"  memory of the main process at its largest: {memory} MB")


if __name__ == "__main__":
    main()
