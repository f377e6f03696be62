"""A long run over random sums at symbolic sizes: ``python -m tests.index.soak 5000 [seed]``.

Prints ``unsound / undecided / total`` and every unsound pair. A pair is a random sum with a true rewrite of
it (a dummy shifted or reversed, a range split, a delta put in; must not be different), with a near miss (an
index or a bound off by one, indices exchanged) or with another one: where two are called equal, they must be
at small sizes, where both are evaluated entry by entry.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from flint import fmpq

from symderiv.equality import decide_scalar
from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, NoValue, ball
from symderiv.equality.verdict import Different, Equal, Undecided
from symderiv.expression.build import add, cases, compare, delta, function, mul, number, subtract
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Binder, Expr, Index, Variable, index_variable

N, M = Variable("n", SIZE), Variable("m", SIZE)
ROW, COLUMN, FRESH = (index_variable(name) for name in "ijk")
X = Variable("x", Kind(shape=(N,), zero_outside=True))
Y = Variable("y", Kind(shape=(M,), zero_outside=True))
A = Variable("A", Kind(shape=(N, M), zero_outside=True))
SIZES: tuple[dict[Expr, fmpq], ...] = tuple({N: fmpq(n), M: fmpq(m)} for n in (1, 2, 3, 4) for m in (1, 2, 3))


def affine(rng: random.Random, *names: Variable) -> Expr:
    """A small affine form in one of the names, or the difference of two."""
    form: Expr = rng.choice(names)
    if len(names) > 1 and rng.random() < 0.3:
        form = subtract(names[0], names[1]) if rng.random() < 0.5 else subtract(N, form)
    return add(form, number(rng.choice((-1, 0, 0, 0, 1)))) if rng.random() < 0.4 else form


def factor(rng: random.Random, *names: Variable) -> Expr:
    match rng.randrange(9):
        case 0 | 1 | 2:
            return Index(X, (affine(rng, *names),))
        case 3:
            return Index(Y, (affine(rng, *names),))
        case 4 | 5:
            return Index(A, (affine(rng, *names), affine(rng, *names)))
        case 6:
            return rng.choice(names)
        case 7:
            u = Index(X, (affine(rng, *names),))
            return function(rng.choice(("exp", "abs", "tanh")), u)
        case _:
            return cases(((compare("le", names[0], affine(rng, *names)), ONE),), ZERO)


def total(rng: random.Random) -> Binder:
    """A sum, or a sum of sums, of products."""
    two = rng.random() < 0.5
    names = (ROW, COLUMN) if two else (ROW,)
    body = mul(*(factor(rng, *names) for _ in range(rng.randint(1, 3))))
    if rng.random() < 0.2:
        body = add(body, factor(rng, *names))
    if not two:
        return Binder("sum", body, ROW, ZERO, subtract(N, ONE))
    last = rng.choice((subtract(M, ONE), ROW, subtract(ROW, ONE)))
    return Binder("sum", Binder("sum", body, COLUMN, ZERO, last), ROW, ZERO, subtract(N, ONE))


Rewrite = Callable[[random.Random, Binder], Expr]


def _parts(s: Binder) -> tuple[Expr, Expr, Expr]:
    assert s.lower is not None and s.upper is not None
    return s.body, s.lower, s.upper


def shifted(rng: random.Random, s: Binder) -> Expr:
    """``Σ_{i=a}^{b} f(i) = Σ_{k=a+c}^{b+c} f(k − c)``."""
    (body, low, high), step = _parts(s), number(rng.randint(1, 3))
    moved = substitute(body, {s.variable: subtract(FRESH, step)})
    return Binder("sum", moved, FRESH, add(low, step), add(high, step))


def reversed_(rng: random.Random, s: Binder) -> Expr:
    body, low, high = _parts(s)
    return Binder("sum", substitute(body, {s.variable: subtract(add(low, high), FRESH)}), FRESH, low, high)


def split(rng: random.Random, s: Binder) -> Expr:
    """The first summand by itself (each range here has one)."""
    body, low, high = _parts(s)
    return add(substitute(body, {s.variable: low}), Binder("sum", body, s.variable, add(low, ONE), high))


def with_delta(rng: random.Random, s: Binder) -> Expr:
    body, low, high = _parts(s)
    picked = mul(delta(FRESH, s.variable), substitute(body, {s.variable: FRESH}))
    return Binder("sum", Binder("sum", picked, FRESH, low, high), s.variable, low, high)


def doubled(rng: random.Random, s: Binder) -> Expr:
    return subtract(mul(number(2), reversed_(rng, s)), s)


def by_condition(rng: random.Random, s: Binder) -> Expr:
    """A longer range with the condition that it be the old one."""
    body, low, high = _parts(s)
    inside = cases(((compare("le", s.variable, high), body),), ZERO)
    return Binder("sum", inside, s.variable, low, add(high, number(rng.randint(1, 2))))


def short(rng: random.Random, s: Binder) -> Expr:
    body, low, high = _parts(s)
    return Binder("sum", body, s.variable, low, subtract(high, ONE))


def off_by_one(rng: random.Random, s: Binder) -> Expr:
    body, low, high = _parts(s)
    return Binder("sum", substitute(body, {s.variable: add(s.variable, ONE)}), s.variable, low, high)


def transposed(rng: random.Random, s: Binder) -> Expr:
    """The two indices exchanged; a sum over one with its sign turned."""
    body, low, high = _parts(s)
    exchange: dict[Expr, Expr] = {ROW: COLUMN, COLUMN: ROW}
    other = substitute(body, exchange) if isinstance(body, Binder) else mul(MINUS_ONE, body)
    return Binder("sum", other, s.variable, low, high)


TRUE: tuple[Rewrite, ...] = (shifted, reversed_, split, with_delta, doubled, by_condition)
NEAR_MISSES: tuple[Rewrite, ...] = (short, off_by_one, transposed)


def pairs(rng: random.Random) -> Iterator[tuple[str, Expr, Expr]]:
    while True:
        s = total(rng)
        yield "rewrite", s, rng.choice(TRUE)(rng, s)
        yield "near miss", s, rng.choice(NEAR_MISSES)(rng, s)
        yield "other", s, total(rng)


def contradicted(a: Expr, b: Expr) -> bool:
    """Two provably unequal values at small sizes, with entries filled in."""
    return any(differ_at(Point(sizes, {}, turn), a, b) for turn, sizes in enumerate(SIZES))


def differ_at(point: Point, a: Expr, b: Expr) -> bool:
    try:
        left, right = (ball(Evaluator(point).value(side)) for side in (a, b))
    except (NotDecided, NoValue):
        return False
    return not left.overlaps(right)


def main() -> int:
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    unsound = undecided = equal = 0
    started = time.monotonic()
    for done, (kind, a, b) in enumerate(pairs(rng)):
        if done >= count:
            break
        verdict = decide_scalar(a, b, deadline=time.thread_time() + 2)
        wrong = isinstance(verdict, Different) if kind == "rewrite" else False
        wrong = wrong or (isinstance(verdict, Equal) and contradicted(a, b))
        equal += isinstance(verdict, Equal)
        undecided += isinstance(verdict, Undecided)
        if wrong or (isinstance(verdict, Undecided) and "-v" in sys.argv):
            said = "UNSOUND" if wrong else "undecided"
            print(f"{said} {kind}: {to_text(a)} | {to_text(b)} -> {verdict}", flush=True)
        unsound += wrong
        if (done + 1) % 200 == 0:
            print(
                f"{unsound} unsound / {undecided} undecided / {done + 1} so far", file=sys.stderr, flush=True
            )
    seconds = time.monotonic() - started
    print(f"{unsound} unsound / {undecided} undecided / {count} pairs ({equal} equal), {seconds:.0f} s")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
