"""How long `winnow grade` takes for a class, what one submission costs, and what part of it is forking.

python benchmarks/grade.py [--size 100]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT, write

from winnow.course import Limits, load
from winnow.nurse import Nursery
from winnow.worker import probe, wire

FORKS = 40


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=100)
    size = arguments.parse_args().size
    course = load(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        handed_in = write(Path(folder, "class"), size)
        command = [sys.executable, "-m", "winnow.cli", "grade", str(handed_in), "--out", str(Path(folder, "out"))]
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        first = time.perf_counter() - start
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        again = time.perf_counter() - start
    layers = [layer for layer, why in probe.available().items() if not why]
    forks = {exercise.id: fork(exercise.needs, layers) for exercise in course.exercises}
    print(f"winnow grade, {size} submissions of {len(course.exercises)} exercises: {first:.1f} s, again {again:.1f} s")
    print(f"per submission: {1000 * first / size:.0f} ms on all cores, start-up included")
    print(f"of it, forking and confining a worker for each exercise: {sum(forks.values()):.0f} ms on one core")
    for name, milliseconds in forks.items():
        print(f"  {name}: {milliseconds:.1f} ms")


def fork(needs: tuple[str, ...], layers: list[str]) -> float:
    """Median milliseconds from asking for a worker until it has answered, confined, and its end was ordered."""
    nursery = Nursery(needs, layers)
    nothing = wire.pack([], {"op": "call", "requests": []})
    times = []
    for _ in range(FORKS):
        start = time.perf_counter()
        worker = nursery.fork(Limits())
        worker.ask(nothing)
        worker.close()
        times.append(time.perf_counter() - start)
    nursery.close()
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
