"""A warm process that forks a worker per submission and exercise.

It imports the libraries once and holds no secret: it is started with an empty environment and knows neither
course nor solutions. Its orders come over one socket as lines of JSON, a worker's own socket as a passed
descriptor: `fork` starts a worker, `end` kills one and says how it ended and which statement of the learner's it was
loading, `drop` kills one without a word; `foresee` reads, from a passed file, calls that every learner's code will be
asked: decoded once here, they cost the workers nothing. They are inputs only, which the learner's code is given anyway.
`line` forks a twin that takes its orders from another socket, so that several graders share what was imported, and that
may be ready to close calls: what that takes costs its workers nothing either.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from . import (
    beside,
    closed,
    closed_error,
    driven,
    earlier,
    finder,
    huge_pages,
    kernel,
    loaded_once,
    loading,
    observe,
    operators,
    running,
    seeds,
    serve,
    strangers,
    surroundings,
    unwritten,
    warm,
)  # fmt: skip
from .clock import Clock
from .layers import confine
from .marks import Mark
from .witness import Witness


def begin(
    fd: int, imports: list[str] | None, layers: list[str], written: Iterable[tuple[int, int]] = ()
) -> Callable[[], None] | None:
    """Be a nursery whose orders come over the socket of this number. In a forked worker, return what it is to do.

    Args:
        imports: what to import; None where that is done, and all is warm.
        written: where the memory is that was written before, as `huge_pages.written` finds it.
    """
    return wait(_prepare(fd, imports, layers, written))


def _prepare(
    fd: int, imports: list[str] | None, layers: list[str], written: Iterable[tuple[int, int]]
) -> socket.socket:
    """Confine this process, import and warm up; the line that orders come over."""
    orders = socket.socket(fileno=fd)
    die_with_parent()
    confine.enter_nursery(layers)
    if imports is not None:
        load(imports)
    huge_pages.make_huge(written)
    _anonymise()
    if sys.platform == "linux":
        kernel.name_process("winnow-nursery")
    orders.sendall(json.dumps({"ready": os.getpid()}).encode())
    return orders


def load(names: list[str]) -> None:
    """Import libraries, and do once what every worker does with them."""
    # Little of what an import makes is garbage, and looking for it takes a tenth of the time.
    gc.disable()
    for name in names:
        importlib.import_module(name)
    if "torch" in sys.modules:
        # One thread: a forked child has none of its parent's threads, and cores are shared by many workers.
        torch: Any = sys.modules["torch"]
        torch.set_num_threads(1)
        # What it compiles has the same values; to compile it takes longer than the code may, and a compiler.
        torch.compile = _as_it_is
    warm.up()
    unwritten.fill_arrays()
    # A worker looks again: TMPDIR is a folder of its own there.
    tempfile.tempdir = None
    for name in ("TORCHINDUCTOR_CACHE_DIR", "GLIBC_TUNABLES", "PYTHONHASHSEED"):
        os.environ.pop(name, None)
    # What is there now stays, the little that is garbage too: to find it takes a tenth of the time again.
    gc.freeze()


def _as_it_is(model: Any = None, **_: Any) -> Any:
    """`torch.compile`, called or as a decorator, without compiling."""
    return model if model is not None else lambda function: function


def wait(orders: socket.socket) -> Callable[[], None] | None:
    """Carry out orders until the line closes. In a forked worker, return what it is to do.

    So that a worker's work begins when this has returned: none of the nursery's frames, which hold the line of
    orders, are beneath the learner's code.
    """
    dropped: list[int] = []
    marks: dict[int, Mark] = {}
    foreseen: dict[str, list[serve.Part]] = {}
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 65536, 1)
        if not order:
            return None
        request = json.loads(order)
        if "line" in request:
            if os.fork() == 0:
                die_with_parent()
                orders.close()
                orders = socket.socket(fileno=fds[0])
                dropped.clear()
                _let_go(marks)
                if request["line"]:
                    load(request["line"])
                if request["closes"]:
                    closed.prepare(request["closes"])
                    gc.freeze()
                orders.sendall(json.dumps({"ready": os.getpid()}).encode())
            else:
                os.close(fds[0])
            continue
        if "fork" in request:
            mark = Mark()
            pid = os.fork()
            if pid == 0:
                orders.close()
                # Those of the other workers, whose code is somebody else's.
                _let_go(marks)
                asked = foreseen.get(request["fork"]["foreseen"], [])
                return functools.partial(work, fds[0], request["fork"], asked, mark)
            marks[pid] = mark
            reply: dict[str, Any] = {"pid": pid}
            os.close(fds[0])
        elif "drop" in request:
            # Taking a worker's namespaces down takes the kernel longer than forking the next one: nobody waits for it.
            dropped.append(request["drop"])
            _kill(dropped[-1])
            marks.pop(dropped[-1]).close()
            dropped[:] = [pid for pid in dropped if os.waitpid(pid, os.WNOHANG) == (0, 0)]
            continue
        elif "foresee" in request:
            foreseen.pop(request["forget"], None)
            with open(fds[0], "rb") as file:
                foreseen[request["foresee"]] = serve.parts(file.read())
            gc.collect()
            gc.freeze()
            reply = {"foreseen": request["foresee"]}
        else:
            reply = {"status": _end(request["end"]), "at": (mark := marks.pop(request["end"])).get()}
            mark.close()
        orders.sendall(json.dumps(reply).encode() + b"\n")


def _let_go(marks: dict[int, Mark]) -> None:
    while marks:
        marks.popitem()[1].close()


def die_with_parent() -> None:
    """End when the process that forked this one ends."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def _anonymise() -> None:
    """Make the engine's frames look like an interactive session, so that code cannot act on who calls it."""
    for module in (
        sys.modules[__name__], observe, serve, loading, running, beside, finder, driven, closed, closed_error,
        loaded_once, surroundings, earlier, operators, strangers, unwritten,
    ):  # fmt: skip
        for thing in vars(module).values():
            if getattr(thing, "__module__", None) == module.__name__:
                for function in [thing, *(vars(thing).values() if isinstance(thing, type) else ())]:
                    if isinstance(function, types.FunctionType):
                        function.__code__ = _nameless(function.__code__)


