"""Jacobians side by side with SymPy's ``Matrix.jacobian`` and ``derive_by_array``, in one run.

    python benchmarks/derivatives.py            # everything; SymPy takes minutes
    python benchmarks/derivatives.py --quick    # what SymPy does within seconds

symderiv's figure covers building the forward formula, its Jacobian, and every entry that isn't zero; SymPy's
covers ``Matrix.jacobian`` alone (or ``derive_by_array``), its forward expressions being there already.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy

from symderiv.calculus import derivative_tensor, nonzero_entries
from symderiv.derivation.meaning.meaning import meaning
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.operations import OPERATIONS
from symderiv.tensor import Tensor

SLOW = 10.0


Sides = tuple[Callable[[], object], Callable[[], object]]
"""``Matrix.jacobian`` and ``derive_by_array`` of the same expressions."""


def both(outputs: list[sympy.Expr], inputs: sympy.Matrix) -> Sides:
    column = sympy.Matrix(outputs)
    return lambda: column.jacobian(list(inputs)), lambda: sympy.derive_by_array(outputs, list(inputs))


@dataclass(frozen=True)
class Case:
    name: str
    ours: Callable[[], int]
    theirs: Callable[[], Sides]
    slow: bool = False
    closed: Callable[[], object] | None = None


def array(letters: str, *shape: int) -> Variable:
    return Variable(letters, Kind(shape=tuple(map(Number, shape))))


def entries(tree: Expr, wrt: Variable) -> int:
    """How many entries of the Jacobian aren't zero, each of them computed."""
    t = meaning(tree)
    assert isinstance(t, Tensor)
    return sum(1 for _ in nonzero_entries(derivative_tensor(t, wrt)))


def symbols(letters: str, *shape: int) -> sympy.Matrix:
    return sympy.Matrix(*shape, lambda i, j: sympy.Symbol(f"{letters}{i}_{j}"))


def convolution(n: int, k: int, by_image: bool) -> Case:
    image, kernel = array("X", n, n), array("K", k, k)
    wrt = image if by_image else kernel

    def theirs() -> Sides:
        x, w = symbols("x", n, n), symbols("w", k, k)
        m = n - k + 1
        h = [
            sum(x[i + a, j + b] * w[a, b] for a in range(k) for b in range(k))
            for i in range(m)
            for j in range(m)
        ]
        return both(h, x if by_image else w)

    return Case(
        f"conv ∂H/∂{'X' if by_image else 'K'}, image {n}, kernel {k}",
        lambda: entries(Apply("conv2d", (image, kernel)), wrt),
        theirs,
        slow=by_image and n >= 32,
    )


def softmax(n: int) -> Case:
    x = array("x", n)

    def theirs() -> Sides:
        z = symbols("x", n, 1)
        total = sum(sympy.exp(e) for e in z)
        return both([sympy.exp(e) / total for e in z], z)

    return Case(
        f"softmax, n = {n}",
        lambda: entries(Apply("softmax", (x,)), x),
        theirs,
        closed=lambda: meaning(OPERATIONS["softmax"].jacobians["x"](x)),
    )


def batch_norm(n: int) -> Case:
    x = array("x", n)

    def theirs() -> Sides:
        z = symbols("x", n, 1)
        mu = sum(z) / n
        sigma = sympy.sqrt(sum((e - mu) ** 2 for e in z) / n)
        return both([(e - mu) / sigma for e in z], z)

    return Case(f"batch norm, n = {n}", lambda: entries(Apply("batch_norm", (x,)), x), theirs)


def perceptron(n: int) -> Case:
    x, weights = array("x", n), [array(f"W{layer}", n, n) for layer in range(3)]

    def tree() -> Expr:
        h: Expr = x
        for w in weights[:-1]:
            h = Apply("tanh", (Apply("affine", (w, h)),))
        return Apply("affine", (weights[-1], h))

    def theirs() -> Sides:
        z = symbols("x", n, 1)
        h = z
        for layer in range(2):
            h = (symbols(f"w{layer}_", n, n) * h).applyfunc(sympy.tanh)
        return both(list(symbols("w2_", n, n) * h), z)

    return Case(f"MLP of three layers of {n}, ∂y/∂x", lambda: entries(tree(), x), theirs)


def cases() -> Iterator[Case]:
    for n, k in ((8, 3), (16, 3), (32, 3), (32, 5)):
        yield convolution(n, k, by_image=False)
        yield convolution(n, k, by_image=True)
    for n in (4, 16, 64):
        yield softmax(n)
    for n in (4, 8):
        yield batch_norm(n)
    yield perceptron(3)


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="leave out what takes SymPy longer than seconds")
    quick = parser.parse_args().quick
    heads = (
        f"{'symderiv':>10} {'closed form':>12} {'jacobian':>10} {'times':>8} {'by array':>10} {'times':>8}"
    )
    print(f"{'':42} {heads}")
    for case in cases():
        ours = seconds(case.ours, 3)
        closed = f"{1000 * seconds(case.closed, 3):9.1f} ms" if case.closed else ""
        if quick and case.slow:
            print(f"{case.name:42} {1000 * ours:7.1f} ms {closed:>12} {'(left out)':>10}")
            continue
        jacobian, by_array = map(seconds, case.theirs())
        print(
            f"{case.name:42} {1000 * ours:7.1f} ms {closed:>12} {jacobian:8.2f} s {jacobian / ours:8.0f} "
            f"{by_array:8.2f} s {by_array / ours:8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
