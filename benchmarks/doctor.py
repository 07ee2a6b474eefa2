"""What `winnow doctor` costs: CPU for each exercise alone, for all together, and when nothing has changed.

    python benchmarks/doctor.py [--seeds 2] [EXERCISE ...]

CPU is that of all processes that were started, workers and nurseries included, and does not depend on how busy the
machine is as seconds of the wall do.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT

from winnow.course import load

PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("exercises", nargs="*")
    arguments.add_argument("--seeds", type=int, default=2)
    args = arguments.parse_args()
    # What outlives its parent comes to this process, so that its CPU counts.
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1)
    course = load(ROOT)
    names = args.exercises or [exercise.id for exercise in course.exercises]
    for name in names:
        print(f"{name:<20} alone {_told(args.seeds, '--fresh', name)}", flush=True)
    together = _cost(args.seeds, "--fresh", *names)
    print(f"{len(names)} exercises together: {_sentence(together)}, {together[0] / len(names):.1f} s CPU each")
    print(f"the same, unchanged: {_told(args.seeds, *names)}")


def _told(seeds: int, *words: str) -> str:
    return _sentence(_cost(seeds, *words))


def _sentence(cost: tuple[float, float]) -> str:
    return f"{cost[0]:6.1f} s CPU, {cost[1]:6.1f} s"


def _cost(seeds: int, *words: str) -> tuple[float, float]:
    """Seconds of CPU and of the wall that one run takes."""
    command = [sys.executable, "-m", "winnow.cli", "doctor", "--seeds", str(seeds), *words]
    before, start = _spent(), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        subprocess.run(command, cwd=ROOT, stdout=said, stderr=said, check=False)
    took = time.perf_counter() - start
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return _spent() - before, took


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
