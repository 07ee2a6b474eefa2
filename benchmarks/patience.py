"""The most that one submission can take, and how much later the rest of its class is done.

    python benchmarks/patience.py [--exercises mae mlp_forward] [--size 38]

For each exercise, answers made to take time or memory are graded alone, and the worst is told: seconds of the wall, and
the most memory that all processes of the run came to have. Then a class of honest learners (the doctor's right and
wrong answers to all exercises of the course) is graded without and with one more learner, first in the class, who hands
in what was slowest for every exercise; the time is that at which the last of the honest learners is done.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT

from winnow.course import Course, Exercise, load
from winnow.doctor import roster
from winnow.grading import pool
from winnow.grading.job import Job, Settings
from winnow.submission import Cell, Source, Submission
from winnow.worker.layers import probe

# What the functions of an exercise do in the place of what they should; `{right}` is the right answer to the call.
WORST = {
    "computes": "\n    while True: pass",
    "sleeps": "\n    time.sleep(1e6)",
    "right after 9 s of sleep": "\n    time.sleep(9)\n    return {right}",
    "right after 9 s of work": "\n    while time.process_time() % 10 < 9: pass\n    return {right}",
    "ends after 9 s": "\n    time.sleep(9)\n    os._exit(0)",
    "fills its memory": "\n    kept.append(bytearray(b'1' * (900 << 20)))\n    return {right}",
    "returns much": "\n    return [{right}] + ['1' * 1000] * 50_000",
    "prints much": "\n    print('x' * 10_000_000)\n    return {right}",
}
# And the same while it is loaded, three times over.
LOADING = "import time\n" + "time.sleep(9)\n" * 9


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--exercises", nargs="+", default=["mae", "mlp_forward"])
    arguments.add_argument("--size", type=int, default=38)
    args = arguments.parse_args()
    course = load(ROOT)
    slowest: dict[str, float] = {}
    for exercise in course.part(tuple(args.exercises)).exercises:
        found = {}
        for name, text in hostile(exercise):
            found[name] = measured(course, [handed_in(exercise, text, "hostile")], (exercise.id,))
            print(f"{exercise.id:<16} {name:<26} {found[name][0]:6.1f} s {found[name][1]:6.0f} MB", flush=True)
            slowest[name] = max(slowest.get(name, 0.0), found[name][0])
        slow = max(found, key=lambda name: found[name][0])
        large = max(found, key=lambda name: found[name][1])
        print(f"{exercise.id}: at most {found[slow][0]:.1f} s ({slow}), {found[large][1]:.0f} MB ({large})", flush=True)
    honest = [learner(course, number) for number in range(args.size)]
    names = tuple(exercise.id for exercise in course.exercises)
    kind = max(slowest, key=lambda name: slowest[name])
    bad = learner(course, -1, {exercise.id: dict(hostile(exercise))[kind] for exercise in course.exercises})
    alone, beside = [], []
    for _ in range(3):
        alone.append(measured(course, honest, names)[0])
        beside.append(measured(course, [bad, *honest], names)[0])
    without, with_it = statistics.median(alone), statistics.median(beside)
    print(f"{args.size} honest learners: {without:.1f} s; after one who takes all they can ({kind}): {with_it:.1f} s, "
          f"{with_it / without:.2f} times as long (medians of 3)")  # fmt: skip


def hostile(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Answers that take what they can."""
    solution = roster.solution(exercise)
    for name, body in WORST.items():
        functions = "".join(
            f"_{each} = {each}\ndef {each}(*args, **kwargs):{body.format(right=f'_{each}(*args, **kwargs)')}\n"
            for each in exercise.functions
        )
        yield name, f"{solution}\nimport os, time\nkept = []\n{functions}"
    yield "takes long to load", LOADING + solution


def handed_in(exercise: Exercise, text: str, student: str) -> Submission:
    """One exercise of one learner."""
    source = Source(exercise.id, "found", (Cell(f"{exercise.id}.py", text),), path=f"{exercise.id}.py")
    return Submission(student, exercise.stub, {exercise.id: source})


def learner(course: Course, number: int, texts: dict[str, str] | None = None) -> Submission:
    """All exercises of one learner: the doctor's answers in turn, no two of them the same, or these texts."""
    sources = {}
    for exercise in course.exercises:
        if texts is not None:
            sources |= handed_in(exercise, texts[exercise.id], "").sources
            continue
        entries = [one for one in roster.entries(exercise) if one.kind != "stub"]
        own = entries[number % len(entries)].submission(exercise).sources[exercise.id]
        last = own.cells[-1]
        cells = (*own.cells[:-1], replace(last, source=f"{last.source}\n_LEARNER = {number}\n"))
        sources[exercise.id] = replace(own, cells=cells)
    return Submission(f"learner {number}", course.root, sources)


def measured(course: Course, submissions: Sequence[Submission], exercises: tuple[str, ...]) -> tuple[float, float]:
    """Seconds until all but the hostile learner of a class are done, and the most memory of all processes in MB."""
    settings = Settings.of(course, [layer for layer, why in probe.available().items() if not why], b"patience")
    waiting = {one.student for one in submissions if one.student != "learner -1"}
    jobs = (Job(one, exercises) for one in submissions)
    with Memory() as memory:
        start = time.perf_counter()
        done = pool.grade(course, jobs, settings, os.cpu_count() or 1)
        for job, _ in done:
            waiting.discard(job.submission.student)
            if not waiting:
                break
        took = time.perf_counter() - start
        done.close()
    return took, memory.most


class Memory:
    """Watches how much memory the processes that descend from this one share out among them."""

    def __enter__(self) -> Memory:
        self.most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, sum(map(share, descendants(os.getpid()))))


def descendants(pid: int) -> Iterator[int]:
    """All processes that come of one."""
    for path in each(lambda: list(Path(f"/proc/{pid}/task").glob("*/children"))):
        for child in each(lambda path=path: path.read_text().split()):
            yield int(child)
            yield from descendants(int(child))


def each(read: Callable[[], list]) -> list:
    """What is read, or nothing where the process has ended meanwhile."""
    try:
        return read()
    except OSError:
        return []


def share(pid: int) -> float:
    """A process's memory in MB, what it shares with others counted in part."""
    lines = each(lambda: Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
