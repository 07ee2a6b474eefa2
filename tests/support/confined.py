"""Runs snippets of code as a learner's code runs: forked by a nursery and confined, one worker each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import winnow.worker
from winnow.worker.layers import bubblewrap

PACKAGE = str(Path(winnow.worker.__file__).parent.parent)
LIMITS = {"cpu": 20, "memory": 512, "files": 4}

NURSERY = """
import contextlib, importlib, io, json, os, shutil, signal, sys, traceback
sys.path.insert(0, {package!r})
from worker.layers import confine
layers, folder, warm, limits, snippets, told = json.load(open({reading}))
if told is not None:
    from worker.layers import bubblewrap
    bubblewrap.join(told)
sys.path.remove({package!r})
entered = confine.enter_nursery(layers)
for name in warm:
    importlib.import_module(name)
results = []
for number, code in enumerate(snippets):
    reading, writing = os.pipe()
    scratch = os.path.join(folder, str(number))
    pid = os.fork()
    if pid == 0:
        text = io.StringIO()
        try:
            os.close(reading)
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            os.environ.update(HOME=scratch, TMPDIR=scratch)
            if "namespaces" not in layers:
                os.mkdir(scratch)
            applied = confine.confine(limits, scratch, layers)
            assert applied == tuple(name for name in confine.LAYERS if name in layers), applied
            with contextlib.redirect_stdout(text):
                exec(compile(code, "snippet.py", "exec"), dict(__name__="snippet", OUT=writing))
            text.write("end")
        except BaseException:
            text.write(traceback.format_exc())
        finally:
            os.write(writing, text.getvalue().encode()[:60000])
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as pipe:
        text = pipe.read()
    # The group as well: without seccomp a snippet may have left children.
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    shutil.rmtree(scratch, ignore_errors=True)
    results.append([text, status])
print(json.dumps(dict(entered=entered, results=results)))
"""


class Joined(tuple[str, ...]):
    """Layers with bubblewrap, where the nursery was there before and joins what bubblewrap has started."""


def run(
    layers: Collection[str], snippets: Sequence[str], warm: Sequence[str] = ("numpy",), **limits: float
) -> list[tuple[str, int]]:
    """What each snippet printed (`end` when it ran to its end, else a traceback) and its worker's wait status."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        told, telling = os.pipe() if isinstance(layers, Joined) else (None, None)
        order = json.dumps([list(layers), folder, list(warm), {**LIMITS, **limits}, list(snippets), told])
        reading, writing = os.pipe()
        argv = [sys.executable, "-I", "-B", "-c", NURSERY.format(package=PACKAGE, reading=reading)]
        around, place = bubblewrap.command(argv, layers, folder, environment=threads), None
        if telling is not None:
            waiting = bubblewrap.command(bubblewrap.WAITING, layers, folder, told=telling)
            place = subprocess.Popen(waiting, pass_fds=[telling], env=threads, cwd="/", stdout=telling)
            os.close(telling)
            around = argv
        process = subprocess.Popen(
            around, pass_fds=[reading] if told is None else [reading, told], env=threads, cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        for fd in (reading, told):
            if fd is not None:
                os.close(fd)
        with open(writing, "w") as pipe:
            pipe.write(order)
        out, err = process.communicate(timeout=300)
        if place is not None:
            place.kill()
            place.wait()
    assert process.returncode == 0, err
    answer = json.loads(out)
    return [(text, status) for text, status in answer["results"]]
