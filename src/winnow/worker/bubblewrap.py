"""The command line that puts bubblewrap around a nursery. Runs on the trusted side."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from . import kernel, paths

# Where the C library learns whether it may ask for huge pages.
HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage"


def command(
    argv: Sequence[str],
    layers: Collection[str],
    folder: os.PathLike[str] | str,
    environment: Mapping[str, str] | None = None,
) -> list[str]:
    """The command that starts the nursery `argv`, inside bubblewrap where that is among the layers.

    Args:
        argv: the interpreter and its arguments.
        folder: where the workers' scratch folders are; the only place that can be written.
        environment: all variables the nursery gets.
    """
    if "bubblewrap" not in layers:
        return list(argv)
    program = shutil.which("bwrap")
    if program is None:
        raise FileNotFoundError("bwrap is not installed (apt install bubblewrap)")
    line = [program, *_apart(), "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in (environment or {}).items():
        line += ["--setenv", name, value]
    links, interpreter = paths.executable()
    libraries = paths.outermost([*paths.libraries(), *paths.program()])
    links = [(target, link) for target, link in links if not _inside(link, libraries)]
    alone = [] if _inside(interpreter, libraries) else [interpreter]
    places = [*libraries, *alone, *(link for _, link in links), *paths.DEVICES, os.fspath(folder)]
    # Made first and open to all: bubblewrap's own would be closed to the user that the workers become.
    for parent in sorted({str(parent) for place in places for parent in PurePath(place).parents}):
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
    if os.geteuid() == 0 and kernel.has_capability(kernel.CAP_SYS_ADMIN):
        # In a user namespace made by root the number 0 stays the kernel's root whatever --uid says, and owns
        # /proc/sys. Without one, the nursery or its workers change to another user, and these let them.
        needed = ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_SETPCAP", "CAP_KILL")
        return [
            *everything[1:],
            "--cap-drop",
            "ALL",
            *(word for name in needed for word in ("--cap-add", name)),
        ]
    return [*everything, "--cap-drop", "ALL"]


def _inside(path: str, places: Sequence[str]) -> bool:
    return any(path.startswith(place.rstrip("/") + "/") for place in places)
