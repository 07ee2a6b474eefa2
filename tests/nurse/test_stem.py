"""The process that nurseries and graders are forked from: what grows on it is what would have been started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.course import Limits
from winnow.grading import process_tree
from winnow.nurse import Nurseries, Nursery, Prewarmed
from winnow.nurse.stem import Stem
from winnow.worker import wire
from winnow.worker.layers import bubblewrap
from winnow.worker.layers.confine import LAYERS
from winnow.worker.layers.probe import available

from ..support.class_tools import command, hand_in
from ..support.loads import loading
from ..support.small_course import RIGHT, make

MISSING = available()
SETS = {"all layers": LAYERS, "without bubblewrap": LAYERS[1:], "bubblewrap alone": LAYERS[:1], "none": ()}
LOOK = """
import os, sys
def look():
    engine = sorted(name for name in sys.modules if name.partition(".")[0] in ("winnow", "pytest", "numpy"))
    return [open("/proc/self/environ").read() if os.path.exists("/proc/self/environ") else "", engine, os.getcwd()]
"""


@pytest.fixture
def stem() -> Iterator[Stem]:
    one = Stem()
    yield one
    one.close()


@pytest.fixture(params=SETS)
def layers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    for layer in SETS[request.param]:
        if MISSING[layer]:
            pytest.skip(f"{layer}: {MISSING[layer]}")
    return SETS[request.param]


def looked(nursery: Nursery) -> list[object]:
    """What a worker of the nursery sees."""
    worker = nursery.fork(Limits())
    load = loading("a.py", LOOK, "look")
    worker.ask(wire.pack([], load))
    values, _ = wire.unpack(*worker.ask(wire.pack([((), {})], {"op": "call", "requests": [["look"]]})))
    worker.close()
    found: list[object] = values[0]
    return found


def test_a_nursery_that_was_forked_is_as_one_that_was_started(
    stem: Stem, layers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINNOW_SECRET", "sealed")
    seen = []
    for nursery in Nursery(("numpy",), layers, stem), Nursery(("numpy",), layers):
        environment, modules, folder = looked(nursery)
        assert "sealed" not in str(environment)
        seen.append((modules, str(folder).replace(str(nursery.home), "").rpartition("/")[0]))
        assert nursery._grown == (not seen[1:])
        nursery.close()
        assert not nursery.home.exists()
    assert seen[0] == seen[1]
    assert not [name for name in map(str, seen[0][0]) if not name.startswith("numpy")]


def test_where_bubblewrap_lets_nobody_in_it_starts_the_nursery(stem: Stem, monkeypatch: pytest.MonkeyPatch) -> None:
    if MISSING["bubblewrap"]:
        pytest.skip(MISSING["bubblewrap"])
    monkeypatch.setattr(bubblewrap, "WAITING", [sys.executable, "-I", "-S", "-c", "pass"])
    nursery = Nursery(("numpy",), ("bubblewrap",), stem)
    assert nursery._grown
    assert looked(nursery)
    nursery.close()


def test_a_nursery_starts_although_the_stem_is_gone(stem: Stem) -> None:
    stem.close()
    prewarmed = Prewarmed([("numpy",)], (), stem)
    nurseries = Nurseries((), prewarmed.lines())
    nurseries.fork(("numpy",), Limits()).close()
    nurseries.close()
    prewarmed.close()


def surroundings(line: Connection, _descriptors: Sequence[int]) -> None:
    line.send((dict(os.environ), sys.path, os.getcwd(), sys.dont_write_bytecode))


def test_what_is_trusted_has_the_surroundings_of_who_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_tree, "_tree", process_tree._ProcessTree())
    fork = process_tree.Fork(surroundings)
    assert fork.begin()
    environment, path, folder, bytecode = fork.line.recv()
    fork.kill()
    fork.close()
    process_tree._tree.close()
    assert environment.items() >= os.environ.items()
    assert (path, bytecode) == (sys.path, sys.dont_write_bytecode)
    assert folder == os.getcwd()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_everything_ends_with_who_was_killed(tmp_path: Path) -> None:
    (tmp_path / "waiting.py").write_text("def wait(line, _):\n    line.recv()\n")
    code = f"""
import os, subprocess, sys, time
sys.path.insert(0, {str(tmp_path)!r})
from waiting import wait
from winnow.grading import process_tree
from winnow.nurse import Prewarmed
from winnow.nurse.sandbox import choose
process_tree.prewarm([("numpy",)])
prewarmed = Prewarmed([("numpy",), ("numpy", "pandas")], choose("auto").layers, process_tree.stem())
lines = prewarmed.lines()
for line in lines:
    line.greet()
grader = process_tree.Fork(wait)
assert grader.begin()
table = [row.split() for row in subprocess.check_output(["ps", "-eo", "pid=,ppid="], text=True).splitlines()]
found = {{str(os.getpid())}}
while more := {{pid for pid, parent in table if parent in found}} - found:
    found |= more
print(*found - {{str(os.getpid())}}, flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        assert len(pids) > 6
        run.kill()
    while any(map(alive, pids)):
        time.sleep(0.05)


def test_nothing_is_imported_where_all_was_graded_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    submissions = hand_in(tmp_path / "class", {"kim": RIGHT})
    words = command(submissions, tmp_path / "out")[3:]
    asked: list[object] = []
    monkeypatch.setattr(process_tree, "prewarm", asked.append)
    assert main(words) == 0
    assert asked
    asked.clear()
    assert main(words) == 0
    assert not asked
    assert main([*words, "--fresh"]) == 0
    assert asked