def _nameless(code: types.CodeType) -> types.CodeType:
    inner = tuple(_nameless(one) if isinstance(one, types.CodeType) else one for one in code.co_consts)
    return code.replace(co_filename="<stdin>", co_name="<module>", co_consts=inner)


def work(line: int, limits: dict[str, Any], foreseen: Sequence[serve.Part], mark: Mark) -> None:
    """Be a worker: confine this process for good, and serve the learner's code on `line`. Does not return."""
    status = 70
    try:
        die_with_parent()
        if sys.platform == "linux":
            kernel.name_process("winnow-worker")
        unwritten.fill()
        os.setsid()
        scratch = limits["scratch"]
        os.environ.update(
            HOME=scratch, TMPDIR=scratch, USER="learner", LOGNAME="learner", PATH="/usr/bin:/bin", LANG="C.UTF-8"
        )
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        gc.enable()
        seeds.settle()
        witness = Witness(scratch)
        clock = _own_clock()
        try:
            confine.confine(limits, scratch, limits["layers"])
        except BaseException as error:
            os.write(line, serve.UNCONFINED + str(error).encode())
            os._exit(70)
        os.write(line, serve.READY)
        witness.watch()
        serve.serve(line, limits["output"], witness, clock, mark, foreseen)
        status = 0
    except EOFError:
        status = 0
    finally:
        # No exit handlers of the learner's, whatever was raised.
        os._exit(status)


def _own_clock() -> Clock:
    stat = None
    with contextlib.suppress(OSError):
        stat = confine.about_this_process("schedstat")
    return Clock(stat, time.process_time)


def _end(pid: int) -> int:
    """Kill a worker and all of its group; its wait status, as it was if it had ended by itself."""
    _kill(pid)
    return os.waitpid(pid, 0)[1]


def _kill(pid: int) -> None:
    # The zombie keeps the number, so that the group that is killed cannot be somebody else's.
    if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
