"""Functions that libraries know by a name that has no reading here: such a name is no unknown function.

As unknown functions they would differ from the formulas that they stand for: ``clip(x, 0, 1)`` from
``min(max(x, 0), 1)``.
"""

from __future__ import annotations

_NO_FORMULA = "write the formula that is meant, case by case"

KNOWN_ELSEWHERE: dict[str, str] = {
    "clip": "write min(max(x, a), b)",
    "clamp": "write min(max(x, a), b)",
    "relu6": "write min(max(x, 0), 6)",
    "hardtanh": "write min(max(x, -1), 1)",
    "hardsigmoid": "write min(max(x + 3, 0), 6)/6",
    "hardswish": "write x*min(max(x + 3, 0), 6)/6",
    "softsign": "write x/(1 + abs(x))",
    "mish": "write x*tanh(log(1 + exp(x)))",
    "celu": "write max(x, 0) + min(a*(exp(x/a) - 1), 0)",
    "logsigmoid": "write log(sigmoid(x))",
    "softmin": "write softmax(-x)",
    "logaddexp": "write log(exp(x) + exp(y))",
    "square": "write x^2",
    "reciprocal": "write 1/x",
    "exp2": "write 2^x",
    "hypot": "write sqrt(x^2 + y^2)",
    "round": "write floor(x + 1/2), or what is meant at halves",
    "rint": "write floor(x + 1/2), or what is meant at halves",
    "trunc": "write sign(x)*floor(abs(x))",
    "fmod": "write x - y*sign(x/y)*floor(abs(x/y))",
    "cumsum": "write sum(x[j], (j, 0, i)) for its entry i",
    "cumprod": "write prod(x[j], (j, 0, i)) for its entry i",
    "digamma": "write diff(log(gamma(x)), x)",
    **dict.fromkeys(("argmax", "argmin", "argsort", "sort", "sorted", "topk", "median"), _NO_FORMULA),
    **dict.fromkeys(("atan2", "arctan2", "gcd", "lcm", "erfinv"), _NO_FORMULA),
}
"""Their names, and what to write instead."""
