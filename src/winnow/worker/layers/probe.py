"""Which layers work on this machine: each is put on in a process made for that, and seen to work or not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from . import bubblewrap, confine

_START = (
    "import sys; sys.path.insert(0, {path!r}); from worker.layers import probe; probe.try_each({layers!r}, {folder!r})"
)
_REMEDIES = {
    "bubblewrap": "install it (apt install bubblewrap) and let it make user namespaces",
    "namespaces": (
        "let users make user namespaces: sysctl user.max_user_namespaces above 0; on Ubuntu "
        "kernel.apparmor_restrict_unprivileged_userns=0; in a container --security-opt seccomp=unconfined"
    ),
    "landlock": "use Linux 5.13 or newer with landlock among its security modules, and pip install py-landlock",
    "seccomp": "install libseccomp (apt install libseccomp2) and pip install pyseccomp",
    "privileges": "start winnow as an ordinary user",
    "rlimits": "start winnow with the default limits (ulimit)",
}


def available(without: Collection[str] = ()) -> dict[str, str]:
    """For every layer the empty text when it works here, else a sentence: what is missing, how to get it."""
    unknown = set(without) - set(confine.LAYERS)
    if unknown:
        raise ValueError(
            f"there is no sandbox layer {', '.join(sorted(unknown))}; there are {', '.join(confine.LAYERS)}"
        )
    found = {layer: "it is switched off" for layer in confine.LAYERS if layer in without}
    if sys.platform != "linux":
        return {
            layer: found.get(layer, "it needs Linux: grade there, or in a Linux container") for layer in confine.LAYERS
        }
    wanted = [layer for layer in confine.LAYERS if layer not in without]
    if "bubblewrap" in wanted:
        found["bubblewrap"] = _sentence("bubblewrap", _inside(["bubblewrap"], []).get("", "it did not start"))
    around = ["bubblewrap"] if found.get("bubblewrap") == "" else []
    inner = [layer for layer in wanted if layer != "bubblewrap"]
    said = _inside(around, inner)
    for layer in inner:
        found[layer] = _sentence(layer, said.get(layer, said.get("", "it could not be tried")))
    return {layer: found[layer] for layer in confine.LAYERS}


def _sentence(layer: str, problem: str) -> str:
    return f"{problem.strip().rstrip('.')}: {_REMEDIES[layer]}" if problem else ""


def _inside(around: list[str], layers: list[str]) -> dict[str, str]:
    """What happened to each layer; under the empty name, what happened to the process that tried them."""
    if around and shutil.which("bwrap") is None:
        return {"": "bubblewrap is not installed"}
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        start = _START.format(path=str(Path(__file__).parents[2]), layers=[*around, *layers], folder=folder)
        line = bubblewrap.command([sys.executable, "-I", "-B", "-c", start], [*around, *layers], folder)
        done = subprocess.run(
            line, env={}, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
        )
    if done.returncode != 0:
        return {
            "": done.stderr.strip().splitlines()[-1]
            if done.stderr.strip()
            else f"it ended with status {done.returncode}"
        }
    answers: dict[str, str] = json.loads(done.stdout)
    return {**answers, "": ""}


def try_each(layers: list[str], folder: str) -> None:
    """In a process made for it, put on each layer in a child of its own and print what went wrong."""
    working = [layer for layer in layers if layer == "bubblewrap"]
    said = {}
    for layer in layers:
        if layer != "bubblewrap":
            # Whether root may stay root hangs on what else protects the files, so that is tried together.
            with_it = working if layer == "privileges" else [name for name in working if name == "bubblewrap"]
            said[layer] = _try([*with_it, layer], folder)
            working += [layer] if not said[layer] else []
    print(json.dumps(said))


def _try(layers: list[str], folder: str) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        text = ""
        try:
            scratch = os.path.join(folder, "-".join(layers))
            os.mkdir(scratch, 0o700)
            confine.enter_nursery(layers)
            if os.fork() == 0:
                confine.confine({"cpu": 10, "memory": 64, "files": 1}, scratch, layers)
            else:
                status = os.wait()[1]
                os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
        except Exception as error:
            text = str(error)
        finally:
            os.write(writing, text.encode()[:2000])
            os._exit(0 if not text else 1)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    status = os.waitpid(child, 0)[1]
    return said or ("" if status == 0 else "it ended the process that tried it")
