"""A stack of layers: every shape on the way, what is learnt, and what it costs.

    Network.over(3, 128, 128).conv(32, 8, stride=2, padding=3).max_pool(2).conv(64, 3, padding=1)

Shapes have the channels first, and the batch before them if there is one. A layer is an operation at arrays
of letters, so its shape is the operation's, its parameters are the operation's weights, and its work is that
of one forward pass over the whole batch, counted as `symderiv.operations.declaring.counting` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from symderiv.errors import ShapeError
from symderiv.expression.build import add, divide, mul
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import MINUS_ONE, ZERO, Exact, Expr, Number, Sequence, Text
from symderiv.operations.declaring.counting import Work, array, parameters, work
from symderiv.operations.declaring.operation import Operation
from symderiv.operations.declaring.options import groups_option, per_axis
from symderiv.operations.declaring.sizes import doesnt_divide, tidy_size
from symderiv.operations.table import OPERATIONS
from symderiv.tensor import Meaning, Tensor

Size = Expr | Exact | str | tuple["Size", ...]


def as_tree(size: Size) -> Expr:
    """A size given in Python as a tree: 2, (1, 2), 'same', or a tree already."""
    if isinstance(size, Expr):
        return size
    if isinstance(size, str):
        return Text(size)
    if isinstance(size, tuple):
        return Sequence(tuple(as_tree(item) for item in size), "tuple")
    return Number(size)


NOTHING = Work()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer gives: its output shape, its weights and biases, its work without and with biases."""

    name: str
    shape: tuple[Expr, ...]
    weights: Expr = ZERO
    biases: Expr = ZERO
    work: Work = NOTHING
    biased_work: Work = NOTHING


BIASES = frozenset({"bias", "b", "beta"})


def layer(operation: Operation, given: Mapping[str, Tensor], options: Mapping[str, Expr]) -> Layer:
    """An operation as a layer: its input and weights as arrays of letters, the biases told apart."""

    def values(names: Iterable[str]) -> list[Meaning | Expr | None]:
        kept = {name: given[name] for name in names}
        return [kept.get(p.name, options.get(p.name, p.default)) for p in operation.parameters]

    whole, bare = values(given), values(given.keys() - BIASES)
    result = operation.forward(*whole)
    assert isinstance(result, Tensor)
    weights = parameters(operation, *bare)
    biases = tidy_size(add(parameters(operation, *whole), mul(MINUS_ONE, weights)))
    return Layer(
        operation.name, result.shape, weights, biases, work(operation, *bare), work(operation, *whole)
    )


