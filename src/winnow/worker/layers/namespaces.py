"""Own namespaces: a nursery that sees only what it needs, and in it a private scratch folder for each worker.

The nursery's are made once: no network, no other process, no files but the libraries, read-only. A worker takes a
mount namespace of its own for its scratch folder, a small file system in memory that goes with it, and then a user
namespace of its own, which counts its threads apart from all others' and holds no power.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
from collections.abc import Iterable
from pathlib import PurePath

from .. import kernel, paths

UNPRIVILEGED = 65534
_KINDS = {
    "user": kernel.CLONE_NEWUSER,
    "mnt": kernel.CLONE_NEWNS,
    "pid": kernel.CLONE_NEWPID,
    "net": kernel.CLONE_NEWNET,
    "ipc": kernel.CLONE_NEWIPC,
    "uts": kernel.CLONE_NEWUTS,
    "cgroup": kernel.CLONE_NEWCGROUP,
}
_STANDS = ("/tmp", "/mnt", "/run", "/var")


def enter(apart: bool) -> int:
    """Move the nursery into its own namespaces; a descriptor of /proc, by which its workers look at themselves.

    Args:
        apart: nothing else (bubblewrap) has put processes, network and files out of reach yet.

    The process that called this stays behind, waits, and ends as the nursery ends; what returns is its child.
    """
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    if apart:
        flags = kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC
        _unshare(flags | kernel.CLONE_NEWUTS, proc, with_user=not kernel.has_capability(kernel.CAP_SYS_ADMIN))
        _leave_a_guard()
        _private_root([*paths.libraries(), *paths.program()])
    if os.geteuid() == 0 and kernel.has_capability(kernel.CAP_SETUID):
        # Fails only where a container's root is the sole user there is, and so not the kernel's root.
        with contextlib.suppress(OSError):
            become_unprivileged()
    if not kernel.has_capability(kernel.CAP_SYS_ADMIN):
        # Also after giving up root: these powers reach no further than the namespaces.
        _unshare(kernel.CLONE_NEWNS, proc, with_user=True)
    if not apart:
        kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
        kernel.mount("none", "/proc", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=0,nr_inodes=1,mode=0555")
        kernel.restrict_mount("/proc", kernel.MOUNT_ATTR_RDONLY)
    return proc


def join(pid: int) -> None:
    """Move this process into all namespaces of another that it does not share; what returns is a child of it."""
    process = os.pidfd_open(pid)
    try:
        flags = 0
        for name, flag in _KINDS.items():
            if os.readlink(f"/proc/self/ns/{name}") != os.readlink(f"/proc/{pid}/ns/{name}"):
                flags |= flag
        kernel.setns(process, flags)
    finally:
        os.close(process)
    _leave_a_guard()


def private_scratch(scratch: str, mebibytes: int) -> None:
    """Give this worker a scratch folder that no other process sees and that ends with it."""
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
    os.makedirs(scratch, exist_ok=True)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("none", scratch, "tmpfs", flags, f"size={mebibytes}m,nr_inodes=4096,mode=0700")
    # The rest of the tree is read-only from here on; the scratch folder is a mount of its own.
    kernel.restrict_mount("/", kernel.MOUNT_ATTR_RDONLY, recursive=False)
    kernel.unshare(kernel.CLONE_NEWUSER)


def become_unprivileged() -> None:
    """Give up the user number 0: even without capabilities it owns much of what lies under /proc and /sys."""
    os.setgroups([])
    os.setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    os.setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # or /proc/self would be root's, and the user map could not be written


def _unshare(flags: int, proc: int, with_user: bool) -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(flags | (kernel.CLONE_NEWUSER if with_user else 0))
    if with_user:
        # Every user maps to itself: file owners keep their names, and no number is won.
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {uid} 1"),
            ("gid_map", f"{gid} {gid} 1"),
        ):
            descriptor = os.open(f"self/{name}", os.O_WRONLY | os.O_CLOEXEC, dir_fd=proc)
            try:
                os.write(descriptor, text.encode())
            finally:
                os.close(descriptor)


def _leave_a_guard() -> None:
    """Fork into the new pid namespace. The parent waits for the nursery and ends in the same way."""
    child = os.fork()
    if child == 0:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    # A descriptor held here would keep the other end from seeing that the nursery has gone.
    os.closerange(0, 65536)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _private_root(places: Iterable[str]) -> None:
    """Replace the file system by an empty one with `places`, read-only, and a few devices."""
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    # Taken before anything is mounted: a place may lie below the folder on which the new root is built.
    trees = [(place, kernel.open_tree(place)) for place in places if os.path.exists(place)]
    devices = [(place, kernel.open_tree(place)) for place in paths.DEVICES if os.path.exists(place)]
    stand = next(folder for folder in _STANDS if os.path.isdir(folder))
    kernel.mount("none", stand, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,nr_inodes=65536,mode=0755")
    for place, tree in [*trees, *devices]:
        attributes = kernel.MOUNT_ATTR_NOSUID | kernel.MOUNT_ATTR_RDONLY
        kernel.restrict_mount(tree, attributes | (kernel.MOUNT_ATTR_NODEV if (place, tree) in trees else 0))
        _attach(tree, stand + place)
    # A worker, another user by then, makes its scratch folder in any of these; each then closes the tree for itself.
    for parent in {parent for place, _ in [*trees, *devices] for parent in PurePath(place).parents}:
        with contextlib.suppress(OSError):
            os.chmod(stand + str(parent), 0o777)
    kernel.pivot_root(stand)
    os.chmod("/", 0o777)


def _attach(tree: int, target: str) -> None:
    try:
        is_folder = stat.S_ISDIR(os.fstat(tree).st_mode)
        os.makedirs(target if is_folder else os.path.dirname(target), mode=0o755, exist_ok=True)
        if not is_folder:
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
        kernel.move_mount(tree, target)
    finally:
        os.close(tree)
