"""A long run over random pairs: ``python -m tests.equality.soak 100000 [seed]``.

Prints ``unsound / undecided / total`` and every unsound pair. A pair is a random expression with a true
rewrite of it (must not be different), with a change of it (must not be equal), or with another one (whatever
is said must hold at random points, evaluated by `symderiv.equality.evaluate.evaluator`).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from fractions import Fraction

import flint

from symderiv.equality import decide_scalar
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.values import Missing
from symderiv.equality.verdict import Different, Equal, Undecided
from symderiv.expression.build import add, function, mul, number, power
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, Expr, Number, walk
from tests.equality.rewriting import CHANGES, NAMES, TRUE_REWRITES, somewhere

HEADS = ("exp", "tanh", "sin", "cos", "atan", "abs", "sign", "heaviside", "erf", "sinh", "asinh")


def expression(rng: random.Random, depth: int) -> Expr:
    """A random expression; quotients may be undefined here and there."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice([*NAMES, *NAMES, number(rng.randint(-3, 3)), Number(Fraction(1, 2))])
    a = expression(rng, depth - 1)
    match rng.randrange(10):
        case 0 | 1:
            return add(a, expression(rng, depth - 1))
        case 2 | 3:
            return mul(a, expression(rng, depth - 1))
        case 4:
            return power(a, number(2))
        case 5:
            return function(rng.choice(["max", "min"]), a, expression(rng, depth - 1))
        case 6:
            return power(add(ONE, mul(a, a)), rng.choice([number(-1), Number(Fraction(1, 2))]))
        case 7:
            return function("log", add(ONE, function("exp", a)))
        case 8:
            return mul(a, power(expression(rng, depth - 1), number(-1)))
        case _:
            return function(rng.choice(HEADS), a)


def pairs(rng: random.Random) -> Iterator[tuple[str, Expr, Expr]]:
    while True:
        e, t = expression(rng, rng.randint(1, 4)), rng.choice(NAMES)
        rewritten = e
        for _ in range(rng.randint(1, 2)):
            size = sum(1 for _ in walk(rewritten))
            rewritten = somewhere(rng.choice(TRUE_REWRITES), rewritten, t, rng.randint(1, size))
        yield "rewrite", e, rewritten
        yield "change", e, rng.choice(CHANGES)(rewritten, t)
        yield "other", e, expression(rng, rng.randint(1, 4))


def contradicted(rng: random.Random, a: Expr, b: Expr) -> bool:
    """Two provably different values at a random point, where the two were called equal everywhere."""
    point: dict[Expr, Fraction] = {name: Fraction(rng.randint(-40, 40), rng.randint(1, 7)) for name in NAMES}
    left, right = (as_ball(evaluate(side, point)) for side in (a, b))
    return left is not None and right is not None and bool(left < right or left > right)


def as_ball(value: object) -> flint.arb | None:
    if isinstance(value, Fraction):
        return flint.arb(flint.fmpq(value.numerator, value.denominator))
    return value if isinstance(value, flint.arb) else None


def is_defined(rng: random.Random, a: Expr) -> bool:
    """Whether it has a value at one of a few random points: what has none anywhere equals its changes."""
    return any(_has_value(a, {name: Fraction(rng.randint(-40, 40), 7) for name in NAMES}) for _ in range(8))


def _has_value(a: Expr, point: dict[Expr, Fraction]) -> bool:
    return not isinstance(evaluate(a, point), Missing)


def main() -> int:
    total, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    unsound = undecided = 0
    started = time.monotonic()
    for count, (kind, a, b) in enumerate(pairs(rng)):
        if count >= total:
            break
        verdict = decide_scalar(a, b, deadline=time.thread_time() + 2)
        wrong = (kind == "rewrite" and isinstance(verdict, Different)) or (
            kind == "change" and isinstance(verdict, Equal) and is_defined(rng, a)
        )
        if isinstance(verdict, Equal) and verdict.scope == "everywhere":
            wrong = wrong or contradicted(rng, a, b)
        undecided += isinstance(verdict, Undecided)
        if wrong:
            unsound += 1
            print(f"UNSOUND {kind}: {to_text(a)} | {to_text(b)} -> {verdict}", flush=True)
        if (count + 1) % 1000 == 0:
            print(
                f"{unsound} unsound / {undecided} undecided / {count + 1} so far", file=sys.stderr, flush=True
            )
        if isinstance(verdict, Undecided) and "-v" in sys.argv:
            print(f"undecided {kind}: {to_text(a)} | {to_text(b)}", flush=True)
    print(f"{unsound} unsound / {undecided} undecided / {total} pairs, {time.monotonic() - started:.0f} s")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
