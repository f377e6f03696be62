"""Do the proofs hold by themselves? Pairs that differ, with the search for a witness switched off.

``python -m tests.equality.without_witnesses``: every pair of the tables that is different, or never equal. In
a comparison a witness is mostly found before a wrong proof is asked for; here nothing stands before that. Not
run by pytest. Prints the pairs that are called equal, and counts.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from symderiv.derivation import compare
from symderiv.equality.restricted.sizes import Checked
from tests.equality.sampled_mutants import pairs

SEARCHES = ("glimpsed", "told_apart_early", "refuted", "searched")
SECONDS = 1.0


@contextmanager
def no_witnesses() -> Iterator[None]:
    """Comparisons in which no point is looked at."""
    with ExitStack() as stack:
        for name in SEARCHES:
            stack.enter_context(patch(f"symderiv.equality.scalars.pair.{name}", _nothing))
        stack.enter_context(patch("symderiv.equality.scalars.pair.at_small_sizes", _nowhere))
        yield


def _nothing(*_: object, **__: object) -> None:
    return None


def _nowhere(*_: object, **__: object) -> Checked:
    return Checked()


def main() -> None:
    counts: Counter[str] = Counter()
    with no_witnesses():
        for pair in pairs():
            if pair.kind not in ("different", "not equal"):
                continue
            end = time.thread_time() + SECONDS
            verdict = compare(pair.a, pair.b, given=pair.given, deadline=end, **dict(pair.options)).verdict
            counts[verdict.verdict] += 1
            if verdict.verdict == "equal":
                print(f"{pair.a} | {pair.b} | {', '.join(pair.given)}: {verdict}", flush=True)
    print(f"{counts.total()} pairs:", ", ".join(f"{n} {said}" for said, n in counts.items()))


if __name__ == "__main__":
    main()
