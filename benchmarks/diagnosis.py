"""What explaining failed checks adds to grading a class in which half of the answers are wrong.

    python benchmarks/diagnosis.py [--size 80]

The same class is graded twice in one run, in turn: once explaining, once only scoring. Both in one process, so the
ratio is of work and not of scheduling; start-up is left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT, write

from winnow.course import load
from winnow.grading import bench
from winnow.grading.pool import Job, Terms
from winnow.record import ExerciseResult
from winnow.secret import DEMO
from winnow.submission import find_submissions, read_submission
from winnow.worker import probe


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=80)
    size = arguments.parse_args().size
    course = load(ROOT)
    layers = [layer for layer, why in probe.available().items() if not why]
    seconds = {True: 0.0, False: 0.0}
    wrong: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        entries = find_submissions(write(Path(folder, "class"), size))
        submissions = [read_submission(student, path, course.exercises) for student, path in entries]

    def jobs() -> Iterator[Job]:
        for number, submission in enumerate(submissions):
            for exercise in course.exercises:
                # Which comes first changes from one to the next: the second finds caches warm.
                for explain in (True, False) if number % 2 else (False, True):
                    start = time.perf_counter()
                    yield Job(submission, (exercise.id,), Terms(explain=explain))
                    if number:
                        seconds[explain] += time.perf_counter() - start

    def emit(results: list[ExerciseResult]) -> None:
        wrong.extend(0 < one.score < one.points for one in results if one.status == "graded")

    bench.run(course, jobs(), emit, layers, DEMO)
    added = seconds[True] / seconds[False] - 1
    share = sum(wrong) / len(wrong)
    print(f"{size} submissions, {share:.0%} of the graded exercises wrong in part")
    print(f"scoring {seconds[False]:.1f} s, scoring and explaining {seconds[True]:.1f} s: explaining adds {added:.0%}")


if __name__ == "__main__":
    main()
