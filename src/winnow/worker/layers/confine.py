"""Layers between a learner's code and the machine: what the nursery puts on, and what each worker.

Every layer is worth something alone. A layer that was promised and cannot be put on is an error, never a shrug.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Collection
from typing import Any

from .. import kernel, paths
from . import landlock, namespaces, syscalls

LAYERS = ("bubblewrap", "namespaces", "landlock", "seccomp", "privileges", "rlimits")
THREADS = 256
OPEN_FILES = 128


class ConfinementError(Exception):
    """A layer that was promised cannot be put on."""


class _Prepared:
    """What the nursery makes once for all its workers."""

    proc: int | None = None
    program: bytes | None = None
    processes: int = 0


def enter_nursery(layers: Collection[str]) -> tuple[str, ...]:
    """Confine the nursery as far as its work allows. To be called once, before the warm imports.

    With namespaces the process that calls stays behind as a guard; what returns is its child, number 1 of its
    own pid namespace. Returns the layers that are on or will be on in each worker.

    Raises:
        ConfinementError: a layer that was asked for cannot be put on.
    """
    entered = tuple(layer for layer in LAYERS if layer in layers)
    # The bindings look for their C libraries with programs that are out of reach later.
    if "landlock" in layers:
        _put_on("landlock", landlock.check)
    if "seccomp" in layers:
        _Prepared.program = _put_on("seccomp", syscalls.build)
    if "namespaces" in layers:
        _Prepared.proc = _put_on("namespaces", lambda: namespaces.enter(apart="bubblewrap" not in layers))
    else:
        _Prepared.processes = _processes_of_this_user()
    if entered:
        _put_on("privileges", _forbid_new_privileges)
    return entered


def confine(limits: dict[str, Any], scratch: str, layers: Collection[str]) -> tuple[str, ...]:
    """Confine this process for good, right before a learner's code, and make `scratch` its current folder.

    Args:
        limits: `cpu` in seconds, `memory` in MiB above what the process holds now, `files` in MiB.
        scratch: the only folder that may be written. With namespaces it need not exist.

    Raises:
        ConfinementError: a layer that was asked for cannot be put on.
    """
    size = _size()
    if _Prepared.proc is not None:
        # Through it all processes could be seen.
        os.close(_Prepared.proc)
        _Prepared.proc = None
    if "namespaces" in layers:
        _put_on("namespaces", lambda: namespaces.private_scratch(scratch, int(limits["files"])))
    os.chdir(scratch)
    if "tempfile" in sys.modules:
        # Where temporary files go is decided at the first use, which may have been the nursery's.
        sys.modules["tempfile"].tempdir = None  # type: ignore[attr-defined]
    if "privileges" in layers:
        _put_on("privileges", lambda: _drop_privileges(scratch, files_are_safe="landlock" in layers))
    if layers:
        _put_on("privileges", _forbid_new_privileges)
    if "rlimits" in layers:
        _put_on("rlimits", lambda: _limit(limits, size, own_count="namespaces" in layers))
    if "landlock" in layers:
        _put_on("landlock", lambda: landlock.restrict(scratch))
    if "seccomp" in layers:
        program = _Prepared.program or _put_on("seccomp", syscalls.build)
        _put_on("seccomp", lambda: kernel.filter_system_calls(syscalls.for_process(program, os.getpid())))
    return tuple(layer for layer in LAYERS if layer in layers)


def _put_on(layer: str, action: Callable[[], Any]) -> Any:
    try:
        return action()
    except Exception as error:
        raise ConfinementError(f"the sandbox layer {layer} cannot be put on: {error}") from error


def _forbid_new_privileges() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    # Each change of user or namespace undoes these two: not to be traced or dumped, not to outlive the parent.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def _drop_privileges(scratch: str, files_are_safe: bool) -> None:
    if os.geteuid() == 0:
        reason = _leave_root(scratch)
        # Root without capabilities still owns files. Only Landlock makes that harmless.
        if reason and not files_are_safe:
            raise OSError(f"the worker would stay root, because {reason}")
    kernel.drop_capabilities()


def _leave_root(scratch: str) -> str:
    """Become an ordinary user who owns `scratch`; the empty text, or why that is not possible."""
    folder = os.path.dirname(scratch)
    unreadable = _unreadable_for_others([*paths.libraries(), os.path.dirname(folder)])
    if unreadable:
        return f"no other user may read {unreadable}"
    if not kernel.has_capability(kernel.CAP_SETUID):
        return "it may not change its user"
    try:
        os.chown(scratch, namespaces.UNPRIVILEGED, namespaces.UNPRIVILEGED)
    except OSError:
        return f"the user {namespaces.UNPRIVILEGED} does not exist in this user namespace"
    os.chmod(folder, stat.S_IMODE(os.stat(folder).st_mode) | 0o011)
    namespaces.become_unprivileged()
    return ""


def _unreadable_for_others(places: Collection[str]) -> str | None:
    """The first folder on the way to one of the places that only its owner may enter."""
    for place in places:
        folder = place if os.path.isdir(place) else os.path.dirname(place)
        while True:
            if not os.stat(folder).st_mode & stat.S_IXOTH:
                return folder
            if folder == "/":
                break
            folder = os.path.dirname(folder)
    return None


def _limit(limits: dict[str, Any], size: int, own_count: bool) -> None:
    seconds = math.ceil(limits["cpu"])
    # Threads count per user and user namespace; without one of its own, the user's others count too.
    threads = THREADS if own_count else _Prepared.processes + THREADS
    bounds = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_AS: size + (int(limits["memory"]) << 20),
        resource.RLIMIT_FSIZE: int(limits["files"]) << 20,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: threads,
        resource.RLIMIT_SIGPENDING: THREADS,
    }
    nothing = (
        resource.RLIMIT_CORE,
        resource.RLIMIT_MEMLOCK,
        resource.RLIMIT_MSGQUEUE,
        resource.RLIMIT_RTPRIO,
    )
    for kind, bound in (*bounds.items(), *((kind, 0) for kind in nothing)):
        soft, hard = bound if isinstance(bound, tuple) else (bound, bound)
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = min(soft, highest), min(hard, highest)
        resource.setrlimit(kind, (soft, hard))


def about_this_process(name: str) -> int:
    """A descriptor of what /proc says of this process, until it is confined, wherever /proc is."""
    return os.open(f"/proc/self/{name}" if _Prepared.proc is None else f"self/{name}",
                   os.O_RDONLY | os.O_CLOEXEC, dir_fd=_Prepared.proc)  # fmt: skip


def _size() -> int:
    """The bytes of address space in use."""
    with open(about_this_process("statm"), "rb") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _processes_of_this_user() -> int:
    """How many threads this user has, as far as they can be seen."""
    count = 0
    with os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdigit():
                try:
                    if entry.stat().st_uid == os.geteuid():
                        count += len(os.listdir(f"/proc/{entry.name}/task"))
                except OSError:
                    continue
    return count
