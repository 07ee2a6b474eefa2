"""The few system calls that neither the standard library nor a kept library offers, by ctypes.

Each function is one call and raises OSError with the call's name. Python has `os.unshare` only since 3.12,
and no release has mount, pivot_root, capset or prctl.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import platform
import sys
from collections.abc import Collection

PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE = 1, 3, 4
PR_SET_NAME, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 15, 22, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL, SECCOMP_MODE_FILTER = 4, 2

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE, MNT_DETACH = 2, 4, 8, 0x4000, 0x40000, 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4

CAP_CHOWN, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_SYS_ADMIN = 0, 5, 6, 7, 8, 21

# These numbers are the same on every architecture; pivot_root is older and has one per architecture.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}

_MADV_COLLAPSE = 25
# What malloc gives is filled with the inverted byte.
_M_PERTURB = -6
_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE, _MOVE_MOUNT_F_EMPTY_PATH = 1, 4
_CAPABILITY_VERSION_3 = 0x20080522


@functools.cache
def _libc() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise OSError("confinement needs Linux")
    return ctypes.CDLL(None, use_errno=True)


def _checked(name: str, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _syscall(name: str, number: int, *args: object) -> int:
    # Every argument is a full register: an int passed bare to a variadic function would be 32 bits wide.
    wide = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _checked(name, int(_libc().syscall(ctypes.c_long(number), *wide)))


def name_process(name: str) -> None:
    """The name that `ps` and `top` show; of it they keep 15 characters."""
    _checked("prctl", _libc().prctl(PR_SET_NAME, ctypes.c_char_p(name.encode()), *[ctypes.c_ulong(0)] * 3))


def fill_memory(byte: int) -> None:
    """Have malloc fill what it gives with this byte. Other libraries than glibc do without."""
    with contextlib.suppress(AttributeError):
        _libc().mallopt(_M_PERTURB, byte ^ 0xFF)


def forget_the_dead() -> None:
    """Let go of every child that has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def prctl(option: int, *args: int) -> int:
    """Change or read a property of this process."""
    wide = [ctypes.c_ulong(arg) for arg in (*args, 0, 0, 0, 0)[:4]]
    return _checked("prctl", _libc().prctl(option, *wide))


def unshare(flags: int) -> None:
    """Move this process into new namespaces (a new pid namespace is for its next child)."""
    _checked("unshare", _libc().unshare(flags))


def setns(process: int, flags: int) -> None:
    """Move this process into namespaces of the process with this pidfd (into its pid namespace only its next child)."""
    _checked("setns", _libc().setns(process, flags))


def collapse(start: int, size: int) -> None:
    """Copy a range of memory onto huge pages."""
    _checked("madvise", _libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_COLLAPSE))


def mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    """Mount a file system, or change how mounts propagate."""
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    _checked(f"mount {target}", _libc().mount(*encoded, ctypes.c_ulong(flags), data.encode()))


def open_tree(path: str) -> int:
    """A detached copy of the mount at `path` with all below it, as a descriptor."""
    flags = _OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC
    return _syscall(f"open_tree {path}", _OPEN_TREE, _AT_FDCWD, os.fsencode(path), flags)


def move_mount(tree: int, target: str) -> None:
    """Attach a detached mount at `target`."""
    _syscall(
        f"move_mount {target}",
        _MOVE_MOUNT,
        tree,
        b"",
        _AT_FDCWD,
        os.fsencode(target),
        _MOVE_MOUNT_F_EMPTY_PATH,
    )


def restrict_mount(where: int | str, attributes: int, recursive: bool = True) -> None:
    """Add attributes such as read-only to a mount (a path, or what open_tree gave) and those below it."""
    attr = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    at, path, flags = (where, b"", _AT_EMPTY_PATH) if isinstance(where, int) else (_AT_FDCWD, os.fsencode(where), 0)
    flags |= _AT_RECURSIVE if recursive else 0
    _syscall("mount_setattr", _MOUNT_SETATTR, at, path, flags, ctypes.byref(attr), ctypes.sizeof(attr))


def pivot_root(folder: str) -> None:
    """Make `folder`, which is a mount, the root of this mount namespace, and let go of the old root."""
    number = _PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(f"pivot_root has no known number on {platform.machine()}")
    os.chdir(folder)
    # The old root comes to lie on top of the new one, at the same place, and is taken off again.
    _syscall("pivot_root", number, b".", b".")
    _checked("umount2", _libc().umount2(b".", MNT_DETACH))
    os.chdir("/")


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def capabilities() -> int:
    """The effective capabilities of this process, as a bit set."""
    header, sets = _CapHeader(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _checked("capget", _libc().capget(ctypes.byref(header), sets))
    return int(sets[0]) | int(sets[3]) << 32


def has_capability(number: int) -> bool:
    """Whether this process holds a capability."""
    return bool(capabilities() >> number & 1)


def drop_capabilities(keep: Collection[int] = ()) -> None:
    """Give up every capability but these for good: bounding, ambient, inheritable, permitted and effective."""
    number = 0
    while True:
        try:
            if number not in keep:
                prctl(PR_CAPBSET_DROP, number)
        except OSError as error:
            # EINVAL: past the last one. EPERM: an ordinary user, who with no_new_privs cannot gain any.
            if error.errno not in (1, 22):
                raise
            break
        number += 1
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    kept = sum(1 << number for number in keep)
    wanted = [part for half in (kept & 0xFFFFFFFF, kept >> 32) for part in (half, half, half)]
    header, sets = _CapHeader(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)(*wanted)
    _checked("capset", _libc().capset(ctypes.byref(header), sets))
    _checked("capget", _libc().capget(ctypes.byref(header), sets))
    if list(sets) != wanted:
        raise OSError("capabilities remain after they were dropped")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def filter_system_calls(instructions: bytes) -> None:
    """Put a seccomp program on this thread; its later threads inherit it."""
    program = _Program(len(instructions) // 8, instructions)
    pointer = ctypes.c_void_p(ctypes.addressof(program))
    result = _libc().prctl(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), pointer, ctypes.c_ulong(0), 0)
    _checked("seccomp", result)
