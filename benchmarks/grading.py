"""Answers a second: distinct ones on one worker and two, repeated ones, and a loop of SymPy beside them.

Run: python benchmarks/grading.py [how many] [how many more to see what memory they take]

Rates are by the clock on the wall. On a shared machine the ratio of two workers to one is rather that of
processor time: what an answer costs on one worker over what it costs on two, times two.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
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


def command(count: int, folder: Path) -> tuple[float, int]:
    """Seconds and megabytes (of the largest process) that ``symderiv grade`` takes, reports written."""
    chance = random.Random(7)
    lines = (
        {
            "student": str(number),
            "exercise": "sigmoid-derivative",
            "answers": {"a": chance.choice(FORMS).format(c=2)},
        }
        for number in range(count)
    )
    (folder / "class.jsonl").write_text("\n".join(map(json.dumps, lines)))
    arguments = [str(folder / "class.jsonl"), "--exercises", str(folder), "--out", str(folder / "out")]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "symderiv", "grade", *arguments], stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 1, "some answers are wrong, and nothing else is"
    return time.perf_counter() - start, used.ru_maxrss // 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sigmoid-derivative.yaml").write_text(EXERCISE)
        cold, _ = command(7, folder)
        rate(students(20, True), folder, 1)
        rates = {jobs: [rate(students(count, True), folder, jobs) for _ in range(3)] for jobs in (1, 2)}
        costs = {jobs: processor_ms(students(count, True), folder, jobs) for jobs in (1, 2)}
        repeated = rate(students(count, False), folder, 1)
        sizes = {size: command(size, folder) for size in (many // 10, many) if size}
    plain = sympy_rate(60)
    one, two = (max(rates[jobs]) for jobs in (1, 2))
    print(f"{count} answers, answers a second (the best of three)")
    print(f"  distinct, one worker   {one:8.0f}")
    print(f"  distinct, two workers  {two:8.0f}   ({two / one:.2f} x one worker)")
    print(f"  repeated               {repeated:8.0f}")
    for jobs, (workers, main_process) in costs.items():
        print(
            f"  processor time of a distinct answer on {jobs}: workers {workers:.2f} ms, "
            f"main {main_process:.2f} ms"
        )
    print(f"  one to two workers by processor time   {2 * costs[1][0] / costs[2][0]:.2f} x")
    print(f"  load of the machine at the end: {os.getloadavg()[0]:.1f}")
    print(f"  sympy.simplify loop    {plain:8.0f}   (ours on one worker: {one / plain:.0f} x)")
    print(f"  cold: the command with seven answers, reports written   {cold:.2f} s")
    for size, (seconds, megabytes) in sizes.items():
        print(f"  the command with {size} submissions   {seconds:.0f} s, {megabytes} MB")


if __name__ == "__main__":
    main()
