"""Hypothesis tries the same examples in every run: a run tells about the change and not about its luck.

``HYPOTHESIS_PROFILE=searching pytest …`` looks at new ones; the soaks (``make soak``) do nothing else.
"""

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("searching", derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(autouse=True, scope="module")
def _settled_heap() -> None:
    """Proofs have a budget of processor time, which a look through all that was left behind eats."""
    gc.collect()
    gc.freeze()
