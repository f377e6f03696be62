"""A class to grade, the same for the same seed: right, wrong, unreadable and hostile answers mixed.

Run: python benchmarks/classroom.py [students] [exercises for each] > class.jsonl
     symderiv grade class.jsonl --out results --timeout 3
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from symderiv.exercise import Exercise, Formula, load_exercise
from symderiv.exercise.bank import exercise_paths

HOSTILE = (
    "__import__('os').system('touch /tmp/owned')",
    "9^9^9^9^9",
    "(" * 3000 + "x" + ")" * 3000,
    "sum(i^i, (i, 1, 10^9))",
    "\\input{/etc/passwd}",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "eye(100000)",
    "\u202e1+1\u0000",
    "[" * 500,
    "{{7*7}}",
    "factorial(10^12)",
)
UNREADABLE = ("{} +", "({}", "{} ?? {}", "my answer is {}", "\\frac{{{}}}", "{}]]", "")


def students(count: int, each: int = 0, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Submissions as `symderiv grade` reads them from JSON Lines, ``each`` exercises a student."""
    chance = random.Random(seed)
    exercises = [load_exercise(path) for path in exercise_paths()]
    for number in range(count):
        for exercise in chance.sample(exercises, each or len(exercises)):
            yield submission(exercise, f"s{number:04}", chance)


def submission(exercise: Exercise, student: str, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.01:
        return {"student": student, "exercise": f"{exercise.id}-of-old", "answers": {"a": "1"}}
    answers = {question.id: answer(question.part, student, chance) for question in exercise}
    return {"student": student, "exercise": exercise.id, "answers": answers}


def answer(part: Any, student: str, chance: random.Random) -> Any:
    """Half of the answers right, a third wrong, the rest unreadable, hostile, or none."""
    right = [written(each) for each in part.accept] or ["1"]
    wrong = [written(each.answer) for each in part.reject] or ["0"]
    lot = chance.random()
    if lot < 0.5:
        return chance.choice(right)
    if lot < 0.82:
        return chance.choice(wrong)
    if lot < 0.94:
        return chance.choice(UNREADABLE).format(*[_text(chance.choice(right))] * 2) or student
    return chance.choice(HOSTILE) if lot < 0.97 else None


def _text(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found)


def written(formula: Formula) -> Any:
    """A formula as plain data."""
    if formula.entries:
        return {name: written(part) for name, part in formula.entries}
    if formula.items:
        return [written(part) for part in formula.items]
    return {formula.syntax: formula.text} if formula.syntax != "auto" else formula.text


def main(arguments: Sequence[str]) -> None:
    count = int(arguments[0]) if arguments else 2000
    each = int(arguments[1]) if len(arguments) > 1 else 0
    for line in students(count, each):
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
