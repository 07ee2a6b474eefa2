"""What explaining failed checks adds to grading a class in which half of the answers are wrong.

    python benchmarks/diagnosis.py [--size 80]

The same class is graded twice in one run, once only scoring, once explaining too, by two benches that have nothing in
common but this process, so the ratio is of work and not of scheduling. Start-up, and the first submission with it, is
left out.
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
from winnow.grading.job import Job, Terms
from winnow.record import ExerciseResult
from winnow.secret import DEMO
from winnow.submission import find_submissions, read_submission
from winnow.worker.layers import probe


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

    def jobs(explain: bool) -> Iterator[Job]:
        for number, submission in enumerate(submissions):
            start = time.perf_counter()
            yield Job(submission, tuple(submission.sources), Terms(explain=explain))
            if number:
                seconds[explain] += time.perf_counter() - start

    def emit(_: Job, results: list[ExerciseResult]) -> None:
        wrong.extend(one.score < one.points for one in results if one.status == "graded")

    for explain in (False, True):
        bench.run(course, jobs(explain), emit, layers, DEMO)
    added = seconds[True] / seconds[False] - 1
    share = sum(wrong) / len(wrong)
    print(f"{size} submissions, {share:.0%} of the graded answers wrong")
    print(f"scoring {seconds[False]:.1f} s, scoring and explaining {seconds[True]:.1f} s: explaining adds {added:.0%}")


if __name__ == "__main__":
    main()
