"""Landlock: a worker reads the interpreter and its libraries, and writes its scratch folder only.

By py-landlock's calls, one to one with the kernel's: it is typed, knows TCP (ABI 4) and scopes (ABI 6), and
takes 25 rules in about a millisecond. The package `landlock` knows neither.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from .. import paths


def check() -> None:
    """Raise when there is no Landlock here; do once, in the nursery, what all its workers need."""
    import py_landlock as landlock

    landlock.get_abi_version()
    paths.libraries()


def restrict(scratch: str) -> None:
    """Restrict this process for good. Needs no_new_privs. Raises OSError or LandlockError when it cannot."""
    import py_landlock as landlock
    from py_landlock.abi import get_supported_fs, get_supported_net, get_supported_scope

    right = landlock.AccessFs
    abi = landlock.get_abi_version()
    handled = get_supported_fs(abi)
    attributes = landlock.RulesetAttr(int(handled), int(get_supported_net(abi)), int(get_supported_scope(abi)))
    # No right to execute: a library needs none to be loaded, and nothing is to be run as a program.
    reading = right.READ_FILE | right.READ_DIR
    writing = (
        reading | right.WRITE_FILE | right.TRUNCATE | right.REFER
        | right.REMOVE_FILE | right.REMOVE_DIR | right.MAKE_REG | right.MAKE_DIR | right.MAKE_SYM
    )  # fmt: skip
    ruleset = landlock.create_ruleset(attributes)
    try:
        _allow(ruleset, paths.libraries(), reading & handled)
        _allow(ruleset, paths.DEVICES[1:], right.READ_FILE & handled)
        _allow(ruleset, paths.DEVICES[:1], (right.READ_FILE | right.WRITE_FILE) & handled)
        _allow(ruleset, [scratch], writing & handled)
        landlock.restrict_self(ruleset, None)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, places: Iterable[str], rights: int) -> None:
    import py_landlock as landlock

    of_files = landlock.AccessFs.READ_FILE | landlock.AccessFs.WRITE_FILE | landlock.AccessFs.TRUNCATE
    for place in places:
        try:
            descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            # The kernel refuses a rule that gives a single file the rights of a folder.
            fitting = rights if os.path.isdir(place) else rights & of_files
            landlock.add_rule(landlock.RulesetFd(ruleset), landlock.PathBeneathAttr(int(fitting), descriptor))
        finally:
            os.close(descriptor)
