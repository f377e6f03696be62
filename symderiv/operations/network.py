"""A stack of layers: every shape on the way, what is learnt, and what it costs.

    Network.over(3, 128, 128).conv(32, 8, stride=2, padding=3).max_pool(2).conv(64, 3, padding=1)

Shapes have the channels first, and the batch before them if there is one. Operations are multiplications and
additions together, of one forward pass over the whole batch (see `symderiv.operations.convolution_counts`);
pooling by the maximum costs none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from symderiv.errors import ShapeError
from symderiv.expression.build import add, mul
from symderiv.expression.tree import MINUS_ONE, ZERO, Exact, Expr, Number, Sequence, Text
from symderiv.operations.convolution import convolution
from symderiv.operations.convolution_counts import operations, parameters
from symderiv.operations.options import count_option, per_axis
from symderiv.operations.pooling import pooling_windows
from symderiv.operations.transposed import transposed

Size = Expr | Exact | str | tuple["Size", ...]
TWO = Number(2)


def as_tree(size: Size) -> Expr:
    """A size given in Python as a tree: 2, (1, 2), 'same', or a tree already."""
    if isinstance(size, Expr):
        return size
    if isinstance(size, str):
        return Text(size)
    if isinstance(size, tuple):
        return Sequence(tuple(as_tree(item) for item in size), "tuple")
    return Number(size)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer gives: its output shape, its weights, its biases, its operations without bias."""

    name: str
    shape: tuple[Expr, ...]
    weights: Expr = ZERO
    biases: Expr = ZERO
    operations: Expr = ZERO


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

    def operations(self) -> Expr:
        """Multiplications and additions of all layers, without biases."""
        return add(*(layer.operations for layer in self.layers))

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
        count, g = as_tree(filters), count_option(as_tree(groups), "groups")
        k_shape = (count, self._share(g), *self._kernel(kernel))
        options = (as_tree(stride), as_tree(padding), as_tree(dilation), as_tree(groups))
        setting = convolution(self.axes, self.shape, k_shape, *options)
        return self.then(
            Layer("conv", setting.shape, parameters(setting, False), count, operations(setting, False))
        )

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
        k_shape = (self._channels(), as_tree(filters), *self._kernel(kernel))
        given = (stride, padding, output_padding, 1, dilation)
        setting = transposed(self.axes, self.shape, k_shape, *(as_tree(size) for size in given))
        return self.then(Layer("conv_transpose", setting.shape, mul(*k_shape), as_tree(filters)))

    def max_pool(self, kernel: Size, stride: Size | None = None, padding: Size = 0) -> Network:
        """The largest of each window; the stride is the kernel unless given."""
        return self.then(Layer("max_pool", self._pooled(kernel, stride, padding)))

    def avg_pool(self, kernel: Size, stride: Size | None = None, padding: Size = 0) -> Network:
        """The mean of each window: k k - 1 additions and one multiplication an output."""
        shape = self._pooled(kernel, stride, padding)
        return self.then(Layer("avg_pool", shape, operations=mul(*shape, *self._kernel(kernel))))

    def flatten(self) -> Network:
        """Everything but the batch in one axis."""
        kept = len(self.batch)
        return self.then(Layer("flatten", (*self.batch, mul(*self.shape[kept:]))))

    def linear(self, outputs: Size) -> Network:
        """A dense layer on a flat input."""
        if len(self.shape) != len(self.batch) + 1:
            raise ShapeError("a linear layer needs a flat input", cure="add flatten() before it")
        n, m = self.shape[-1], as_tree(outputs)
        cost = mul(*self.batch, m, add(mul(TWO, n), MINUS_ONE))
        return self.then(Layer("linear", (*self.batch, m), mul(m, n), m, cost))

    def _channels(self) -> Expr:
        if len(self.shape) != len(self.input):
            raise ShapeError("a flat input has no channels left", cure="put this layer before flatten()")
        return self.shape[len(self.batch)]

    def _share(self, groups: int) -> Expr:
        """The channels of one group."""
        channels = self._channels()
        if isinstance(channels, Number) and channels.value % groups:
            raise ShapeError(f"{groups} groups don't divide {channels.value} channels")
        return mul(channels, Number(Fraction(1, groups)))

    def _kernel(self, kernel: Size) -> tuple[Expr, ...]:
        return per_axis(as_tree(kernel), self.axes, "kernel")

    def _pooled(self, kernel: Size, stride: Size | None, padding: Size) -> tuple[Expr, ...]:
        channels = self._channels()
        step = None if stride is None else as_tree(stride)
        sliding = pooling_windows(self.axes, self.shape, as_tree(kernel), step, as_tree(padding))
        return (*self.batch, channels, *(w.outputs for w in sliding))
