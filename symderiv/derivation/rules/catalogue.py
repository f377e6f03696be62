"""The rules in the order in which they are tried."""

from __future__ import annotations

from symderiv.derivation.rules import arrays, functions, names, numbers, order
from symderiv.derivation.rules.backward.names import backward
from symderiv.derivation.rules.backward.scalars import scalar_back
from symderiv.derivation.rules.backward.sent_back import sent_back
from symderiv.derivation.rules.blocks import block
from symderiv.derivation.rules.by_hand import by_hand
from symderiv.derivation.rules.cells import gates
from symderiv.derivation.rules.closed_forms import closed_form
from symderiv.derivation.rules.compositions import composed
from symderiv.derivation.rules.entries import in_arrays
from symderiv.derivation.rules.inverses import inverse
from symderiv.derivation.rules.joined import joined
from symderiv.derivation.rules.jumps import jump
from symderiv.derivation.rules.matrix_products import matrix_product
from symderiv.derivation.rules.problem import Rule
from symderiv.derivation.rules.quotients import quotient_of_arrays, scaled
from symderiv.derivation.rules.rearranged import one_slice, rearranged
from symderiv.derivation.rules.rows import in_rows
from symderiv.derivation.rules.several_places import several_places
from symderiv.derivation.rules.slices import over_slices
from symderiv.derivation.rules.word_losses import word_loss

RULES: tuple[tuple[str, Rule], ...] = (
    ("constant", names.constant),
    ("identity", names.identity),
    ("logarithm", functions.log_of_softmax),
    ("rewriting", in_arrays),
    ("rewriting", in_rows),
    ("rewriting", by_hand),
    ("rewriting", order.pooled_before_relu),
    ("slice by slice", over_slices),
    ("jump", jump),
    ("definition", word_loss),
    ("definition", gates),
    ("definition", composed),
    ("chain rule", sent_back),
    ("weights", arrays.weights),
    ("chain rule", backward),
    ("definition", names.definition),
    ("linearity", arrays.linear),
    ("chain rule", scalar_back),
    ("product rule", scaled),
    ("product rule", arrays.product),
    ("product rule", matrix_product),
    ("product rule", inverse),
    ("product rule", arrays.entrywise_product),
    ("quotient rule", quotient_of_arrays),
    ("quotient rule", numbers.quotient),
    ("quotient rule", arrays.quotient),
    ("product rule", arrays.squared_norm),
    ("linearity", arrays.pairing),
    ("linearity", arrays.total),
    ("power rule", numbers.power),
    ("linearity", numbers.sum_of_terms),
    ("joined arrays", joined),
    ("linearity", rearranged),
    ("component", one_slice),
    ("component", block),
    ("component", arrays.entry_of_vector),
    ("closed form", closed_form),
    ("naming", several_places),
    ("chain rule", functions.by_heart),
    ("chain rule", functions.larger_of_two),
    ("chain rule", functions.named_function),
    ("cases", numbers.cases),
    ("chain rule", names.through_names),
    ("naming", names.name_inner_parts),
)
