"""Which paths a worker may read: the interpreter, its libraries, and nothing that a course could lie in."""

from __future__ import annotations

import functools
import os
import sys

TEMPORARY = "/tmp"
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
SYSTEM = (
    "/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/local/lib", "/usr/local/lib64",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
    "/usr/share/zoneinfo", "/usr/share/locale", "/usr/lib/locale", "/nix/store", "/gnu/store",
)  # fmt: skip


@functools.cache
def libraries() -> tuple[str, ...]:
    """Where the interpreter and the libraries live, each place as it is named and as it really is.

    Never a whole prefix: a virtual environment often lies inside the course, and an installation prefix may
    hold anything. So only `lib`, `lib64` of the environment and of the interpreter it is based on.
    """
    places = list(SYSTEM)
    for prefix in dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)):
        places += [os.path.join(prefix, name) for name in ("lib", "lib64")]
    return tuple(_with_real(places))


def program() -> list[str]:
    """What is needed, beside the libraries, to start the interpreter anew."""
    # By ldconfig the bindings of Landlock and seccomp find the C library and libseccomp.
    places = [os.path.join(sys.prefix, "pyvenv.cfg"), "/sbin/ldconfig"]
    if sys.base_prefix not in ("/usr", "/"):
        places.append(os.path.join(sys.base_prefix, "bin"))
    return _with_real([*places, os.path.dirname(os.path.abspath(__file__))])


def hides_nothing(folder: str) -> bool:
    """Whether a worker needs nothing that lies in this folder, so that something else may be mounted there."""
    _, interpreter = executable()
    return not any(f"{place}/".startswith(f"{folder}/") for place in [*libraries(), *program(), interpreter])


def executable() -> tuple[list[tuple[str, str]], str]:
    """The symbolic links from the interpreter as it is called to the file it is, and that file."""
    links: list[tuple[str, str]] = []
    path = os.path.abspath(sys.executable)
    while os.path.islink(path) and len(links) < 40:
        target = os.readlink(path)
        links.append((target, path))
        path = os.path.normpath(os.path.join(os.path.dirname(path), target))
    return links, path


def outermost(places: list[str]) -> list[str]:
    """The places without those that lie inside another of them."""
    kept: list[str] = []
    for place in sorted(places, key=len):
        if not any(place == other or place.startswith(other.rstrip("/") + "/") for other in kept):
            kept.append(place)
    return kept


def _with_real(places: list[str]) -> list[str]:
    there = [place for place in places if os.path.exists(place)]
    return outermost(list(dict.fromkeys(path for place in there for path in (place, os.path.realpath(place)))))
