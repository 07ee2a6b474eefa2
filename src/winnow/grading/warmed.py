"""Imported last by the process that graders are forked from: what is imported there is warmed up, once for all."""

from __future__ import annotations

import gc
import sys

from winnow.diagnosis import smallest as smallest
from winnow.grading import bench as bench
from winnow.store import engine_digest
from winnow.worker import warm

# The engine is the one that was imported here, whatever is installed later.
engine_digest()

if "torch" in sys.modules:
    # Before its first operation: a fork takes no threads along.
    sys.modules["torch"].set_num_threads(1)
warm.up()
# What is there now stays, and no grader need look through it for garbage.
gc.freeze()
gc.enable()
