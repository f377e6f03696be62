"""Which operations have a story: the lines between their definition and the closed form of the derivative."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symderiv.derivation.rules.stories import activations, functions, losses, normalisation, story
from symderiv.derivation.rules.stories.story import Story

STORIES: Mapping[str, Story] = MappingProxyType(
    {
        "softmax": story.softmax,
        "relu": story.relu,
        "sigmoid": functions.sigmoid,
        "tanh": functions.tanh,
        "leaky_relu": functions.leaky_relu,
        "softplus": activations.softplus,
        "silu": activations.silu,
        "swish": activations.silu,
        "gelu": activations.gelu,
        "elu": activations.elu,
        "heaviside": activations.heaviside,
        "log_softmax": losses.log_softmax,
        "cross_entropy": losses.cross_entropy,
        "batch_norm": normalisation.normalised,
        "layer_norm": normalisation.normalised,
        "rms_norm": normalisation.scaled,
    }
)
