"""The command line that puts bubblewrap around a nursery, on the trusted side; and the way in from outside.

bubblewrap starts a program anew, and a nursery that was forked has its libraries already. So bubblewrap may be put
around a process that only waits, and the nursery joins that one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from .. import kernel, paths
from . import namespaces

# Where the C library learns whether it may ask for huge pages.
HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage"


# Says that all is in place, and waits to be killed.
WAITING = [sys.executable, "-I", "-S", "-B", "-c", "import os, signal; os.write(1, b'ready'); signal.pause()"]
# What a nursery of root's needs to change its user, and its workers'.
_KEPT = {
    "CAP_SETUID": kernel.CAP_SETUID,
    "CAP_SETGID": kernel.CAP_SETGID,
    "CAP_CHOWN": kernel.CAP_CHOWN,
    "CAP_SETPCAP": kernel.CAP_SETPCAP,
    "CAP_KILL": kernel.CAP_KILL,
}


def command(
    argv: Sequence[str],
    layers: Collection[str],
    folder: os.PathLike[str] | str,
    environment: Mapping[str, str] | None = None,
    *,
    told: int | None = None,
) -> list[str]:
    """The command that starts the nursery `argv`, inside bubblewrap where that is among the layers.

    Args:
        argv: the interpreter and its arguments.
        folder: where the workers' scratch folders are; the only place that can be written.
        environment: all variables the nursery gets.
        told: a descriptor on which bubblewrap is to tell what `join` has to know.
    """
    if "bubblewrap" not in layers:
        return list(argv)
    program = shutil.which("bwrap")
    if program is None:
        raise FileNotFoundError("bwrap is not installed (apt install bubblewrap)")
    line = [program, *_apart(), "--die-with-parent", "--new-session", "--clearenv"]
    line += ["--info-fd", str(told)] if told is not None else []
    for name, value in (environment or {}).items():
        line += ["--setenv", name, value]
    links, interpreter = paths.executable()
    libraries = paths.outermost([*paths.libraries(), *paths.program()])
    links = [(target, link) for target, link in links if not _inside(link, libraries)]
    alone = [] if _inside(interpreter, libraries) else [interpreter]
    places = [*libraries, *alone, *(link for _, link in links), *paths.DEVICES, os.fspath(folder)]
    # Made first and open to all: bubblewrap's own would be closed to the user that the workers become.
    parents = {str(parent) for place in places for parent in PurePath(place).parents}
    for parent in sorted({*parents, paths.TEMPORARY}):
        line += ["--perms", "0755", "--dir", parent] if parent != "/" else []
    for place in [*libraries, *alone]:
        line += ["--ro-bind", place, place]
    for target, link in links:
        line += ["--symlink", target, link]
    for device in paths.DEVICES:
        line += ["--dev-bind-try", device, device]
    line += ["--ro-bind-try", HUGE_PAGES, HUGE_PAGES]
    # The nursery reads its size in /proc, and writes its user map there where it makes namespaces (and then hides
    # /proc from its workers). Else it is read-only, or a worker of root's could write to /proc/sys.
    line += ["--proc", "/proc"] if "namespaces" in layers else ["--proc", "/proc", "--remount-ro", "/proc"]
    # Workers with namespaces mount their own scratch folders there; nothing is shared with the outside.
    mount = ["--perms", "0777", "--dir"] if "namespaces" in layers else ["--bind", os.fspath(folder)]
    line += [*mount, os.fspath(folder), "--chdir", "/", "--"]
    return [*line, *argv]


def _apart() -> list[str]:
    everything = [
        "--unshare-user",
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]
    if _of_root():
        # In a user namespace made by root the number 0 stays the kernel's root whatever --uid says, and owns
        # /proc/sys. Without one, the nursery or its workers change to another user, and these let them.
        return [*everything[1:], "--cap-drop", "ALL", *(word for name in _KEPT for word in ("--cap-add", name))]
    return [*everything, "--cap-drop", "ALL"]


def _of_root() -> bool:
    return os.geteuid() == 0 and kernel.has_capability(kernel.CAP_SYS_ADMIN)


def join(told: int) -> None:
    """Move this process to where bubblewrap has put one that is `WAITING`; what returns is a child of it.

    Args:
        told: the other end of a pipe that bubblewrap, and the process it started, write to.

    Raises:
        OSError: bubblewrap did not start it, or this machine's does not let others in.
    """
    keep = _KEPT.values() if _of_root() else ()
    with open(told, "rb") as pipe:
        said = b""
        while not said.endswith(b"ready"):
            part = os.read(pipe.fileno(), 4096)
            if not part:
                raise OSError("bubblewrap did not start")
            said += part
    namespaces.join(json.loads(said.removesuffix(b"ready"))["child-pid"])
    os.chdir("/")
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.drop_capabilities(keep)


def _inside(path: str, places: Sequence[str]) -> bool:
    return any(path.startswith(place.rstrip("/") + "/") for place in places)