@dataclass(frozen=True)
class Network:
    """A stack of layers over an input of the given shape; each method adds one.

    >>> net = Network.over(3, 128, 128).conv(32, 8, stride=2, padding=3).max_pool(2).conv(64, 3, padding=1)
    >>> [n.value for n in net.shape], net.layers[-1].weights.value
    ([64, 32, 32], 18432)
    """

    input: tuple[Expr, ...]
    layers: tuple[Layer, ...] = field(default=())
    axes: int = 2

    @staticmethod
    def over(*shape: Size, axes: int = 2) -> Network:
        """A network over inputs (C, H, W) or (B, C, H, W); with ``axes=1`` (C, n) or (B, C, n)."""
        if len(shape) not in (axes + 1, axes + 2):
            raise ShapeError("an input has channels first", expected=f"(C, …) or (B, C, …) with {axes} axes")
        return Network(tuple(as_tree(size) for size in shape), (), axes)

    @property
    def shape(self) -> tuple[Expr, ...]:
        """The shape of the last output."""
        return self.layers[-1].shape if self.layers else self.input

    @property
    def batch(self) -> tuple[Expr, ...]:
        return self.input[: len(self.input) - self.axes - 1]

    def parameters(self, bias: bool = True) -> Expr:
        """Everything that is learnt, with or without biases."""
        return add(
            *(layer.weights for layer in self.layers), *(layer.biases for layer in self.layers if bias)
        )

    def operations(self, bias: bool = False) -> Expr:
        """Multiplications, additions, divisions, comparisons and function evaluations of all layers."""
        each = (layer.biased_work if bias else layer.work for layer in self.layers)
        return tidy_size(add(*(done.operations for done in each)))

    def then(self, layer: Layer) -> Network:
        return replace(self, layers=(*self.layers, layer))

    def conv(
        self,
        filters: Size,
        kernel: Size,
        stride: Size = 1,
        padding: Size = 0,
        dilation: Size = 1,
        groups: Size = 1,
    ) -> Network:
        """A convolution with this many filters; a kernel of one size for all axes, or one an axis."""
        count, g = as_tree(filters), groups_option(as_tree(groups))
        kernels = (count, self._share(g), *self._kernel(kernel))
        options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        return self._with(f"conv{self.axes}d", {"K": kernels, "bias": (count,)}, options)

    def conv_transpose(
        self,
        filters: Size,
        kernel: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        dilation: Size = 1,
    ) -> Network:
        """A transposed convolution with this many output channels."""
        kernels = (self._channels(), as_tree(filters), *self._kernel(kernel))
        options = {
            "stride": stride,
            "padding": padding,
            "output_padding": output_padding,
            "dilation": dilation,
        }
        return self._with(f"conv_transpose{self.axes}d", {"K": kernels, "bias": (as_tree(filters),)}, options)

    def max_pool(self, kernel: Size, stride: Size | None = None, padding: Size = 0) -> Network:
        """The largest of each window; the stride is the kernel unless given."""
        return self._pooled("max", kernel, stride, padding)

    def avg_pool(self, kernel: Size, stride: Size | None = None, padding: Size = 0) -> Network:
        """The mean of each window."""
        return self._pooled("avg", kernel, stride, padding)

    def activation(self, name: str) -> Network:
        """relu, tanh, sigmoid, gelu, … at every entry, or softmax over the last axis.

        >>> Network.over(8, 4, 4).activation("relu").operations().value
        128
        """
        return self._with(name, {}, {})

    def batch_norm(self) -> Network:
        """Normalised by channels, then scaled and shifted: two parameters each, the shift told as a bias."""
        if not self.batch:
            raise ShapeError("a batch norm needs a batch", expected="an input (B, C, …)")
        return self._with("batch_norm", {"gamma": (self.shape[1],), "beta": (self.shape[1],)}, {})

    def flatten(self) -> Network:
        """Everything but the batch in one axis."""
        kept = len(self.batch)
        return self.then(Layer("flatten", (*self.batch, mul(*self.shape[kept:]))))

    def linear(self, outputs: Size) -> Network:
        """A dense layer on a flat input."""
        if len(self.shape) != len(self.batch) + 1:
            raise ShapeError("a linear layer needs a flat input", cure="add flatten() before it")
        m = as_tree(outputs)
        return self._with("linear", {"W": (m, self.shape[-1]), "b": (m,)}, {})

    def _with(
        self, name: str, weights: Mapping[str, tuple[Expr, ...]], options: Mapping[str, Size]
    ) -> Network:
        """One operation more, applied to the last output."""
        operation = OPERATIONS[name]
        given = {operation.parameters[0].name: self.shape, **weights}
        letters = {letter: array(letter, *shape) for letter, shape in given.items()}
        return self.then(layer(operation, letters, {key: as_tree(size) for key, size in options.items()}))

    def _channels(self) -> Expr:
        if len(self.shape) != len(self.input):
            raise ShapeError("a flat input has no channels left", cure="put this layer before flatten()")
        return self.shape[len(self.batch)]

    def _share(self, groups: Expr) -> Expr:
        """The channels of one group."""
        channels = self._channels()
        if doesnt_divide(groups, channels):
            raise ShapeError(f"{to_text(groups)} groups don't divide {to_text(channels)} channels")
        return tidy_size(divide(channels, groups))

    def _kernel(self, kernel: Size) -> tuple[Expr, ...]:
        return per_axis(as_tree(kernel), self.axes, "kernel")

    def _pooled(self, kind: str, kernel: Size, stride: Size | None, padding: Size) -> Network:
        self._channels()
        options = {"kernel_size": kernel, "padding": padding}
        return self._with(
            f"{kind}_pool{self.axes}d", {}, options if stride is None else {**options, "stride": stride}
        )
