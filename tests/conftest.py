"""Hypothesis tries the same examples in every run: a run tells about the change and not about its luck.

``HYPOTHESIS_PROFILE=searching pytest …`` looks at new ones; the soaks (``make soak``) do nothing else.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("searching", derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
