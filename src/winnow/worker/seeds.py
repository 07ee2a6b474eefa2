"""Global generators of random numbers, in a state that is the same for every submission and in every run."""

from __future__ import annotations

import random
import sys


def settle() -> None:
    """Put the generators of all libraries that are imported into their first state."""
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        # Only the generator of the CPU, where all values of checks are. `torch.manual_seed` would also note down the
        # whole call stack for every kind of accelerator, each time: a third of a grader's work.
        sys.modules["torch"].default_generator.manual_seed(0)
