"""check_operation: every claim of an operation held against its forward definition, and nothing else.

The forward definition is evaluated in exact dual numbers at several settings: neither the calculus nor the
equality engine nor the index room takes part, so a closed form can't share a mistake with what checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import prod
from typing import Any

import flint
from flint import arb, fmpq

from symderiv.derivation.meaning.meaning import meaning, symbol
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.operations import Operation
from symderiv.operations.declaring.counting import Work, letters_like, parameters, work
from symderiv.operations.declaring.operation import Example
from symderiv.tensor import Meaning, Tensor
from symderiv.testing.dual import Dual, NoDual, Real
from symderiv.testing.entries import DualEvaluator
from symderiv.testing.points import STYLES, Arrays, point, positions
from symderiv.testing.work import written_out

BITS = 256
KINDS_OF_WORK = tuple(part.name for part in fields(Work))
Reference = Callable[..., Any]


class BrokenRule(AssertionError):
    """A claim of an operation that its forward definition contradicts."""


@dataclass(frozen=True)
class Setting:
    """An operation at one example: names for its arrays, trees for the rest."""

    operation: Operation
    example: Example

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: given for name, given in self.example.items() if isinstance(given, tuple)}

    def trees(self, shapes: Mapping[str, tuple[Expr, ...]] | None = None) -> list[Expr | None]:
        """One tree a parameter: a name of the right shape, what the example gives, or the default."""
        sizes = shapes or {name: tuple(map(Number, shape)) for name, shape in self.shapes.items()}
        return [self._tree(p.name, p.default, sizes) for p in self.operation.parameters]

    def _tree(self, name: str, default: Expr | None, sizes: Mapping[str, tuple[Expr, ...]]) -> Expr | None:
        if name in sizes:
            return Variable(name, Kind(shape=sizes[name]))
        given = self.example.get(name)
        return given if isinstance(given, Expr) else default

    def values(self, trees: list[Expr | None]) -> list[Meaning | Expr | None]:
        """What forward takes: a meaning for an array, the tree for an option."""
        return [
            tree
            if p.option or tree is None
            else symbol(tree)
            if isinstance(tree, Variable)
            else meaning(tree)
            for p, tree in zip(self.operation.parameters, trees, strict=True)
        ]

    def forward(self, trees: list[Expr | None] | None = None) -> Tensor:
        result = self.operation.forward(*self.values(self.trees() if trees is None else trees))
        if not isinstance(result, Tensor):
            raise BrokenRule(f"{self.operation.name} gives no array")
        return result

    def __str__(self) -> str:
        given = ", ".join(
            f"{name}: {to_text(value) if isinstance(value, Expr) else value}"
            for name, value in self.example.items()
        )
        return f"{self.operation.name} at {given}"


def check_operation(operation: Operation, *examples: Example, reference: Reference | None = None) -> None:
    """Hold shape, entries, closed Jacobians and counts against the forward definition.

    ``examples`` are settings (shapes and options), by default the operation's own; ``reference`` computes
    the output from nested lists of numbers by other means. Raises BrokenRule, naming setting, entry and both
    values.

    >>> from symderiv.operations import OPERATIONS
    >>> check_operation(OPERATIONS["softmax"], {"x": (2,)}, {"x": (3,)})
    """
    tried = examples or operation.examples
    if not tried:
        raise BrokenRule(f"{operation.name} has no examples to be checked at")
    before = flint.ctx.prec
    flint.ctx.prec = BITS
    try:
        for seed, example in enumerate(tried):
            _check(Setting(operation, example), seed, reference)
    finally:
        flint.ctx.prec = before


def _check(setting: Setting, seed: int, reference: Reference | None) -> None:
    arrays, outputs = outputs_at(setting, seed)
    if reference is not None:
        _check_reference(setting, arrays, outputs, reference)
    _check_symbolic_sizes(setting, arrays, outputs)
    _check_composition(setting, arrays, outputs)
    for name in setting.operation.jacobians:
        if name in setting.shapes:
            _check_jacobian(setting, name, arrays, outputs)
    for name in setting.operation.vjps:
        if name in setting.shapes:
            _check_vjp(setting, name, arrays, outputs)
    _check_counts(setting)


Outputs = dict[tuple[int, ...], Dual]


def outputs_at(setting: Setting, seed: int) -> tuple[Arrays, Outputs]:
    """A point at which the operation is defined and smooth, and its entries there with all derivatives."""
    result = setting.forward()
    reasons: list[str] = []
    for style in STYLES:
        for attempt in range(4):
            arrays = point(setting.shapes, style, 10 * seed + attempt)
            evaluator = DualEvaluator(arrays)
            try:
                return arrays, {at: evaluator.entry(result, at) for at in positions(evaluator.shape(result))}
            except NoDual as problem:
                reasons.append(f"{style}: {problem.message}")
            except KeyError as problem:
                raise BrokenRule(f"{setting}: an entry reads outside its input, at {problem}") from None
    raise BrokenRule(f"{setting}: no point found ({reasons[-1]})")


def _check_jacobian(setting: Setting, name: str, arrays: Arrays, outputs: Outputs) -> None:
    """The closed form by one argument against the tangents of the forward definition."""
    form = meaning(setting.operation.jacobians[name](*setting.trees()))
    evaluator = DualEvaluator(arrays)
    output = evaluator.shape(setting.forward())
    expected = (*output, *setting.shapes[name])
    if not isinstance(form, Tensor) or not _same_shape(evaluator.shape(form), expected):
        shape = form.shape_text if isinstance(form, Tensor) else "no array"
        raise BrokenRule(f"{setting}: ∂/∂{name} has shape {shape}, not {expected}")
    compact = form.rank == len(expected)
    for at in positions(expected):
        place = at if compact else tuple(k for k, n in zip(at, expected, strict=True) if n != 1)
        stated = evaluator.entry(form, place).value
        truth = outputs[at[: len(output)]].tangent.get((name, at[len(output) :]), fmpq(0))
        _must_agree(stated, truth, f"{setting}: ∂/∂{name} at {at}")


def _check_vjp(setting: Setting, name: str, arrays: Arrays, outputs: Outputs) -> None:
    """``Σ_i G_i ∂y_i/∂name`` as it is stated, against the tangents, for a G of different numbers."""
    shape = DualEvaluator(arrays).shape(setting.forward())
    upstream = Variable("upstream", Kind(shape=tuple(map(Number, shape))))
    stated = setting.operation.vjps[name](upstream, *setting.trees())
    if stated is None:
        return
    weights = point({"upstream": shape}, "any", 77)
    form = meaning(stated)
    evaluator = DualEvaluator({**arrays, **weights})
    expected = setting.shapes[name]
    if not isinstance(form, Tensor) or not _same_shape(evaluator.shape(form), expected):
        raise BrokenRule(f"{setting}: the vjp by {name} hasn't the shape {expected}")
    for at in positions(expected):
        place = (
            at
            if form.rank == len(expected)
            else tuple(k for k, n in zip(at, expected, strict=True) if n != 1)
        )
        truth = sum(
            (
                weights["upstream"][i].value * out.tangent.get((name, at), fmpq(0))
                for i, out in outputs.items()
            ),
            fmpq(0),
        )
        _must_agree(evaluator.entry(form, place).value, truth, f"{setting}: the vjp by {name} at {at}")


def _check_composition(setting: Setting, arrays: Arrays, outputs: Outputs) -> None:
    """What it is made of has the same entries, and the same derivatives."""
    made_of = setting.operation.made_of
    written = None if made_of is None else made_of(*setting.trees())
    if written is None:
        return
    evaluator, form = DualEvaluator(arrays), meaning(written)
    if not isinstance(form, Tensor) or set(positions(evaluator.shape(form))) != set(outputs):
        raise BrokenRule(f"{setting}: what it is made of has another shape")
    for at, output in outputs.items():
        found = evaluator.entry(form, at)
        _must_agree(found.value, output.value, f"{setting}: what it is made of, at {at}")
        for name in output.tangent.keys() | found.tangent.keys():
            slope, truth = (each.tangent.get(name, fmpq(0)) for each in (found, output))
            _must_agree(slope, truth, f"{setting}: what it is made of, at {at} by {name}")


def _same_shape(found: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    """Equal up to axes of length 1, which a tree such as ``p*p.T`` drops."""
    return found == expected or (len(found) < len(expected) and found == tuple(n for n in expected if n != 1))


def _must_agree(a: Real, b: Real, where: str) -> None:
    """Exactly equal, or balls that overlap and are smaller than 2^-100."""
    difference = a - b
    if isinstance(difference, fmpq):
        agree = difference == 0
    else:
        agree = bool(difference.contains(0)) and difference.rad() < arb(2) ** -100
    if not agree:
        raise BrokenRule(f"{where} is stated as {a}, but is {b}")


def _check_symbolic_sizes(setting: Setting, arrays: Arrays, outputs: Outputs) -> None:
    """The formula for sizes that are letters, with the numbers put in, gives the same entries."""
    if any(isinstance(setting.example.get(name), Expr) for name in setting.operation.numeric_with):
        return
    letters: dict[str, int] = {}
    symbolic: dict[str, tuple[Expr, ...]] = {}
    for name, shape in setting.shapes.items():
        symbolic[name] = tuple(_letter(n, letters, setting.operation.gates) for n in shape)
    try:
        result = setting.forward(setting.trees(symbolic))
    except Exception as problem:
        raise BrokenRule(f"{setting}: not for symbolic sizes: {problem}") from problem
    evaluator = DualEvaluator(arrays, letters)
    if set(positions(evaluator.shape(result))) != set(outputs):
        raise BrokenRule(f"{setting}: the shape for symbolic sizes is another one")
    for at, output in outputs.items():
        _must_agree(
            evaluator.entry(result, at).value, output.value, f"{setting}: entry {at} for symbolic sizes"
        )


def _letter(n: int, letters: dict[str, int], gates: int) -> Expr:
    """One letter a size, the same for equal sizes, so that shapes that must agree do; 1 stays 1."""
    if n == 1:
        return Number(1)
    if gates > 1 and n % gates == 0 and n > gates:
        return Apply("mul", (Number(gates), _letter(n // gates, letters, 1)))
    name = f"n{n}"
    letters[name] = n
    return Variable(name, SIZE)


def _check_reference(setting: Setting, arrays: Arrays, outputs: Outputs, reference: Reference) -> None:
    given = [
        _nested(arrays[p.name], setting.shapes[p.name])
        for p in setting.operation.parameters
        if p.name in arrays
    ]
    expected = reference(*given, **{k: v for k, v in setting.example.items() if isinstance(v, Expr)})
    for at, output in outputs.items():
        truth = expected
        for k in at:
            truth = truth[k]
        _must_agree(output.value, truth, f"{setting}: entry {at}")


def _nested(
    entries: Mapping[tuple[int, ...], Dual], shape: tuple[int, ...], at: tuple[int, ...] = ()
) -> object:
    if len(at) == len(shape):
        return entries[at].value
    return [_nested(entries, shape, (*at, k)) for k in range(shape[len(at)])]


def _check_counts(setting: Setting) -> None:
    """The work as a formula against the entries written out, parameters against the sizes of the weights."""
    values = setting.values(setting.trees())
    learnt = parameters(setting.operation, *values)
    if learnt != Number(_weights(setting)):
        raise BrokenRule(f"{setting}: parameters are {to_text(learnt)}, not {_weights(setting)}")
    if setting.operation.work is not None:
        return
    letters = [
        letters_like(p.name, value) if isinstance(value, Tensor) else value
        for p, value in zip(setting.operation.parameters, values, strict=True)
    ]
    result = setting.operation.forward(*letters)
    assert isinstance(result, Tensor)
    counted = written_out(result)
    stated = work(setting.operation, *values)
    for name, value in zip(KINDS_OF_WORK, stated.each, strict=True):
        if value != Number(counted[name]):
            raise BrokenRule(f"{setting}: {to_text(value)} {name}, not {counted[name]}")


def _weights(setting: Setting) -> int:
    return sum(prod(setting.shapes[name]) for name in setting.operation.weights if name in setting.shapes)
