"""What one submission costs: the floor, winnow, one pytest process each, and nbgrader; all from one run on one class.

python benchmarks/throughput.py [--size 100] [--sizes 100,1000,10000] [--nbgrader] [--naive 10]

The floor is what no isolated grader can do without: from the same nurseries a worker is forked for each submission and
exercise, loads the learner's code and answers the same calls. Nothing is checked, compared, explained or kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT, write
from notebooks import hand_in, run

from winnow.course import Exercise, load
from winnow.errors import LostError
from winnow.grading import bench, examiner
from winnow.grading.handed_in import Allowance, HandedIn
from winnow.grading.job import Job
from winnow.grading.rehearsal import Rehearsal
from winnow.nurse import Nurseries
from winnow.nurse.sandbox import choose
from winnow.secret import course_secret
from winnow.submission import Submission, find_submissions, imports, read_submission


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", type=int, default=100)
    arguments.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[])
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--naive", type=int, default=10, help="how many submissions pytest alone is tried on")
    arguments.add_argument("--nbgrader", action="store_true", help="also stock nbgrader autograde")
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if args.sizes:
            flatness(place, args.sizes, args.jobs)
            return
        handed_in = write(place / "class", args.size)
        graded = winnow(handed_in, place / "out", args.jobs) / args.size
        warm, first, forking = floor(handed_in, args.jobs)
        alone = naive(handed_in, args.naive)
        rows = [
            ("floor: fork, load and answer, nurseries warm", warm / args.size),
            ("  of it forking and confining", forking / args.size),
            ("floor with the start of its nurseries", (warm + first) / args.size),
            ("winnow grade, everything included", graded),
            ("one pytest process per submission", alone),
        ]
        if args.nbgrader:
            rows.append(("nbgrader autograde", stock(place / "nbgrader", args.naive)))
    print(f"{args.size} submissions of four exercises, {args.jobs} processes; wall clock per submission")
    for name, seconds in rows:
        print(f"{name:<46} {1000 * seconds:9.1f} ms   {seconds / graded:7.2f} times winnow")
    print(f"winnow / floor with start: {graded / rows[2][1]:.2f}; winnow in all {graded * args.size:.1f} s")


def winnow(handed_in: Path, out: Path, jobs: int) -> float:
    """Seconds that `winnow grade` takes."""
    words = [sys.executable, "-m", "winnow.cli", "grade", str(handed_in), "--out", str(out), f"--jobs={jobs}", "--json"]
    start = time.perf_counter()
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def floor(handed_in: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds for all submissions on `jobs` processes, for starting, and for forking (the mean of the processes)."""
    context = get_context("spawn")
    with context.Pool(jobs) as pool:
        parts = pool.starmap(_floor, [(handed_in, at, jobs) for at in range(jobs)], chunksize=1)
    return max(part[0] for part in parts), max(part[1] for part in parts), statistics.mean(part[2] for part in parts)


def _floor(handed_in: Path, at: int, jobs: int) -> tuple[float, float, float]:
    course, layers = load(ROOT), choose("auto").layers
    entries = find_submissions(handed_in)
    asked = _rehearsals()
    submissions = [read_submission(*entry, course.exercises) for entry in entries[at::jobs]]
    nurseries = Nurseries(layers)
    start = time.perf_counter()
    for needs in {_needs(exercise, one) for one in submissions for exercise in course.exercises}:
        nurseries.fork(needs, course.exercises[0].limits).close()
    ready = time.perf_counter()
    forking = 0.0
    for submission in submissions:
        for exercise in course.exercises:
            source = submission.sources[exercise.id]
            if source.status != "found":
                continue
            job, allowance = Job(submission, (exercise.id,)), Allowance(exercise.limits.total)
            needs = _needs(exercise, submission)
            subject = HandedIn(job, exercise, source, needs, nurseries, allowance, asked[exercise.id])
            began = time.perf_counter()
            nurseries.fork(subject.needs, exercise.limits).close()
            forking += time.perf_counter() - began
            try:
                subject.start()
                subject.hear_all()
            except LostError:
                pass
            subject.close()
    done = time.perf_counter()
    nurseries.close()
    # The forks that were measured apart are not part of the floor.
    return done - ready - forking, ready - start, forking


def _needs(exercise: Exercise, submission: Submission) -> frozenset[str]:
    return frozenset({*exercise.needs, *imports(submission.sources[exercise.id])})


def _rehearsals() -> dict[str, Rehearsal]:
    """What the checks ask, by exercise."""
    course = load(ROOT)
    made: list[Rehearsal] = []

    def noted(*about: Any) -> Rehearsal:
        made.append(Rehearsal(*about))
        return made[-1]

    examiner.Rehearsal = noted  # type: ignore[misc, assignment]
    try:
        for exercise in course.exercises:
            one = read_submission("right", ROOT / "solutions" / exercise.module, course.exercises)
            bench.run(course, iter([Job(one, (exercise.id,))]), lambda _, results: None, (), course_secret(ROOT))
    finally:
        examiner.Rehearsal = Rehearsal  # type: ignore[misc]
    return {exercise.id: one for exercise, one in zip(course.exercises, made, strict=True)}


def naive(handed_in: Path, count: int) -> float:
    """Median seconds of one pytest process that puts all checks, public and hidden, to one submission, unconfined."""
    times = []
    entries = [path for path in sorted(handed_in.iterdir()) if (path / "mae.py").is_file()][:count]
    for path in entries:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for tree in ("exercises", "solutions", "graders"):
                shutil.copytree(ROOT / tree, copy / tree)
            shutil.copy(ROOT / "pyproject.toml", copy)
            for own in path.glob("*.py"):
                for stub in copy.glob(f"exercises/*/{own.name}"):
                    stub.write_bytes(own.read_bytes())
            words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "exercises", "graders"]
            start = time.perf_counter()
            subprocess.run(words, cwd=copy, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def stock(place: Path, count: int) -> float:
    """Seconds per submission of nbgrader's own autograde, on the same answers in the notebooks of all modules."""
    course = load(ROOT)
    run(place.parent, "winnow", "nbgrader", str(place))
    config = place / "nbgrader_config.py"
    config.write_text(config.read_text().replace("isolated = True", "isolated = False"))
    for module in course.modules:
        run(place, "nbgrader", "generate_assignment", module.id)
        hand_in(place, module.id, count)
    start = time.perf_counter()
    for module in course.modules:
        run(place, "nbgrader", "autograde", module.id, may_fail=True)
    return (time.perf_counter() - start) / count


def flatness(place: Path, sizes: list[int], jobs: int) -> None:
    """The cost per submission at each size, beside that at the first."""
    costs = {}
    for size in sizes:
        handed_in = write(place / f"class{size}", size)
        costs[size] = winnow(handed_in, place / f"out{size}", jobs) / size
        told = json.dumps({"size": size, "ms": round(1000 * costs[size], 1), "ratio": costs[size] / costs[sizes[0]]})
        print(told, flush=True)


if __name__ == "__main__":
    main()
