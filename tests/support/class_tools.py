"""What tests of whole runs share: hand in, grade, a disk that fills up, and the tools of the benchmarks."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
WRONG = "def double(x):\n    return x * x\ndef half(x):\n    return x / 2\n"


def hand_in(folder: Path, texts: Mapping[str, str]) -> Path:
    """One folder for each learner, with the text as the answer to `double`."""
    for student, text in texts.items():
        own = folder / student
        own.mkdir(parents=True, exist_ok=True)
        (own / "double.py").write_text(text, encoding="utf-8")
    return folder


def benchmark(name: str) -> ModuleType:
    """A script of `benchmarks/` as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def command(submissions: Path, out: Path) -> list[str]:
    """`winnow grade`, unconfined and with one process."""
    words = [sys.executable, "-m", "winnow.cli", "grade", str(submissions), "--out", str(out)]
    return [*words, "--sandbox=off", "--jobs=1", "--json"]


class Disk:
    """A small file system of its own, which can be filled and emptied.

    It is mounted at `folder` for those who `enter`; everybody else reaches its files by way of `seen`.
    """

    def __init__(self, folder: Path, holder: int) -> None:
        self.folder = folder
        self.seen = Path(f"/proc/{holder}/root{folder}")
        self.enter = ["nsenter", "--preserve-credentials", "-U", "-m", "-t", str(holder)]
        self._ballast = self.seen / "ballast"

    def leave(self, room: int) -> None:
        """Fill it, but for `room` bytes."""
        self.make_room()
        there = os.statvfs(self.seen)
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, there.f_bavail * there.f_bsize - room)

    def make_room(self) -> None:
        """Empty it of what `leave` put there."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, size: int = 32 << 20) -> Iterator[Disk | None]:
    """A tmpfs in a mount namespace of its own; None where that cannot be."""
    folder.mkdir()
    mount = f'mount -t tmpfs -o size={size} none "$0" && echo ready && exec cat'
    try:
        holder = subprocess.Popen(
            ["unshare", "-Urm", "sh", "-c", mount, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        yield None
        return
    with holder:
        assert holder.stdout is not None
        ready = holder.stdout.readline() == b"ready\n"
        disk = Disk(folder, holder.pid)
        entered = (
            ready and subprocess.run([*disk.enter, "true"], check=False, stderr=subprocess.DEVNULL).returncode == 0
        )
        yield disk if entered and os.access(disk.seen, os.W_OK) else None
