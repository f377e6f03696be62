"""Which operations have a story: the lines between their definition and the closed form of the derivative."""

from __future__ import annotations

from symderiv.derivation.rules import (
    stories,
    stories_activations,
    stories_functions,
    stories_losses,
    stories_normalisation,
)
from symderiv.derivation.rules.stories import Story

STORIES: dict[str, Story] = {
    "softmax": stories.softmax,
    "relu": stories.relu,
    "sigmoid": stories_functions.sigmoid,
    "tanh": stories_functions.tanh,
    "leaky_relu": stories_functions.leaky_relu,
    "softplus": stories_activations.softplus,
    "silu": stories_activations.silu,
    "swish": stories_activations.silu,
    "gelu": stories_activations.gelu,
    "elu": stories_activations.elu,
    "heaviside": stories_activations.heaviside,
    "log_softmax": stories_losses.log_softmax,
    "cross_entropy": stories_losses.cross_entropy,
    "batch_norm": stories_normalisation.normalised,
    "layer_norm": stories_normalisation.normalised,
}
