"""Notes what a learner's code tried that is not available here, so that it can be told in a sentence.

An audit hook, for information only: whoever wants to can fool it, and nothing is defended by it. It runs at every
import and every file that is opened, so its first step is one look into a dictionary.
"""

from __future__ import annotations

import os
import sys
from types import FrameType
from typing import Any

NETWORK = "it opened a network connection: not available here"
PROCESS = "it started another process: not available here"
SIGNAL = "it sent a signal to another process: not available here"
WRITING = "it wrote outside its own folder: not available here"
LIMITS = "it changed its limits: not available here"
MODES = "it changed a file's owner, mode or times: not available here"

SENTENCES = frozenset((NETWORK, PROCESS, SIGNAL, WRITING, LIMITS, MODES))

# What a program reads a password from is written to for the prompt.
_DEVICES = (os.devnull, "/dev/tty", "/dev/stdout", "/dev/stderr")
_AF_UNIX = 1
_ALWAYS = {
    **dict.fromkeys(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"), NETWORK),
    **dict.fromkeys(("socket.sendto", "socket.sendmsg", "urllib.Request"), NETWORK),
    **dict.fromkeys(("os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn"), PROCESS),
    **dict.fromkeys(("os.system", "subprocess.Popen", "pty.spawn"), PROCESS),
    **dict.fromkeys(("resource.setrlimit",), LIMITS),
    **dict.fromkeys(("os.chmod", "os.chown", "os.utime", "os.setxattr"), MODES),
}
_BY_PATH = {
    "os.remove": 0,
    "os.rmdir": 0,
    "os.mkdir": 0,
    "os.truncate": 0,
    "os.rename": 1,
    "os.link": 1,
    "os.symlink": 1,
}
_BY_PROCESS = frozenset(("os.kill", "os.killpg"))
_IMPORT = "<frozen importlib._bootstrap>"
# Modules that ask another program where they are asked about the machine.
_ASKING = frozenset(("platform", "uuid", "ctypes.util"))


class Witness:
    """What was tried, as sentences in the order of the first time. `watch` cannot be undone in a process."""

    def __init__(self, scratch: str) -> None:
        self.sentences: list[str] = []
        self._scratch = os.path.realpath(scratch)

    def watch(self) -> None:
        """Begin to take notes."""
        sys.addaudithook(self._hear)

    def take(self) -> list[str]:
        """The sentences since the last time."""
        taken, self.sentences[:] = self.sentences[:], []
        return taken

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event not in _HEARD:
            return
        sentence = explain_denial(event, args, self._scratch)
        if sentence is not None and sentence not in self.sentences and not _by_library(sys._getframe(1)):
            self.sentences.append(sentence)


def _by_library(frame: FrameType | None) -> bool:
    """Whether a library did it while it was imported, or was asked what machine this is: nothing a learner wrote."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name == _IMPORT or frame.f_globals.get("__name__") in _ASKING:
            return True
        if not name.startswith(("/", "<")):
            return False
        frame = frame.f_back
    return False


def explain_denial(event: str, args: tuple[Any, ...], scratch: str) -> str | None:
    """The sentence for an audit event of something that is not available, None for anything else."""
    if event in _ALWAYS:
        return _ALWAYS[event]
    if event == "socket.__new__":
        # A pair within the process is made by the same event; its family is no network's.
        return NETWORK if len(args) > 1 and args[1] != _AF_UNIX else None
    if event in _BY_PROCESS:
        return SIGNAL if args[0] != os.getpid() else None
    if event == "open":
        path, mode, flags = args
        # Python's own open gives a mode, os.open gives flags.
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR)) if mode is None else bool(set(mode) & set("wax+"))
        return WRITING if writes and not _lies_in(path, scratch) else None
    if event in _BY_PATH:
        return WRITING if not _lies_in(args[_BY_PATH[event]], scratch) else None
    return None


def _lies_in(path: Any, folder: str) -> bool:
    if not isinstance(path, str | bytes):
        return True
    text = os.path.abspath(os.fsdecode(path))
    return text in _DEVICES or text.startswith(folder + "/")


_HEARD = frozenset((*_ALWAYS, *_BY_PATH, *_BY_PROCESS, "open", "socket.__new__"))
