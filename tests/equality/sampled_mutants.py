"""Small changes of any line of the procedures, drawn at random: do the tables of pairs notice?

``python -m tests.equality.sampled_mutants 100 SEED equality/existence index/sums``. Each mutant lives in a
forked process, which compares only the pairs that reach the changed function. Not run by pytest. Prints the
mutants that no pair notices, and counts. Which pair reaches which function is noted once, in
``build/reached.pickle``.
"""

from __future__ import annotations

import ast
import importlib
import os
import pickle
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import yaml

from symderiv.derivation import compare
from symderiv.equality.verdict import Equal
from tests.equality.corpus import VERDICTS, rows

ROOT = Path(__file__).resolve().parents[2]
REACHED = ROOT / "build" / "reached.pickle"
SECONDS = 20  # of processor time for one mutant
WORTH = 5.0  # seconds of pairs for one mutant, as they take when they are watched: the quickest
TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
}  # fmt: skip
WORDS = {"all": "any", "any": "all", "min": "max", "max": "min", "add": "subtract", "subtract": "add"}


@dataclass(frozen=True)
class Pair:
    """Two texts, what is given, and the verdict and scope that must come out (no scope: any)."""

    a: str
    b: str
    given: tuple[str, ...]
    kind: str
    scope: str | None = None
    options: tuple[tuple[str, Any], ...] = ()

    def holds(self) -> bool:
        verdict = compare(self.a, self.b, given=self.given, **dict(self.options)).verdict
        if self.kind == "not equal":
            return verdict.verdict != "equal"
        if self.kind == "not different":
            return verdict.verdict != "different"
        right_scope = self.scope is None or not isinstance(verdict, Equal) or verdict.scope == self.scope
        return verdict.verdict == self.kind and right_scope


def pairs() -> Iterator[Pair]:
    for row in rows():
        scope = row.scope if row.kind in VERDICTS else None
        yield Pair(row.a, row.b, row.given, VERDICTS.get(row.kind, row.kind), scope)
    for kind, table in _read("sums.yaml").items():
        for a, b, *given in table:
            yield Pair(a, b, tuple(given), kind)
    for path in sorted((ROOT / "tests/corpus/all_sizes").glob("*.yaml")):
        for row in _read(f"all_sizes/{path.name}"):
            options = tuple((name, row[name]) for name in ("entry", "index_from") if name in row)
            for kind in ("equal", "different"):
                for other in row.get(kind, ()):
                    yield Pair(row["left"], other, tuple(row.get("given", ())), kind, None, options)


def _read(name: str) -> Any:
    return yaml.safe_load((ROOT / "tests/corpus" / name).read_text(encoding="utf-8"))


Place = tuple[str, str]
"""File and qualified name of a function."""


def reached() -> dict[Place, list[tuple[float, Pair]]]:
    """The pairs that reach each function, the quickest first."""
    if REACHED.exists():
        found: dict[Place, list[tuple[float, Pair]]] = pickle.loads(REACHED.read_bytes())
        return found
    found = {}
    inside = str(ROOT / "symderiv")
    for pair in pairs():
        seen: set[Place] = set()

        def note(code: CodeType, seen: set[Place] = seen) -> None:
            if code.co_filename.startswith(inside):
                seen.add((code.co_filename, code.co_qualname))

        start = time.process_time()
        if not _watched(note, pair.holds):
            continue
        cost = time.process_time() - start
        for place in seen:
            found.setdefault(place, []).append((cost, pair))
    found = {place: list(_quickest(reaching)) for place, reaching in found.items()}
    REACHED.parent.mkdir(exist_ok=True)
    REACHED.write_bytes(pickle.dumps(found))
    return found


def _quickest(reaching: list[tuple[float, Pair]]) -> Iterator[tuple[float, Pair]]:
    left = WORTH
    for cost, pair in sorted(reaching, key=lambda each: each[0]):
        left -= cost
        if left < 0:
            return
        yield cost, pair


def _watched(note: Callable[[CodeType], None], run: Callable[[], bool]) -> bool:
    """Run with a note of every function that begins."""
    sys.setprofile(lambda frame, event, _: note(frame.f_code) if event == "call" else None)
    try:
        return run()
    finally:
        sys.setprofile(None)


