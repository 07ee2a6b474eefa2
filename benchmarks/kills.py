"""Kill `winnow grade` (-9) at random moments, run it again each time, and compare its store with an undisturbed run's.

python benchmarks/kills.py [--kills 50] [--size 40] [--seed 0] [--course DIR --submissions DIR]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from class_of import ROOT, write

TABLES = ("graded", "latest", "learners")


def main() -> None:
    """Kill, compare, print; exit status 1 when the stores differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--size", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--course", type=Path, default=ROOT)
    arguments.add_argument("--submissions", type=Path)
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        handed_in = args.submissions or write(place / "class", args.size)
        kills = disturbed(args.course, handed_in, place / "disturbed", args.kills, random.Random(args.seed))
        start = time.monotonic()
        finish(args.course, handed_in, place / "whole")
        took = time.monotonic() - start
        same = content(place / "disturbed") == content(place / "whole")
        record = (place / "disturbed" / "results.json").read_bytes() == (place / "whole" / "results.json").read_bytes()
    print(f"{kills} kills; an undisturbed run takes {took:.1f} s")
    print(f"store content {'the same' if same else 'DIFFERS'}; results.json {'the same' if record else 'DIFFERS'}")
    sys.exit(not (same and record))


def command(handed_in: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "winnow.cli", "grade", str(handed_in), "--out", str(out), "--json"]


def start(course: Path, handed_in: Path, out: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "WINNOW_COURSE": str(course)}
    return subprocess.Popen(
        command(handed_in, out), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def finish(course: Path, handed_in: Path, out: Path) -> None:
    """Run to the end. Raises RuntimeError when that does not end well."""
    with start(course, handed_in, out) as process:
        _, said = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(said.decode(errors="replace"))


def disturbed(course: Path, handed_in: Path, out: Path, kills: int, rng: random.Random) -> int:
    """Runs that are killed, each at a random moment, until there were `kills`; then one to the end.

    A run that came to its end before its moment is begun anew with `--fresh`, so that there is something to disturb.
    What was reported before a kill must be in the store after it.
    """
    done = 0
    patience = 8.0
    while done < kills:
        process = start(course, handed_in, out)
        try:
            process.wait(rng.uniform(0.05, patience))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            done += 1
        told, _ = process.communicate()
        reported = told.count(b'{"student"')
        if reported and len(content(out).get("learners", ())) < reported:
            raise RuntimeError("a learner that was reported as graded is not in the store")
        if process.returncode == 0:
            patience = max(1.0, patience / 2)
            for path in out.glob("winnow.sqlite*"):
                path.unlink()
    finish(course, handed_in, out)
    return done


def content(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the store."""
    path = out / "winnow.sqlite"
    if not path.is_file():
        return {}
    with closing(sqlite3.connect(path)) as db:
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {table: sorted(db.execute(f"SELECT * FROM {table}")) for table in TABLES if table in there}


if __name__ == "__main__":
    main()
