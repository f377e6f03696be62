"""Ours against SymPy's ``simplify(a - b) == 0`` and ``a.equals(b)``, verdict and warm median, in one run.

Times are processor times, for both: what else the machine does leaves them alone. The cap is on the clock.

python benchmarks/equality.py [--cap SECONDS] [--ours]
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable
from typing import Any

from cold import forget
from equality_pairs import Pair, pairs

from symderiv.cli.main import GARBAGE_THRESHOLD
from symderiv.derivation import compare
from symderiv.derivation.given import read_given
from symderiv.derivation.meaning.meaning import meaning
from symderiv.equality import decide
from symderiv.language import infer, read
from symderiv.tensor import Tensor

REPEATS = 7
WARM_WITHIN = 3.0  # seconds: a quick answer of SymPy is asked for again, and the median taken


def understood(pair: Pair) -> tuple[Tensor, Tensor, tuple[Any, ...]]:
    given = read_given(pair.given)
    scope = infer([pair.a, pair.b], given.scope, "text")
    left, right = (meaning(read(text, scope)) for text in (pair.a, pair.b))
    assert isinstance(left, Tensor) and isinstance(right, Tensor)
    return left, right, given.facts


def ours(pair: Pair) -> tuple[str, float]:
    """The verdict, and the median of a decision in milliseconds; each run decides what it has just read."""
    times = []
    for _ in range(REPEATS):
        forget()
        left, right, facts = understood(pair)
        start = time.process_time()
        verdict = decide(left, right, facts)
        times.append(time.process_time() - start)
    return verdict.verdict, statistics.median(times) * 1e3


def from_text(pair: Pair) -> float:
    """The median from the two texts to the verdict, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        forget()
        start = time.process_time()
        compare(pair.a, pair.b, given=pair.given)
        times.append(time.process_time() - start)
    return statistics.median(times) * 1e3


def by_simplify(a: Any, b: Any) -> object:
    import sympy

    return sympy.simplify(a - b) == 0


def by_equals(a: Any, b: Any) -> object:
    return a.equals(b)


def theirs(pair: Pair, check: Callable[[Any, Any], object], cap: float) -> tuple[str, float]:
    """What SymPy says, in a process of its own that is ended at the cap."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_checked, args=(pair, check, sender))
    process.start()
    answered = receiver.poll(cap + 5)
    result = receiver.recv() if answered else (f"> {cap:g} s", cap * 1e3)
    process.kill()
    process.join()
    return result  # type: ignore[no-any-return]


def _checked(pair: Pair, check: Callable[[Any, Any], object], sender: Any) -> None:
    from symderiv.expression.sympy_bridge import to_sympy

    left, right, _ = understood(pair)
    a, b = to_sympy(left.value), to_sympy(right.value)
    times: list[float] = []
    while len(times) < 3 and sum(times) < WARM_WITHIN:
        start = time.process_time()
        try:
            said = str(check(a, b))
        except Exception as error:  # SymPy may fail in any way: that is a result of the benchmark
            said = type(error).__name__
        times.append(time.process_time() - start)
    sender.send((said, statistics.median(times) * 1e3))


def as_the_command_runs() -> None:
    """One process that has seen such work before, its garbage collected as seldom; answers are forgotten."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    for pair in pairs():
        compare(pair.a, pair.b, given=pair.given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cap", type=float, default=20.0, help="seconds that SymPy may take on one pair")
    parser.add_argument("--ours", action="store_true", help="leave SymPy out")
    options = parser.parse_args()
    as_the_command_runs()
    columns = f"{'symderiv':>22} {'from the text':>14} {'simplify(a-b)==0':>24} {'a.equals(b)':>24}"
    print(f"{'pair':36} {'truth':10} {columns}")
    for pair in pairs():
        verdict, decided = ours(pair)
        cells = [f"{verdict:>11} {decided:>7.2f} ms {from_text(pair):>11.2f} ms"]
        if not options.ours:
            for check in (by_simplify, by_equals):
                said, ms = theirs(pair, check, options.cap)
                cells.append(f"{said:>12} {ms:>8.2f} ms")
        truth = "equal" if pair.equal else "different"
        print(f"{pair.name:36} {truth:10} {' '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