@dataclass(frozen=True)
class Mutant:
    """The change that is to be made at one node of a function."""

    path: Path
    function: str
    line: int
    node: int
    change: Callable[[Any], None]

    def made(self) -> tuple[CodeType | None, str]:
        """The code of the changed function, and what was changed."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        (function,) = (
            f for name, f in _functions(tree.body, "") if (name, f.lineno) == (self.function, self.line)
        )
        target = list(ast.walk(function))[self.node]
        before = _line(target)
        self.change(target)
        said = f"{self.path.name} {self.function}: {before} -> {_line(target)}"
        return _code_of(compile(ast.fix_missing_locations(tree), str(self.path), "exec"), self.function), said


def mutants(folders: list[str]) -> Iterator[Mutant]:
    for folder in folders:
        whole = ROOT / "symderiv" / folder
        for path in sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name, function in _functions(tree.body, ""):
                for place, node in enumerate(ast.walk(function)):
                    for change in _changes(node):
                        yield Mutant(path, name, function.lineno, place, change)


def _functions(body: list[ast.stmt], outer: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield outer + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{outer}{node.name}.")


def _line(node: ast.AST) -> str:
    text = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else type(node).__name__
    return " ".join(text.split())[:90]


def _changes(node: ast.AST) -> Iterator[Callable[[Any], None]]:
    """What may be done to one node: each changes a copy of it in place."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in TURNED:
            yield lambda n: setattr(n, "ops", [TURNED[type(n.ops[0])]()])
        case ast.BoolOp(op=op) if type(op) in TURNED:
            yield lambda n: setattr(n, "op", TURNED[type(n.op)]())
            yield lambda n: n.values.__setitem__(-1, n.values[0])
        case ast.BinOp(op=op) if type(op) in TURNED:
            yield lambda n: setattr(n, "op", TURNED[type(n.op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield lambda n: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))
        case ast.Constant(value=bool()):
            yield lambda n: setattr(n, "value", not n.value)
        case ast.Constant(value=int()):
            yield lambda n: setattr(n, "value", n.value + 1)
        case ast.Name(id=name) if name in WORDS:
            yield lambda n: setattr(n, "id", WORDS[n.id])
        case ast.If() | ast.IfExp():
            yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
            yield lambda n: setattr(n, "test", ast.Constant(False))


def _code_of(module: CodeType, qualified: str) -> CodeType | None:
    """The code of a function in that of its module."""
    here: CodeType | None = module
    for name in qualified.split("."):
        inner = () if here is None else (c for c in here.co_consts if isinstance(c, CodeType))
        here = next((code for code in inner if code.co_name == name), None)
    return here


def _function(module: ModuleType, qualified: str) -> FunctionType | None:
    found: Any = module
    for name in qualified.split("."):
        found = vars(found).get(name) if isinstance(found, type | ModuleType) else None
    for inside in ("fget", "__func__", "__wrapped__"):
        found = getattr(found, inside, found)
    return found if isinstance(found, FunctionType) else None


def outcome(mutant: Mutant, code: CodeType | None, reaching: list[tuple[float, Pair]]) -> str:
    """``killed``, ``survived``, or ``reached by no pair``; found in a process of its own."""
    module = ".".join(mutant.path.relative_to(ROOT).with_suffix("").parts)
    function = _function(importlib.import_module(module), mutant.function)
    if function is None or code is None or function.__code__.co_freevars != code.co_freevars:
        return "not changed"
    if not reaching:
        return "reached by no pair"
    child = os.fork()
    if child == 0:
        os.close(2)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # ends the process: it takes too long
        function.__code__ = code
        os._exit(0 if all(_survives(pair) for _, pair in reaching) else 1)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "timed out" if os.WTERMSIG(status) == signal.SIGVTALRM else "killed"
    return "killed" if os.WEXITSTATUS(status) else "survived"


def _survives(pair: Pair) -> bool:
    try:
        return pair.holds()
    except BaseException:
        return False


def main(count: int, seed: str, folders: list[str]) -> None:
    known = reached()
    Pair("x", "x + 0", (), "equal").holds()  # loads what is loaded at the first comparison
    drawn = random.Random(seed).sample(found := list(mutants(folders)), min(count, len(found)))
    counts: Counter[str] = Counter()
    for mutant in drawn:
        code, change = mutant.made()
        said = outcome(mutant, code, known.get((str(mutant.path), mutant.function), []))
        counts[said] += 1
        if said != "killed":
            print(f"{said}: {change}", flush=True)
    print(f"{len(drawn)} of {len(found)} mutants:", ", ".join(f"{n} {said}" for said, n in counts.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
