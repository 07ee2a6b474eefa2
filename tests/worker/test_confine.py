"""What confined code can and cannot do, under every useful set of layers that this machine offers."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from winnow.worker.layers.confine import LAYERS
from winnow.worker.layers.probe import available

from ..support import confined, honest, hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement needs Linux")

MISSING = available() if sys.platform == "linux" else {}
SETS = {
    "all layers": LAYERS,
    "all layers, joined": confined.Joined(LAYERS),
    "without bubblewrap": LAYERS[1:],
    "bubblewrap without own namespaces": tuple(layer for layer in LAYERS if layer != "namespaces"),
    "bubblewrap without own namespaces, joined": confined.Joined(name for name in LAYERS if name != "namespaces"),
    "as in a stock container": LAYERS[2:],
    "as on a kernel without Landlock": ("seccomp", "privileges", "rlimits"),
    **{f"{layer} alone": (layer,) for layer in LAYERS},
    "bubblewrap alone, joined": confined.Joined(("bubblewrap",)),
}


@pytest.fixture(params=SETS, scope="module")
def layers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    chosen = SETS[request.param]
    for layer in chosen:
        if MISSING[layer]:
            pytest.skip(f"{layer}: {MISSING[layer]}")
    if chosen == ("privileges",) or ("privileges" in chosen and "landlock" not in chosen):
        # Where nobody else may read the interpreter, root would stay root: refused, and tested on its own.
        problem = available(set(LAYERS) - set(chosen))["privileges"]
        if problem:
            pytest.skip(problem)
    return chosen


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    (folder / "solutions").mkdir()
    (folder / "solutions" / "mae.py").write_text("WINNOW_REF_TOKEN = 1\n")
    return folder


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_attacks_fail_with_an_error_and_nothing_else(layers: tuple[str, ...], course: Path, port: int) -> None:
    secret = course / "solutions" / "mae.py"
    before = secret.read_text(), secret.stat().st_mtime_ns, secret.stat().st_mode
    attacks = [attack for attack in hostile.ATTACKS if attack.is_stopped(layers)]
    facts = f"COURSE, PORT, SEES_NO_ROOT = {str(course)!r}, {port}, {'landlock' in layers}\n"
    results = confined.run(layers, [facts + attack.code for attack in attacks])
    said = {attack.name: result for attack, result in zip(attacks, results, strict=True)}
    assert {name: text for name, (text, _) in said.items() if "REACHED" in text} == {}
    # Clean errors only: every attack's worker is alive at the end.
    assert {name: result for name, result in said.items() if not result[0].endswith("end") or result[1]} == {}
    assert (secret.read_text(), secret.stat().st_mtime_ns, secret.stat().st_mode) == before
    assert [path.name for path in course.rglob("*")] == ["solutions", "mae.py"]


def test_whoever_joins_is_where_bubblewrap_would_have_started_it() -> None:
    if MISSING["bubblewrap"]:
        pytest.skip(MISSING["bubblewrap"])
    look = """
import json, os
home = os.path.dirname(os.environ["HOME"])
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "is": [status[name] for name in ("Uid", "Gid", "Groups", "NoNewPrivs", "CapInh", "CapPrm", "CapEff")],
    "may": {name: int(status[name], 16) for name in ("CapBnd", "CapAmb")},
    "sees": [os.listdir("/"), os.uname().nodename, sorted(os.environ.keys() - {"PWD"})],
    "mounts": [line.replace(home, "HOME").split()[3:] for line in open("/proc/self/mountinfo")],
    "shares": sorted(name for name in os.listdir("/proc/self/ns") if os.readlink(f"/proc/self/ns/{name}") in OUTSIDE),
}), end="")
"""
    outside = f"OUTSIDE = {[str(kind.readlink()) for kind in Path('/proc/self/ns').iterdir()]}\n"
    both = []
    for layers in ("bubblewrap",), confined.Joined(("bubblewrap",)):
        ((said, _),) = confined.run(layers, [outside + look])
        both.append(json.loads(said.removesuffix("end")))
    started, joined = (each.pop("may") for each in both)
    assert both[0] == both[1]
    assert all(joined[name] | started[name] == started[name] for name in started)
    assert not {"mnt", "net", "pid", "ipc", "uts"} & set(both[1]["shares"])


def test_attacks_would_succeed_without_layers(course: Path, port: int) -> None:
    """Otherwise the test above would pass whatever the layers do."""
    harmless = {"reads the course", "reads by openat2, O_PATH and symbolic links", "starts processes", "opens sockets",
                "signals others", "loosens its own bounds", "takes too much memory", "writes a large file"}  # fmt: skip
    attacks = [attack for attack in hostile.ATTACKS if attack.name in harmless]
    facts = f"COURSE, PORT, SEES_NO_ROOT = {str(course)!r}, {port}, True\n"
    results = confined.run((), [facts + attack.code for attack in attacks])
    assert len(attacks) == len(harmless)
    assert [attack.name for attack, (text, _) in zip(attacks, results, strict=True) if "REACHED" not in text] == []


@pytest.mark.parametrize("warm", [("numpy",), ("numpy", "pandas", "torch")], ids=["numpy", "torch"])
def test_honest_code_runs(layers: tuple[str, ...], warm: tuple[str, ...]) -> None:
    if "torch" in warm and len(layers) == 1:
        pytest.skip("a single layer is no less tested with numpy")
    snippets = [snippet for snippet in honest.SNIPPETS if ("torch" in warm) == snippet.needs_torch]
    results = confined.run(layers, [snippet.code for snippet in snippets], warm, memory=1024)
    said = {snippet.name: result for snippet, result in zip(snippets, results, strict=True)}
    assert {name: result for name, result in said.items() if result != ("end", 0)} == {}


def test_the_limits_of_cpu_and_memory_are_above_what_the_nursery_uses() -> None:
    rlimits = """
import resource
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
room = resource.getrlimit(resource.RLIMIT_AS)[1] - size
assert 60 << 20 < room <= 64 << 20, room
assert resource.getrlimit(resource.RLIMIT_CPU) == (3, 4)
"""
    assert confined.run(("rlimits",), [rlimits], memory=64, cpu=2.5) == [("end", 0)]


def test_a_worker_that_computes_too_long_is_killed(layers: tuple[str, ...]) -> None:
    if "rlimits" not in layers:
        pytest.skip("the limit is rlimits'")
    endless = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert confined.run(layers, [endless], cpu=1) == [("", 9)]


def test_scratch_folders_are_empty_and_apart(layers: tuple[str, ...]) -> None:
    leave = "import os\nassert os.listdir('.') == []\nopen('left', 'w').write('x')\nassert os.listdir('.') == ['left']"
    assert confined.run(layers, [leave, leave]) == [("end", 0), ("end", 0)]


def test_every_layer_is_tried_and_switching_off_is_said() -> None:
    found = available(without={"landlock", "bubblewrap"})
    assert list(found) == list(LAYERS)
    assert found["landlock"] == found["bubblewrap"] == "it is switched off"
    with pytest.raises(ValueError, match="no sandbox layer apparmor"):
        available(without={"apparmor"})
