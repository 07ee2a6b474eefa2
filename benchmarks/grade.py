"""How long `winnow grade` takes for a class, what one submission costs, and what part of it is forking.

    python benchmarks/grade.py [--size 100]
    python benchmarks/grade.py --exercise NAME ...          # or: --exercise all

With `--exercise`: the CPU that one answer to it costs, in the grader and in workers, beyond the fork (a worker's begins
when it is confined). The answers are the course's own, right and wrong, and those of tests/answers. Each is graded and
explained, and then once again, as most are in a class: equal answers are judged and explained once.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT, write

from winnow.course import Course, Exercise, Limits, load
from winnow.diagnosis import smallest as smallest  # a grader has imported it before an answer comes
from winnow.doctor import roster
from winnow.doctor.plan import secret
from winnow.grading import bench
from winnow.grading.job import Job
from winnow.nurse import Line, Nurseries, Nursery, Prewarmed, Worker
from winnow.record import ExerciseResult
from winnow.submission import Cell
from winnow.worker import wire
from winnow.worker.layers import probe

FORKS = 40


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", type=int, default=100)
    arguments.add_argument("--exercise", nargs="+", default=[], metavar="NAME", help="or `all`")
    args = arguments.parse_args()
    course, layers = load(ROOT), [layer for layer, why in probe.available().items() if not why]
    if args.exercise:
        names = [exercise.id for exercise in course.exercises] if args.exercise == ["all"] else args.exercise
        answers(course.part(names), layers)
        return
    size = args.size
    with tempfile.TemporaryDirectory() as folder:
        handed_in = write(Path(folder, "class"), size)
        command = [sys.executable, "-m", "winnow.cli", "grade", str(handed_in), "--out", str(Path(folder, "out"))]
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        first = time.perf_counter() - start
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        again = time.perf_counter() - start
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


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU that one answer took, and whether it is right. `again`: an equal one came before."""

    name: str
    right: bool
    again: bool
    grader: float
    worker: float

    @property
    def whole(self) -> float:
        return self.grader + self.worker


def answers(course: Course, layers: list[str]) -> None:
    """Print what an answer to each exercise costs."""
    print(f"{'median ms of CPU, beyond the fork':<46} all   right   wrong  in worker   again  dearest")
    medians = []
    prewarmed = Prewarmed([exercise.needs for exercise in course.exercises], layers)
    for exercise in course.exercises:
        costs = _costs(course.part([exercise.id]), exercise, layers, prewarmed.lines())
        first = [one for one in costs if not one.again]
        right, wrong = ([one.whole for one in first if one.right is right] for right in (True, False))
        again = [one.whole for one in costs if one.again]
        parts = [[*right, *wrong], right, wrong, [one.worker for one in first], again]
        figures = [statistics.median(part) for part in parts]
        medians.append(figures[0])
        told = f"{exercise.id:<24} {len(right):3} right, {len(wrong):2} wrong"
        dearest = max(first, key=lambda one: one.whole)
        print(f"{told:<42}{''.join(f'{one:8.1f}' for one in figures)}  {dearest.name} {dearest.whole:.0f}", flush=True)
    prewarmed.close()
    print(f"{len(medians)} exercises: median {statistics.median(medians):.1f} ms, most {max(medians):.1f} ms")


def _costs(course: Course, exercise: Exercise, layers: list[str], lines: list[Line]) -> list[Cost]:
    """What the answers to one exercise cost, graded one after another in this process, as in one of a pool."""
    entries = list(_entries(exercise))
    costs: list[Cost] = []
    forked: list[Worker] = []
    began = 0.0

    class Watched(Nurseries):
        def fork(self, *about: Any) -> Worker:
            forked.append(super().fork(*about))
            return forked[-1]

    def jobs() -> Iterator[Job]:
        nonlocal began
        for entry in (*entries, *entries):
            forked.clear()
            began = time.process_time()
            yield Job(replace(entry.submission(exercise), student=entry.name), (exercise.id,))

    def note(job: Job, results: list[ExerciseResult]) -> None:
        grader, worker = time.process_time() - began, sum(one.used for one in forked)
        entry = entries[len(costs) % len(entries)]
        right, again = entry.kind != "misconception", len(costs) >= len(entries)
        costs.append(Cost(entry.name, right, again, 1000 * grader, 1000 * worker))

    bench.Nurseries = Watched  # type: ignore[misc, assignment]
    bench.run(course, jobs(), note, layers, secret(0), lines)
    # With the stub, which comes first, the checks are read and the libraries loaded.
    return [one for one in costs if one.name != "stub"]


def _entries(exercise: Exercise) -> Iterator[roster.Entry]:
    yield from roster.entries(exercise)
    for path in sorted(ROOT.glob(f"tests/answers/*/{exercise.id}/*.py")):
        kind: roster.Kind = "alternative" if path.parts[-3] == "right" else "misconception"
        yield roster.Entry(exercise.id, kind, path.stem, (Cell(path.name, path.read_text(encoding="utf-8")),))


if __name__ == "__main__":
    main()
