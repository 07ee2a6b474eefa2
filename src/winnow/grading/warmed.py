"""Imported last by the process that graders are forked from: what is imported there is warmed up, once for all."""

from __future__ import annotations

import sys

from winnow.diagnosis import smallest as smallest
from winnow.grading import bench as bench
from winnow.worker import warm

if "torch" in sys.modules:
    # Before its first operation: a fork takes no threads along.
    sys.modules["torch"].set_num_threads(1)
warm.up()
