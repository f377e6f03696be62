"""What every head, constant and kind of node becomes in a normal form: one line each."""

from __future__ import annotations

from types import MappingProxyType

from symderiv.equality.cells.truths import as_number
from symderiv.equality.integers.floors import floor
from symderiv.equality.normal_forms import algebra, inverse_hyperbolic, opaque, switches, trigonometric
from symderiv.equality.normal_forms.conjugates import sign_by_norm
from symderiv.equality.normal_forms.exponentials import euler, exp, hyperbolic
from symderiv.equality.normal_forms.logarithms import (
    log,
    power_of_log,
    power_of_log_prime,
    power_of_log_ratio,
)
from symderiv.equality.normal_forms.monotone import sign_of_binomial, sign_of_odd
from symderiv.equality.normal_forms.normal_form import Rules

RULES = Rules(
    heads=MappingProxyType(
        {
            "add": algebra.total,
            "mul": algebra.product,
            "pow": algebra.power,
            "exp": exp,
            "log": log,
            "sinh": hyperbolic,
            "cosh": hyperbolic,
            "tanh": hyperbolic,
            "asinh": inverse_hyperbolic.asinh,
            "acosh": inverse_hyperbolic.acosh,
            "atanh": inverse_hyperbolic.atanh,
            "sin": trigonometric.sin,
            "cos": trigonometric.cos,
            "tan": trigonometric.tan,
            "asin": trigonometric.arc_sine,
            "acos": trigonometric.arc_sine,
            "atan": trigonometric.atan,
            "abs": switches.absolute,
            "sign": switches.step,
            "heaviside": switches.step,
            "max": switches.extreme,
            "min": switches.extreme,
            "floor": floor,
            "delta": opaque.delta,
            "erf": opaque.error_function,
            "gamma": opaque.gamma,
            "det": opaque.of_matrix,
            "inverse": opaque.of_matrix,
            "lt": as_number,
            "le": as_number,
            "eq": as_number,
            "ne": as_number,
            "and": as_number,
            "or": as_number,
            "not": as_number,
        }
    ),
    constants=MappingProxyType(
        {"pi": trigonometric.pi, "e": euler, "true": as_number, "false": as_number},
    ),
    entry=opaque.entry,
    call=opaque.call,
    binder=opaque.binder,
    cases=switches.cases,
    powers=MappingProxyType(
        {"log": power_of_log, "log prime": power_of_log_prime, "log ratio": power_of_log_ratio},
    ),
    signs=(sign_by_norm, sign_of_binomial, sign_of_odd),
)
