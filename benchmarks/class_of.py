"""A class of any size for the benchmarks: the example class over and over, its constants changed so that no two
submissions are alike and nothing is taken from the store."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "class"
# Submissions that wait for their time limit measure the limit and not the grader.
SLOW = {"s28"}


def learners() -> list[Path]:
    """The example submissions that are used, in order."""
    return [path for path in sorted(EXAMPLES.iterdir()) if path.is_dir() and path.name not in SLOW]


def write(folder: Path, size: int) -> Path:
    """Write `size` submissions below `folder`."""
    folder.mkdir(parents=True)
    sources = learners()
    for number in range(size):
        own = folder / f"learner{number:05d}"
        shutil.copytree(sources[number % len(sources)], own)
        for path in own.rglob("*.py"):
            path.write_bytes(path.read_bytes() + f"\n_LEARNER = {number}\n".encode())
        for path in own.rglob("*.ipynb"):
            changed = (
                f'"cells": [{{"cell_type": "code", "metadata": {{}}, "outputs": [], "source": "_LEARNER = {number}"}},'
            )
            text = path.read_text(encoding="utf-8-sig")
            path.write_text(text.replace('"cells": [', changed, 1), encoding="utf-8")
    return folder
