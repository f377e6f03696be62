"""The functions that the language knows by itself: spelling → head.

Operations of deep learning (``conv2d``, ``softmax``, …) are not among them: a `Scope` brings those.
"""

from __future__ import annotations

_SAME = """
exp expm1 log log1p logit sqrt abs sign max min floor ceil frac sin cos tan cot sec csc asin acos atan
sinh cosh tanh sech csch coth asinh acosh atanh asec acsc asech acsch acoth
erf erfc gamma factorial binomial heaviside sigmoid relu delta
sum prod mean var std norm dot cross
transpose trace det inv diag outer hadamard kron matmul eye ones zeros flip reshape flatten vec concat stack
len shape limit value_at integral dict
""".split()

_OTHER = {
    "ln": "log",
    "log_e": "log",
    "log2": "log2",
    "log10": "log10",
    "log_2": "log2",
    "log_10": "log10",
    "Max": "max",
    "maximum": "max",
    "Min": "min",
    "minimum": "min",
    "Abs": "abs",
    "sgn": "sign",
    "ceiling": "ceil",
    "expit": "sigmoid",
    "logistic": "sigmoid",
    "comb": "binomial",
    "cosec": "csc",
    "cosech": "csch",
    "tg": "tan",
    "ctg": "cot",
    "cotg": "cot",
    "arctg": "atan",
    "arcsec": "asec",
    "arccsc": "acsc",
    "arcsech": "asech",
    "arsech": "asech",
    "arccsch": "acsch",
    "arcsch": "acsch",
    "arccoth": "acoth",
    "arcoth": "acoth",
    "kronecker_delta": "delta",
    "ZeroMatrix": "zeros",
    "OneMatrix": "ones",
    "Array": "Matrix",
    "ImmutableDenseNDimArray": "Matrix",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "Heaviside": "heaviside",
    "KroneckerDelta": "delta",
    "ReLU": "relu",
    "Sum": "sum",
    "summation": "sum",
    "Product": "prod",
    "product": "prod",
    "Integral": "integral",
    "integrate": "integral",
    "Limit": "limit",
    "lim": "limit",
    "Subs": "value_at",
    "tr": "trace",
    "Trace": "trace",
    "inverse": "inv",
    "Inverse": "inv",
    "Transpose": "transpose",
    "Determinant": "det",
    "HadamardProduct": "hadamard",
    "KroneckerProduct": "kron",
    "Identity": "eye",
    "concatenate": "concat",
    "avg": "mean",
    "average": "mean",
    "Piecewise": "Piecewise",
    "Matrix": "Matrix",
    "ImmutableMatrix": "Matrix",
    "MutableDenseMatrix": "Matrix",
    "ImmutableDenseMatrix": "Matrix",
    "array": "Matrix",
    "Rational": "Rational",
    "Integer": "Integer",
    "Tuple": "Tuple",
    "list": "list",
    "tuple": "tuple",
    "set": "set",
    "FiniteSet": "set",
    "range": "range",
    "all": "forall",
    "forall": "forall",
    "ITE": "ITE",
    "And": "and",
    "Or": "or",
    "Not": "not",
    "Eq": "eq",
    "Ne": "ne",
    "Lt": "lt",
    "Le": "le",
    "Gt": "gt",
    "Ge": "ge",
    "Mod": "mod",
    "Add": "add",
    "Mul": "mul",
    "Pow": "pow",
    "pow": "pow",
    "power": "pow",
    "Derivative": "diff",
    "derivative": "diff",
    "grad": "gradient",
    "Hessian": "hessian",
    "hess": "hessian",
    "absolute": "abs",
    "fabs": "abs",
    "signum": "sign",
    "binom": "binomial",
    "choose": "binomial",
    "nCr": "binomial",
    "cat": "concat",
    "where": "ITE",
}

NOT_READ = frozenset(
    """
    eval exec open compile getattr setattr delattr globals locals vars dir type input print exit quit
    breakpoint help id hash super object classmethod staticmethod memoryview bytes bytearray
    Subs Lambda RootOf CRootOf Interval Union Intersection ConditionSet ImageSet Contains Order Function
    Symbol Wild MatrixSymbol Indexed IndexedBase sympify parse_expr lambdify
    """.split()
)
"""Of Python and SymPy, what looks like a function but is none of mathematics."""

SEVERAL_MEANINGS = {
    "sinc": "write sin(x)/x or sin(pi*x)/(pi*x)",
    "int": "write integral(f, (x, a, b)), or floor(x)",
    "lg": "write log10(x) or log2(x)",
    "identity": "write eye(n), or the argument alone",
    "kl_div": "write kl_divergence(p, q): libraries differ on the order and on logarithms",
    "conv": "write conv1d or conv2d (the kernel as it is), or convolve (the kernel flipped)",
    "remainder": "write x % n",
    "step": "write heaviside(x)",
    "unit_step": "write heaviside(x), or 1 if x >= 0 else 0",
    "acot": "write atan(1/x) or pi/2 - atan(x)",
    "arccot": "write atan(1/x) or pi/2 - atan(x)",
    "arcctg": "write atan(1/x) or pi/2 - atan(x)",
    "root": "write x^(1/n)",
    "inner": "write dot(x, y) for vectors",
    "vdot": "write dot(x, y) for vectors",
    "rect": "write 1 if abs(x) < 1/2 else 0, and what is meant at the borders",
}
"""Functions that one field reads like this and another like that, and what to write instead."""

CALLED_WITH_MORE = {
    "limit": "limit(f, x, 0)",
    "value_at": "value_at(f, x, 3)",
    "integral": "integral(f, (x, a, b))",
    "diff": "diff(f, x)",
    "gradient": "gradient(L, x)",
    "jacobian": "jacobian(y, x)",
    "hessian": "hessian(L, x)",
    "delta": "delta(i, j)",
}
"""How functions of more than one argument are called."""

TYPICAL_FUNCTIONS = frozenset("f g h F G phi psi sigma rho varphi".split())
"""Names that, before a bracket, usually are functions."""

OFTEN_NAMES = frozenset("gamma delta logit mean var std norm avg mod kron vec".split())
"""Functions whose name is as often that of a number: alone and undeclared, it is one."""
WITHOUT_BRACKETS = frozenset(
    "log ln log2 log10 log_2 log_10 log₂ log₁₀ exp sin cos tan sinh cosh tanh".split()
)
"""Functions that take the next factor where their brackets are left out."""

BUILTIN: dict[str, str] = {name: name for name in _SAME} | _OTHER
"""Every spelling that the language understands without being told, and the head it stands for."""
