"""The rules in the order in which they are tried."""

from __future__ import annotations

from symderiv.derivation.rules import arrays, convolutions, functions, names, numbers
from symderiv.derivation.rules.backward import backward
from symderiv.derivation.rules.closed_forms import closed_form
from symderiv.derivation.rules.entries import in_arrays
from symderiv.derivation.rules.losses import loss_of_activation
from symderiv.derivation.rules.problem import Rule
from symderiv.derivation.rules.scalars_back import operations_back, scalar_back
from symderiv.derivation.rules.sent_back import sent_back

RULES: tuple[tuple[str, Rule], ...] = (
    ("constant", names.constant),
    ("identity", names.identity),
    ("logarithm", functions.log_of_softmax),
    ("closed form", loss_of_activation),
    ("rewriting", in_arrays),
    ("convolution", convolutions.by_input),
    ("convolution", convolutions.by_kernel),
    ("chain rule", sent_back),
    ("weights", arrays.weights),
    ("chain rule", backward),
    ("definition", names.definition),
    ("linearity", arrays.linear),
    ("product rule", arrays.product),
    ("product rule", arrays.entrywise_product),
    ("quotient rule", numbers.quotient),
    ("quotient rule", arrays.quotient),
    ("product rule", arrays.squared_norm),
    ("linearity", arrays.pairing),
    ("chain rule", scalar_back),
    ("linearity", arrays.total),
    ("power rule", numbers.power),
    ("component", arrays.entry_of_vector),
    ("closed form", closed_form),
    ("chain rule", functions.by_heart),
    ("chain rule", functions.named_function),
    ("cases", numbers.cases),
    ("chain rule", names.through_names),
    ("naming", names.name_inner_parts),
    ("chain rule", operations_back),
)
