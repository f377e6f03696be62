"""What may follow a dot: the transpose, reductions as NumPy writes them, and functions behind ``np``."""

from __future__ import annotations

from symderiv.language.functions import BUILTIN
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Name, Node, Operation

METHODS = frozenset("mean sum std var max min prod flatten transpose trace dot".split())
_SAME_NAMES = frozenset("np numpy math sp sympy jnp".split())
_ALSO = frozenset("pi e inf convolve correlate".split())
_NUMPY = {"where": "ITE", "multiply": "hadamard", "asarray": "Matrix", "linalg": "np.linalg"}
"""What NumPy calls by a name of its own."""
_LINALG = frozenset("norm inv det".split())
_OTHER_LIBRARIES = frozenset("torch scipy jax tf nn F cmath".split())
_TORCH = frozenset(
    """exp log log1p expm1 sqrt square abs sign sin cos sinh cosh tanh atan erf floor ceil sigmoid relu
    softmax log_softmax sum mean prod norm outer diag trace matmul dot eye""".split()
)
_FUNCTIONAL = frozenset(
    """relu relu6 leaky_relu elu selu celu gelu silu mish softplus softsign sigmoid tanh hardtanh hardswish
    hardsigmoid logsigmoid softmax log_softmax""".split()
)
"""What PyTorch means by these names is what is meant by them here."""
_MODULES = {("torch", "nn"): "nn", ("nn", "functional"): "F"}
_OF_LIBRARY = {"np.linalg": _LINALG, "torch": _TORCH, "F": _FUNCTIONAL}


class Method(Node):
    """``X.mean`` before its brackets."""

    __slots__ = ("base", "name")

    def __init__(self, base: Node, name: Name, start: int, end: int) -> None:
        super().__init__(start, end, base)
        self.base = base
        self.name = name

    def called(self, args: tuple[Node, ...], options: tuple[tuple[Name, Node], ...], end: int) -> Applied:
        """``X.mean((0, 1))`` is ``mean(X, axis=(0, 1))``: what stands in the brackets is the axis.

        ``A.dot(B)`` is ``dot(A, B)``.
        """
        if self.name.name == "dot":
            return Applied(self.name, (self.base, *args), options, self.start, end)
        if len(args) > 1:
            raise Misread(
                f"{self.name.name} behind a dot takes one axis",
                args[1].start,
                args[1].end,
                expected="axis=",
                cure="write x.sum(axis=0)",
            )
        axis = tuple((Name("axis", arg.start, arg.end), arg) for arg in args)
        return Applied(self.name, (self.base,), (*axis, *options), self.start, end)


def attribute(base: Node, name: str, start: int, end: int) -> Node:
    """``A.T``, a reduction such as ``X.mean(0)``, or ``np.exp``; anything else after a dot is refused.

    What NumPy, ``math`` and SymPy call by a name known here means the same; PyTorch's ``var`` doesn't.
    """
    if name == "T":
        return Operation("transpose", (base,), base.start, end)
    if isinstance(base, Name) and base.name in _SAME_NAMES and (name in BUILTIN or name in _ALSO):
        return Name(name, base.start, end)
    if isinstance(base, Name) and base.name in _SAME_NAMES and name in _NUMPY:
        return Name(_NUMPY[name], base.start, end)
    if isinstance(base, Name) and base.name == "torch" and name == "tensor":
        return Name("Matrix", base.start, end)
    if isinstance(base, Name) and (base.name, name) in _MODULES:
        return Name(_MODULES[base.name, name], base.start, end)
    if isinstance(base, Name) and name in _OF_LIBRARY.get(base.name, ()):
        return Name(name, base.start, end)
    if isinstance(base, Name) and base.name in _OTHER_LIBRARIES | _SAME_NAMES | {"np.linalg"}:
        cure = f"write {name}(…)" if name in BUILTIN else "write the formula that it stands for"
        raise Misread(f"no library is used here for '{name}'", base.start, end, cure=cure)
    if name in METHODS:
        return Method(base, Name(name, start + 1, end), base.start, end)
    raise Misread(f"nothing called '.{name}' is known", start, end, expected=".T", cure=f"write {name}(…)")


def uncalled(node: Method) -> Misread:
    """The fault of ``X.mean`` without its brackets."""
    return Misread(
        f"{node.name.name} is a function", node.name.start, node.end, cure=f"write {node.name.name}(…)"
    )
